// A WebSocket client of a few lines that can say anything, also what no good client would: for tests of broken input.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace roundelay::e2e {

class RawClient {
 public:
  // Connects and shakes hands. `origin` is sent if not empty; `protocol` likewise.
  RawClient(int port, const std::string& origin = {}, const std::string& protocol = "roundelay.1");
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  [[nodiscard]] bool connected() const { return handshake_status_ == 101; }
  [[nodiscard]] int handshake_status() const { return handshake_status_; }

  void send_text(const std::string& text) { send_frame(1, {text.begin(), text.end()}); }
  void send_json(const nlohmann::json& json) { send_text(json.dump()); }
  void send_binary(const std::vector<uint8_t>& bytes) { send_frame(2, bytes); }
  // These bytes as they are, as far as they are taken.
  void send_raw(const std::string& bytes);
  // Several frames of one message.
  void send_in_pieces(const std::vector<uint8_t>& bytes, size_t piece);

  struct Message {
    int opcode = 0;  // 1 text, 2 binary, 8 close
    std::vector<uint8_t> bytes;
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(bytes, nullptr, false); }
    [[nodiscard]] int close_code() const { return bytes.size() >= 2 ? bytes[0] * 256 + bytes[1] : 0; }
  };
  // The next message (pings are answered on the way), or nullopt when none comes in time or the connection is gone.
  std::optional<Message> receive(std::chrono::milliseconds limit = std::chrono::seconds(5));
  // The next control message of this type; others are passed over.
  std::optional<nlohmann::json> receive_type(const std::string& type, std::chrono::milliseconds limit = std::chrono::seconds(5));
  // The code with which the server closes, or nullopt.
  std::optional<int> receive_close(std::chrono::milliseconds limit = std::chrono::seconds(5));

  // hello into a room; returns the welcome (or the error).
  nlohmann::json enter(const std::string& room, const std::string& name, const nlohmann::json& more = nlohmann::json::object());

 private:
  void send_frame(int opcode, const std::vector<uint8_t>& payload, bool last = true);
  bool fill(size_t bytes, std::chrono::steady_clock::time_point deadline);

  int fd_ = -1;
  int handshake_status_ = 0;
  std::vector<uint8_t> incoming_;
};

}  // namespace roundelay::e2e
