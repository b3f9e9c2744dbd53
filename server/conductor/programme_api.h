// Requests about a room's programme as a whole (PROTOCOL.md 4.6): as a file, and from another room. On the conductor's loop only.
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "server/base/config.h"
#include "server/base/rate_limiter.h"
#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/programme_arrivals.h"
#include "server/conductor/rooms.h"
#include "server/store/store.h"
#include "server/wire/link/programme.h"

namespace roundelay {

class ProgrammeApi {
 public:
  using Reply = ProgrammeArrivals::Reply;
  struct Parts {
    uv_loop_t* loop;
    const Config& config;
    Rooms& rooms;
    Store& store;
    const Tokens& tokens;
    ProgrammeArrivals& arrivals;
    ApiClock clock;
    std::function<void()> finish;  // the end of a turn
  };
  // Removes what a conductor before left half-written.
  explicit ProgrammeApi(Parts parts);

  // `reply` is called once, later or at once.
  void answer(const link::Programme& asked, Reply reply);
  // Removes files that nobody fetched.
  void tick();

 private:
  struct File {
    std::string room;
    std::string path;
    int64_t made_ns = 0;  // 0: it is being written
    std::shared_ptr<void> writing = {};
  };
  // The room, if she may prepare its programme.
  [[nodiscard]] tl::expected<OpenRoom*, ApiAnswer> room_of(const link::UploadAsker& asker, PersonId& person);
  void write_file(const OpenRoom& open, const Reply& reply);
  void copy(const OpenRoom& open, PersonId person, const nlohmann::json& body, Reply reply);
  // Of a room that need not be in use.
  [[nodiscard]] tl::expected<CarriedProgramme, ApiAnswer> programme_of(const std::string& room, const StoredRoom* stored);
  [[nodiscard]] size_t being_written() const;

  Parts parts_;
  RateLimiter asked_;
  std::list<File> files_;
};

}  // namespace roundelay
