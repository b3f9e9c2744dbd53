// Where the sound of live links comes from. Loop thread only.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/wire/link/live.h"

namespace roundelay {

// Somebody who hears a room by its live link.
class LivePlayer {
 public:
  virtual ~LivePlayer() = default;
  // More of the stream; safe in the tick. False: she is too slow, and will be gone soon.
  virtual bool take(std::span<const uint8_t> bytes) = 0;
  // There is no more of it: the link is closed, or the room is gone. She may be gone when it returns.
  virtual void end() = 0;
};

class LiveSource {
 public:
  virtual ~LiveSource() = default;
  enum class Room { kYes, kShardIsFull, kAddressIsFull };
  [[nodiscard]] virtual Room room_for(const std::string& address) const = 0;
  // Gives her the stream's headers, and what follows until leave(). False: that link is good no longer.
  virtual bool join(const link::LivePlace& place, const std::string& address, LivePlayer& player) = 0;
  // Nothing if she is not there.
  virtual void leave(LivePlayer& player) = 0;
};

}  // namespace roundelay
