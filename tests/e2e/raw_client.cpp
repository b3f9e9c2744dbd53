#include "tests/e2e/raw_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace roundelay::e2e {

using Clock = std::chrono::steady_clock;

RawClient::RawClient(int port, const std::string& origin, const std::string& protocol) {
  fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
  std::string text = "GET /ws HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
                     "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                     "dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (!origin.empty()) text += "Origin: " + origin + "\r\n";
  if (!protocol.empty()) text += "Sec-WebSocket-Protocol: " + protocol + "\r\n";
  text += "\r\n";
  (void)send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
  const auto deadline = Clock::now() + std::chrono::seconds(5);
  const std::string end = "\r\n\r\n";
  auto found = incoming_.end();
  while ((found = std::search(incoming_.begin(), incoming_.end(), end.begin(), end.end())) == incoming_.end()) {
    if (!fill(incoming_.size() + 1, deadline)) return;
  }
  handshake_status_ = std::stoi(std::string(incoming_.begin() + 9, incoming_.begin() + 12));
  incoming_.erase(incoming_.begin(), found + 4);
}

RawClient::~RawClient() {
  close(fd_);
}

void RawClient::send_frame(int opcode, const std::vector<uint8_t>& payload, bool last) {
  std::vector<uint8_t> frame{static_cast<uint8_t>((last ? 0x80 : 0) | opcode)};
  const size_t n = payload.size();
  if (n < 126) {
    frame.push_back(static_cast<uint8_t>(0x80 | n));
  } else if (n < 65'536) {
    frame.insert(frame.end(), {0x80 | 126, static_cast<uint8_t>(n >> 8), static_cast<uint8_t>(n)});
  } else {
    frame.push_back(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) frame.push_back(static_cast<uint8_t>(n >> shift));
  }
  frame.insert(frame.end(), {0, 0, 0, 0});  // a mask of zeros leaves the payload as it is
  frame.insert(frame.end(), payload.begin(), payload.end());
  send_raw({frame.begin(), frame.end()});
}

void RawClient::send_raw(const std::string& bytes) {
  for (size_t sent = 0; sent < bytes.size();) {
    const ssize_t done = send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (done <= 0) return;  // closed on us; receive() will tell
    sent += static_cast<size_t>(done);
  }
}

void RawClient::send_in_pieces(const std::vector<uint8_t>& bytes, size_t piece) {
  for (size_t at = 0; at < bytes.size(); at += piece) {
    const size_t end = std::min(at + piece, bytes.size());
    send_frame(at == 0 ? 2 : 0, {bytes.begin() + static_cast<ptrdiff_t>(at), bytes.begin() + static_cast<ptrdiff_t>(end)},
               end == bytes.size());
  }
}

bool RawClient::fill(size_t bytes, Clock::time_point deadline) {
  while (incoming_.size() < bytes) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd poll_fd{fd_, POLLIN, 0};
    if (left <= 0 || poll(&poll_fd, 1, static_cast<int>(left)) <= 0) return false;
    uint8_t buffer[65'536];
    const ssize_t n = recv(fd_, buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    incoming_.insert(incoming_.end(), buffer, buffer + n);
  }
  return true;
}

std::optional<RawClient::Message> RawClient::receive(std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  while (fill(2, deadline)) {
    size_t header = 2;
    uint64_t length = incoming_[1] & 127;
    const int wide = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (wide != 0) {
      if (!fill(header + static_cast<size_t>(wide), deadline)) return std::nullopt;
      length = 0;
      for (int i = 0; i < wide; ++i) length = length << 8 | incoming_[header + static_cast<size_t>(i)];
      header += static_cast<size_t>(wide);
    }
    if (!fill(header + length, deadline)) return std::nullopt;
    Message message{
        incoming_[0] & 15,
        {incoming_.begin() + static_cast<ptrdiff_t>(header), incoming_.begin() + static_cast<ptrdiff_t>(header + length)}};
    incoming_.erase(incoming_.begin(), incoming_.begin() + static_cast<ptrdiff_t>(header + length));
    if (message.opcode == 9) {
      send_frame(10, message.bytes);
      continue;
    }
    if (message.opcode == 10) continue;
    return message;
  }
  return std::nullopt;
}

std::optional<nlohmann::json> RawClient::receive_type(const std::string& type, std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  while (Clock::now() < deadline) {
    const auto message = receive(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()));
    if (!message) return std::nullopt;
    if (message->opcode != 1) continue;
    auto json = message->json();
    if (json.is_object() && json.value("type", "") == type) return json;
  }
  return std::nullopt;
}

std::optional<int> RawClient::receive_close(std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  while (Clock::now() < deadline) {
    const auto message = receive(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()));
    if (!message) return std::nullopt;
    if (message->opcode == 8) return message->close_code();
  }
  return std::nullopt;
}

nlohmann::json RawClient::enter(const std::string& room, const std::string& name, const nlohmann::json& more) {
  nlohmann::json hello{{"type", "hello"}, {"version", 1}, {"room", room}, {"name", name}, {"role", "singer"}};
  hello.update(more);
  send_json(hello);
  while (const auto message = receive()) {
    if (message->opcode == 8) return {{"type", "closed"}, {"code", message->close_code()}};
    if (message->opcode != 1) continue;
    auto json = message->json();
    if (json.value("type", "") == "welcome" || json.value("type", "") == "error") return json;
  }
  return nullptr;
}

}  // namespace roundelay::e2e
