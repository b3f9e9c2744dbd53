#include "server/net/client_frames.h"

#include <array>
#include <cstring>

#include "server/base/text.h"
#include "server/net/websocket_opcodes.h"

namespace roundelay {

namespace {

constexpr int kContinuation = 0;
constexpr uint16_t kProtocolError = 1002;
constexpr uint16_t kNotUtf8 = 1007;

bool is_text(std::span<const uint8_t> bytes) {
  return is_utf8({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// Codes that may stand in a close frame (RFC 6455, 7.4).
bool may_be_said(uint16_t code) {
  return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) || (code >= 3000 && code <= 4999);
}

void unmask(std::span<uint8_t> bytes, const uint8_t* mask) {
  uint64_t wide = 0;
  std::memcpy(&wide, mask, 4);
  std::memcpy(reinterpret_cast<uint8_t*>(&wide) + 4, mask, 4);
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + i, 8);
    eight ^= wide;
    std::memcpy(bytes.data() + i, &eight, 8);
  }
  for (; i < bytes.size(); ++i) bytes[i] ^= mask[i & 3];
}

}  // namespace

void ClientFrames::feed(std::span<uint8_t> bytes) {
  if (kept_.empty()) {
    left_ = bytes;
  } else {
    kept_.insert(kept_.end(), bytes.begin(), bytes.end());
    left_ = kept_;
  }
}

void ClientFrames::pause() {
  if (left_.data() == nullptr) return;
  const bool of_kept = !kept_.empty() && left_.data() >= kept_.data() && left_.data() <= kept_.data() + kept_.size();
  if (of_kept) {
    kept_.erase(kept_.begin(), kept_.end() - static_cast<ptrdiff_t>(left_.size()));
  } else {
    kept_.assign(left_.begin(), left_.end());
  }
  left_ = {};
}

ClientFrames::Event ClientFrames::fault(uint16_t code, const char* reason) {
  failed_ = true;
  left_ = {};
  kept_.clear();
  pieces_.clear();
  return {Kind::kFault, {}, code, reason};
}

ClientFrames::Event ClientFrames::close_event(std::span<const uint8_t> payload) {
  if (payload.empty()) return {Kind::kClose, {}, kNoCode};
  if (payload.size() == 1) return fault(kProtocolError, "half a close code");
  const auto code = static_cast<uint16_t>(payload[0] << 8 | payload[1]);
  if (!may_be_said(code)) return fault(kProtocolError, "a close code that may not be said");
  if (!is_text(payload.subspan(2))) return fault(kNotUtf8, "text that is not UTF-8");
  return {Kind::kClose, payload.subspan(2), code};
}

std::optional<ClientFrames::Event> ClientFrames::next() {
  if (failed_) return std::nullopt;
  if (pieces_given_) {
    pieces_given_ = false;
    pieces_.clear();
  }
  if (left_.size() < 2) {
    pause();
    return std::nullopt;
  }
  const bool final = (left_[0] & 0x80) != 0;
  const int opcode = left_[0] & 15;
  const bool control = (opcode & 8) != 0;
  size_t length = left_[1] & 127;
  if ((left_[0] & 0x70) != 0) return fault(kProtocolError, "reserved bits are set");
  if ((left_[1] & 0x80) == 0) return fault(kProtocolError, "a client must mask its frames");
  if (control ? opcode > kPongFrame : opcode > kBinaryFrame) return fault(kProtocolError, "unknown kind of frame");
  if (control && (!final || length > 125)) return fault(kProtocolError, "a control frame in pieces or too long");
  if (!control && (opcode == kContinuation) != (message_opcode_ != 0))
    return fault(kProtocolError, "a piece without its message, or a message within another");

  const size_t wide = length == 126 ? 2 : length == 127 ? 8 : 0;
  const size_t header = 2 + wide + 4;
  if (left_.size() < header) {
    pause();
    return std::nullopt;
  }
  if (wide != 0) {
    length = 0;
    for (size_t i = 0; i < wide; ++i) length = length << 8 | left_[2 + i];
    if (length < (wide == 2 ? 126U : 65'536U)) return fault(kProtocolError, "a length that is not written as short as it can be");
  }
  const int kind = opcode == kContinuation ? message_opcode_ : opcode;
  if (!control) {
    const size_t limit = kind == kBinaryFrame ? max_binary_ : max_text_;
    if (length > limit || pieces_.size() > limit - length) return fault(1009, "message too large");
  }
  if (left_.size() - header < length) {
    pause();
    return std::nullopt;
  }
  const std::array<uint8_t, 4> mask{left_[header - 4], left_[header - 3], left_[header - 2], left_[header - 1]};
  const std::span<uint8_t> payload = left_.subspan(header, length);
  left_ = left_.subspan(header + length);
  unmask(payload, mask.data());

  if (opcode == kCloseFrame) return close_event(payload);
  if (control) return Event{opcode == kPingFrame ? Kind::kPing : Kind::kPong, payload};
  const Kind whole = kind == kTextFrame ? Kind::kText : Kind::kBinary;
  if (final && opcode != kContinuation) {
    if (whole == Kind::kText && !is_text(payload)) return fault(kNotUtf8, "text that is not UTF-8");
    return Event{whole, payload};
  }
  pieces_.insert(pieces_.end(), payload.begin(), payload.end());
  if (final && whole == Kind::kText && !is_text(pieces_)) return fault(kNotUtf8, "text that is not UTF-8");
  message_opcode_ = final ? 0 : kind;
  pieces_given_ = final;
  return final ? Event{whole, pieces_} : Event{Kind::kPiece, {}};
}

}  // namespace roundelay
