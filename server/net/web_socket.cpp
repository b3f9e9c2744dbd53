#include "server/net/web_socket.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "server/net/websocket_opcodes.h"

namespace roundelay {

namespace {

constexpr uint8_t kFinal = 0x80;
constexpr int kFramesPerTurn = 200;    // then others have their turn
constexpr int kFarewellMs = 5'000;     // until what is queued has gone out
constexpr int kCloseAnswerMs = 2'000;  // until the client has answered the farewell

// The frame of a payload that has kWebsocketHeadroom bytes in front of it, where the header is written. The same for everybody.
std::span<const uint8_t> framed(uint8_t opcode, std::span<uint8_t> payload) {
  const size_t length = payload.size();
  const size_t header = length < 126 ? 2 : length < 65'536 ? 4 : 10;
  uint8_t* at = payload.data() - header;
  at[0] = kFinal | opcode;
  if (header == 2) {
    at[1] = static_cast<uint8_t>(length);
  } else {
    at[1] = header == 4 ? 126 : 127;
    for (size_t i = header - 1, left = length; i > 1; --i, left >>= 8) at[i] = static_cast<uint8_t>(left);
  }
  return {at, header + length};
}

}  // namespace

ControlText make_control_text(std::string_view text) {
  auto made = std::make_shared<std::string>();
  made->reserve(kWebsocketHeadroom + text.size());
  made->append(kWebsocketHeadroom, '\0').append(text);
  return made;
}

WebSocket::WebSocket(TcpStream& stream, std::string address, WebHandler& handler, const WebSocketLimits& limits,
                     std::function<void(WebSocket&)> on_over)
    : stream_(stream),
      address_(std::move(address)),
      handler_(handler),
      on_over_(std::move(on_over)),
      reader_(limits.max_text_bytes, limits.max_binary_bytes),
      frames_(limits.frames_per_s, limits.frames_burst),
      bytes_(limits.bytes_per_s, limits.bytes_burst),
      control_frames_(limits.control_frames_per_s, limits.control_frames_burst) {
  stream_.set_owner(*this);
  stream_.clear_deadline();
  stream_.read(true);
}

WebSocket::~WebSocket() = default;

bool WebSocket::write_binary(std::span<uint8_t> payload) {
  if (closing_ || stream_.busy()) return false;
  return stream_.write(framed(kBinaryFrame, payload));
}

// A ping that has to wait is as good as none, because what is waiting shows the same.
void WebSocket::ping() {
  pinged_ = true;
  if (closing_ || stream_.busy()) return;
  std::array<uint8_t, kWebsocketHeadroom + 1> frame{};
  stream_.write(framed(kPingFrame, std::span(frame).subspan(kWebsocketHeadroom)));
}

bool WebSocket::send_text(const ControlText& text) {
  if (closing_) return false;
  const size_t bytes = text->size() - kWebsocketHeadroom;
  if (queued_bytes_ + bytes > kMaxQueuedBytes) {
    queue_.clear();
    queued_bytes_ = 0;
    close(4009, "too slow");
    return false;
  }
  queued_bytes_ += bytes;
  queue_.push_back(text);
  drain();
  return true;
}

void WebSocket::close(uint16_t code, std::string reason) {
  if (closing_) return;
  closing_ = true;
  close_code_ = code;
  close_reason_ = std::move(reason);
  stream_.set_deadline(kFarewellMs);
  drain();
}

// Closes, and reads nothing more of what the client says.
void WebSocket::leave(uint16_t code, std::string reason) {
  leaving_ = true;
  stream_.read(false);
  if (!closing_) return close(code, std::move(reason));
  if (farewell_sent_) stream_.finish();
}

void WebSocket::drain() {
  while (!queue_.empty() && !stream_.busy()) {
    std::string& text = *queue_.front();
    const std::span<uint8_t> all(reinterpret_cast<uint8_t*>(text.data()), text.size());
    stream_.write(framed(kTextFrame, all.subspan(kWebsocketHeadroom)));
    queued_bytes_ -= text.size() - kWebsocketHeadroom;
    queue_.pop_front();
  }
  if (closing_ && !farewell_sent_ && queue_.empty() && !stream_.busy()) say_farewell();
}

void WebSocket::say_farewell() {
  farewell_sent_ = true;
  std::array<uint8_t, kWebsocketHeadroom + 125> frame{};
  const auto payload = std::span(frame).subspan(kWebsocketHeadroom);
  const bool told = close_code_ != kNoCode;
  const size_t reason = told ? std::min<size_t>(close_reason_.size(), 123) : 0;
  payload[0] = static_cast<uint8_t>(close_code_ >> 8);
  payload[1] = static_cast<uint8_t>(close_code_);
  std::memcpy(payload.data() + 2, close_reason_.data(), reason);
  stream_.write(framed(kCloseFrame, payload.subspan(0, told ? reason + 2 : 0)));
  if (leaving_) return stream_.finish();
  stream_.set_deadline(kCloseAnswerMs);
}

void WebSocket::begin(std::span<uint8_t> bytes) {
  if (!bytes.empty()) on_bytes(bytes);
}

void WebSocket::on_bytes(std::span<uint8_t> bytes) {
  heard_ = true;
  if (!bytes_.take(stream_.now_ns(), static_cast<int64_t>(bytes.size()))) return leave(4008, "too much at once");
  reader_.feed(bytes);
  take_frames();
}

void WebSocket::take_frames() {
  for (int i = 0; i < kFramesPerTurn; ++i) {
    const auto event = reader_.next();
    if (!event) return stream_.read(true);
    if (!take(*event)) return;
  }
  reader_.pause();
  stream_.read(false);
  stream_.ask_turn();
}

bool WebSocket::take(const ClientFrames::Event& event) {
  using Kind = ClientFrames::Kind;
  const int64_t now_ns = stream_.now_ns();
  if (event.kind == Kind::kFault) {
    leave(event.code, event.reason);
    return false;
  }
  if (event.kind == Kind::kClose) {
    // Both have said it: there is nothing left to wait for.
    leave(event.code, {});
    return false;
  }
  const bool control = event.kind == Kind::kPing || event.kind == Kind::kPong;
  if (!(control ? control_frames_ : frames_).take(now_ns)) {
    leave(4008, "too much at once");
    return false;
  }
  if (closing_) return true;
  switch (event.kind) {
    case Kind::kText:
      handler_.on_text(*this, {reinterpret_cast<const char*>(event.payload.data()), event.payload.size()});
      break;
    case Kind::kBinary:
      handler_.on_binary(*this, event.payload);
      break;
    case Kind::kPing:
      if (!stream_.busy()) {
        std::array<uint8_t, kWebsocketHeadroom + 125> frame{};
        std::copy(event.payload.begin(), event.payload.end(), frame.begin() + kWebsocketHeadroom);
        stream_.write(framed(kPongFrame, std::span(frame).subspan(kWebsocketHeadroom, event.payload.size())));
      }
      break;
    default:
      break;
  }
  return true;
}

void WebSocket::on_turn() {
  drain();
  if (leaving_) return;
  reader_.feed({});
  take_frames();
}

void WebSocket::on_end() {
  stream_.cut();
}

void WebSocket::on_deadline() {
  if (farewell_sent_) return stream_.finish();
  stream_.cut();
}

void WebSocket::on_over() {
  on_over_(*this);
}

}  // namespace roundelay
