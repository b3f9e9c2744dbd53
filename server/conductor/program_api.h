// What other programs ask over HTTP, each by the token that an organiser made for it (PROTOCOL.md 4.2): commands, the room's
// state, and its events. On the conductor's loop only.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "server/base/rate_limiter.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/jobs/passwords.h"
#include "server/wire/link/http.h"

namespace roundelay {

class ProgramApi {
 public:
  using Answer = std::function<void(const ApiAnswer&)>;

  // All of these outlive it. `finish`: what was applied outside of a turn of the loop is told and stored.
  ProgramApi(Rooms& rooms, Store& store, Passwords& passwords, ApiClock clock, ApiApply apply, std::function<void()> finish);

  // Whether this request is one of those.
  [[nodiscard]] static bool is_for(std::string_view path);
  // Answers at once or later.
  void request(const link::Http& http, const Answer& answer);
  // What everybody in a room was told.
  void told(const std::string& room, const nlohmann::json& message);
  // Answers those who have waited long enough. Every 50 ms.
  void tick();
  // The room is no more.
  void forget(const std::string& room);

 private:
  struct Event {
    int64_t number;
    nlohmann::json message;
    size_t bytes;
  };
  struct Waiting {
    Answer answer;
    int64_t after;
    int64_t until_ns;
    std::string program;  // its id
  };
  // Of a room whose events somebody asked for lately.
  struct Followed {
    std::deque<Event> events;
    size_t bytes = 0;
    int64_t asked_ns = 0;
    int64_t first = 0;  // number of the first event that is still there, or comes
    int64_t next = 0;
    std::vector<Waiting> waiting;
  };
  struct Caller {
    OpenRoom& open;
    Program program;
  };

  [[nodiscard]] tl::expected<Caller, ApiAnswer> caller(const std::string& room, const link::Http& http);
  [[nodiscard]] bool may_command(const Program& program);
  void command(const Caller& caller, const nlohmann::json& message, const Answer& answer);
  [[nodiscard]] ApiAnswer carry_out(OpenRoom& open, const Program& program, nlohmann::json message);
  void events(const std::string& room, const Program& program, const std::string& after, const Answer& answer);
  // Its token was not taken away.
  [[nodiscard]] bool keeps(const std::string& room, const std::string& program);
  [[nodiscard]] static ApiAnswer events_after(const Followed& followed, int64_t after);

  Rooms& rooms_;
  Store& store_;
  Passwords& passwords_;
  ApiClock clock_;
  ApiApply apply_;
  std::function<void()> finish_;
  RateLimiter wrong_tokens_;              // by address
  std::map<uint64_t, RateLimit> limits_;  // of programs
  std::map<std::string, Followed> followed_;
};

}  // namespace roundelay
