// What clients do on their WebSockets: they come, talk, sing and go. Control messages are handed to the conductor, voice goes
// into the lanes. Loop thread only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mixer/timeline.h"
#include "server/net/control_link.h"
#include "server/shard/headroom_watch.h"
#include "server/shard/hold_up.h"
#include "server/shard/housekeeping.h"
#include "server/shard/session_table.h"
#include "server/shard/voice_input.h"

namespace roundelay {

class ClientSockets {
 public:
  // What they act upon; all of it outlives them.
  struct Parts {
    ShardRow& row;
    Timeline timeline;
    SessionTable& sessions;
    Housekeeping& housekeeping;
    HeadroomWatch& headroom;
    const HoldUp& hold_up;
    ControlLink& link;
  };
  explicit ClientSockets(const Parts& parts) : parts_(parts) {}

  // A client is there; the session is its until close().
  [[nodiscard]] Session& open(ClientSocket& socket, int64_t now_ns);
  // A text message of hers, whatever it is; `address` is what limits are counted by.
  void text(Session& session, std::string_view text, const std::string& address, int64_t now_ns);
  // A binary message.
  void binary(Session& session, std::span<const uint8_t> bytes, int64_t now_ns);
  // The socket is gone, and with it the session.
  void close(Session& session, int64_t now_ns);

 private:
  Parts parts_;
  OldBlocks old_blocks_;
};

}  // namespace roundelay
