// What the owner of a WebSocket says to its client: the sending half of WebSocket, so that sessions can be tested without
// one. Loop thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace roundelay {

// Room in front of a payload for a frame's header; a message for write_binary() begins this many bytes into its buffer.
inline constexpr size_t kWebsocketHeadroom = 16;

// A control message with its headroom, made once for all the sockets that get it: copies for each would be most of a shard's
// memory when a room of hundreds is dealt into buckets.
using ControlText = std::shared_ptr<std::string>;
[[nodiscard]] ControlText make_control_text(std::string_view text);

class ClientSocket {
 public:
  virtual ~ClientSocket() = default;

  // Writes straight to the kernel; `payload` must have kWebsocketHeadroom writable bytes before it. False: the socket is still
  // busy with what was written before, nothing was taken (audio is dropped, never queued). Safe in the tick.
  virtual bool write_binary(std::span<uint8_t> payload) = 0;

  // Sends a control message, or queues it until the socket takes it. False: too many bytes are waiting; the socket is being
  // closed with code 4009.
  virtual bool send_text(const ControlText& text) = 0;
  bool send_text(std::string_view text) { return send_text(make_control_text(text)); }

  // Closes after what is queued has gone out; nothing is taken after this.
  virtual void close(uint16_t code, std::string reason) = 0;
};

}  // namespace roundelay
