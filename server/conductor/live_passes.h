// Ways to hear a room as its live link lets one, without that link: for who may come into the room but whose network lets no
// socket through. A pass is good for some hours, for as long as the room has a live link and anybody may come in; it opens no
// other door. On the conductor's loop only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/base/tokens.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/rooms.h"
#include "server/room/rules.h"
#include "server/wire/link/live.h"

namespace roundelay {

class LivePasses {
 public:
  LivePasses(const Tokens& tokens, Rooms& rooms, ApiClock clock) : tokens_(tokens), rooms_(rooms), clock_(std::move(clock)) {}
  // Empty: the room has no live link, or not everybody may come in.
  [[nodiscard]] std::string made_for(const std::string& room, const RoomRules& rules) const;
  // The room that is heard by this live link's secret, or by this pass. Only rooms in use are.
  [[nodiscard]] std::optional<link::LivePlace> place(const std::string& secret_or_pass) const;

 private:
  static constexpr int64_t kGoodForSeconds = int64_t{12} * 3'600;

  const Tokens& tokens_;
  Rooms& rooms_;
  ApiClock clock_;
};

}  // namespace roundelay
