// A client's socket that keeps what it is told.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "server/net/client_socket.h"

namespace roundelay {

class FakeSocket final : public ClientSocket {
 public:
  bool write_binary(std::span<uint8_t> payload) override {
    binaries.emplace_back(payload.begin(), payload.end());
    return true;
  }
  using ClientSocket::send_text;
  bool send_text(const ControlText& text) override {
    texts.push_back(nlohmann::json::parse(text->substr(kWebsocketHeadroom)));
    return true;
  }
  void close(uint16_t code, std::string why) override {
    closed = code;
    reason = std::move(why);
  }

  // Those of this code, or all.
  [[nodiscard]] int errors(const std::string& code) const {
    return static_cast<int>(std::count_if(texts.begin(), texts.end(), [&](const nlohmann::json& text) {
      return text.at("type") == "error" && (code.empty() || text.at("code") == code);
    }));
  }
  std::vector<nlohmann::json> texts;
  std::deque<std::vector<uint8_t>> binaries;
  int closed = 0;
  std::string reason;
};

}  // namespace roundelay
