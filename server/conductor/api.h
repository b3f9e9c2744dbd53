// The requests under /api/ that shards pass on: making and seeing rooms. On the conductor's loop only.
#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "server/base/rate_limiter.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/live_passes.h"
#include "server/conductor/robots.h"
#include "server/conductor/rooms.h"
#include "server/store/store.h"

namespace roundelay {

class Api {
 public:
  Api(const Config& config, Rooms& rooms, const LivePasses& live_passes, Store& store, RobotChoirs& robots, ApiClock clock);

  [[nodiscard]] ApiAnswer request(const std::string& method, const std::string& path, const std::string& address,
                                  const nlohmann::json& body);

 private:
  [[nodiscard]] ApiAnswer make_room(const std::string& address, const nlohmann::json& body);
  [[nodiscard]] ApiAnswer show_room(const std::string& id);
  [[nodiscard]] ApiAnswer list_rooms();

  const Config& config_;
  Rooms& rooms_;
  const LivePasses& live_passes_;
  Store& store_;
  RobotChoirs& robots_;
  ApiClock clock_;
  RateLimiter new_rooms_;
};

}  // namespace roundelay
