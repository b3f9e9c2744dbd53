// The requests under /api/ that shards pass on: making and seeing rooms, counts, uploads. On the conductor's loop only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "server/conductor/rate_limiter.h"
#include "server/conductor/robots.h"
#include "server/conductor/rooms.h"
#include "server/conductor/store.h"
#include "server/conductor/tokens.h"
#include "server/conductor/uploads.h"

namespace roundelay {

struct ApiAnswer {
  int status;
  nlohmann::json body;
};

[[nodiscard]] ApiAnswer api_error(int status, const std::string& code, const std::string& message);

class Api {
 public:
  struct Clock {
    std::function<Moment()> now;
    std::function<int64_t()> unix_now;
  };
  // Carries out what happened to a room.
  using Apply = std::function<void(OpenRoom&, const Effects&)>;
  using Reply = std::function<void(ApiAnswer)>;

  Api(const Config& config, Rooms& rooms, Store& store, const Tokens& tokens, Uploads& uploads, RobotChoirs& robots, Clock clock,
      Apply apply);

  [[nodiscard]] ApiAnswer request(const std::string& method, const std::string& path, const std::string& address,
                                  const nlohmann::json& body);
  // May the holder of this token upload so much into this room now? Status 100: yes.
  [[nodiscard]] ApiAnswer upload_check(const std::string& room, const std::string& token, int64_t size);
  // Takes over the file. `reply` is called once, later or at once.
  void upload(const std::string& room, const std::string& token, const std::string& name, const std::string& file, int64_t size,
              Reply reply);
  // Removes a blob that no room needs any more.
  void review_blob(const std::string& sha256);

 private:
  [[nodiscard]] ApiAnswer make_room(const std::string& address, const nlohmann::json& body);
  [[nodiscard]] ApiAnswer show_room(const std::string& id);
  [[nodiscard]] ApiAnswer counts();
  // Of a room that need not be in use; otherwise the answer that says why not.
  [[nodiscard]] tl::expected<StoredRoom, ApiAnswer> stored_room(const std::string& id);
  void stored(const std::string& room, PersonId uploader, const std::string& name, const Uploads::Result& result,
              const Reply& reply);

  const Config& config_;
  Rooms& rooms_;
  Store& store_;
  const Tokens& tokens_;
  Uploads& uploads_;
  RobotChoirs& robots_;
  Clock clock_;
  Apply apply_;
  RateLimiter new_rooms_;
};

}  // namespace roundelay
