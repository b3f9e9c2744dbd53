// The least of a server that a Singer can talk to: accepts websockets on a port of its own, on the same loop, and leaves the
// answers to the test.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "server/singer/client_loop.h"

struct lws;

namespace roundelay {

class FakeServer {
 public:
  explicit FakeServer(ClientLoop& loop);
  ~FakeServer();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] bool connected() const { return wsi_ != nullptr; }
  void send_text(const std::string& text) { queue(text.data(), text.size(), false); }
  void send_binary(std::span<const uint8_t> bytes) { queue(bytes.data(), bytes.size(), true); }
  void close(int code);  // after what was sent before
  void cut();            // without a word

  std::function<void(const nlohmann::json&)> on_text;
  std::function<void(std::vector<uint8_t>)> on_binary;
  int connections = 0;

  // A `welcome` to a room in which the client sits alone in bucket 2; a song is `playing` from `start` on.
  [[nodiscard]] static nlohmann::json welcome(const std::string& token, bool playing, int64_t start);

 private:
  friend struct FakeServerCallbacks;
  struct Out {
    std::vector<uint8_t> bytes;  // behind LWS_PRE
    bool binary;
  };
  void queue(const void* bytes, size_t len, bool binary);
  bool write_all();

  FakeServer** slot_ = nullptr;  // what the callbacks find this by; outlives it
  lws* wsi_ = nullptr;
  int port_ = 0;
  int close_code_ = 0;
  bool cut_ = false;
  std::vector<Out> out_;
  std::vector<uint8_t> in_;
};

}  // namespace roundelay
