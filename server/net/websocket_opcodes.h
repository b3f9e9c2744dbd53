// The kinds of WebSocket frames (RFC 6455, 5.2).
#pragma once

#include <cstdint>

namespace roundelay {

inline constexpr uint8_t kTextFrame = 1;
inline constexpr uint8_t kBinaryFrame = 2;
inline constexpr uint8_t kCloseFrame = 8;
inline constexpr uint8_t kPingFrame = 9;
inline constexpr uint8_t kPongFrame = 10;

// Stands for a close frame without a code (RFC 6455, 7.1.5); never sent.
inline constexpr uint16_t kNoCode = 1005;

}  // namespace roundelay
