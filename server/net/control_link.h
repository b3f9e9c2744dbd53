// The shard's end of the control link (INTERNALS.md): JSON lines over a unix stream socket to the conductor, kept up for ever.
// Loop thread only.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/net/uv_handle.h"

namespace roundelay {

class ControlLink {
 public:
  struct Events {
    std::function<std::vector<nlohmann::json>()> greeting;       // `shard` and what belongs to it, asked for at every connection
    std::function<void(const nlohmann::json& message)> message;  // an object with a text `op`
    std::function<void(bool connected)> state;
  };

  ControlLink(uv_loop_t* loop, std::string path, Events events);
  ~ControlLink();
  ControlLink(const ControlLink&) = delete;
  ControlLink& operator=(const ControlLink&) = delete;

  // Sends now; false when there is no connection. Lost if the conductor dies before it reads it.
  bool send(const nlohmann::json& message);
  // Sends with a number (`seq`), and again over the next connection until the conductor has acknowledged it. False:
  // kMaxWaiting messages wait already, this one was not taken.
  bool deliver(nlohmann::json message);
  [[nodiscard]] bool connected() const { return connected_; }
  // For good: nothing is sent any more, and the loop is let go of.
  void close();

  static constexpr size_t kMaxWaiting = 10'000;
  static constexpr size_t kMaxLineBytes = 1 << 20;

 private:
  void connect();
  void disconnect();
  void retry_later();
  void write_line(std::string line);
  void acknowledge(uint64_t number);
  void on_read(ssize_t count, const char* data);

  static constexpr uint64_t kRetryMs = 50;

  uv_loop_t* loop_;
  std::string path_;
  Events events_;
  UvHandle<uv_pipe_t> pipe_;
  UvHandle<uv_timer_t> retry_;
  bool connected_ = false;
  std::deque<std::pair<uint64_t, std::string>> waiting_;  // delivered, not acknowledged yet: number and line
  uint64_t next_number_ = 1;
  std::string incoming_;
  std::string read_buffer_;
};

}  // namespace roundelay
