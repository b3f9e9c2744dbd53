// The shard's end of the control link (INTERNALS.md): JSON lines over a unix stream socket to the conductor, kept up for ever.
// Loop thread only.
//
// Everything that waits here is bounded, also while the conductor stands still: numbered messages by kMaxWaiting, requests by
// kMaxRequestBytes (who asks is told at once), measurements by the newest ones taking the place of those that were not sent. The
// socket is given a little ahead of what it takes; the rest stays here, once.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/net/line_splitter.h"
#include "server/net/link_retry.h"
#include "server/net/uv_handle.h"
#include "server/wire/link/envelope.h"

namespace roundelay {

class ControlLink {
 public:
  struct Events {
    std::function<std::vector<nlohmann::json>()> greeting;  // `shard` and what belongs to it, asked for at every connection
    std::function<void(nlohmann::json message)> message;    // an object with a text `op`
    std::function<void(bool connected)> state;
  };

  ControlLink(uv_loop_t* loop, std::string path, Events events);
  ~ControlLink();
  ControlLink(const ControlLink&) = delete;
  ControlLink& operator=(const ControlLink&) = delete;

  // A request. False when there is no connection, too many wait, or it is too long: it was not taken. Lost if the conductor dies
  // before it reads it.
  [[nodiscard]] bool send(const nlohmann::json& message) { return send_line(link::line_of(message)); }
  // The same of a message that is written already, without its end.
  [[nodiscard]] bool send_line(std::string line);
  // What is worth something only while it is new: takes the place of what was given before and has not been sent.
  void send_newest(const std::vector<nlohmann::json>& messages);
  // Sends with a number (`seq`), and again over the next connection until the conductor has acknowledged it. False: too many wait
  // already, or it is too long; it was not taken.
  [[nodiscard]] bool deliver(nlohmann::json message);
  // Delivers what ends something that was delivered before, so that it can come only as often: never refused.
  void deliver_end(nlohmann::json message);
  [[nodiscard]] bool connected() const { return connected_; }
  // For good: nothing is sent any more, and the loop is let go of.
  void close();

  // Bytes that wait here or in the socket's queue.
  [[nodiscard]] size_t waiting_bytes() const;
  // Messages of send_newest() that others took the place of.
  [[nodiscard]] uint64_t dropped() const { return dropped_; }

  static constexpr size_t kMaxWaiting = 10'000;
  static constexpr size_t kMaxWaitingBytes = 32 << 20;
  static constexpr size_t kMaxRequestBytes = 4 << 20;
  static constexpr size_t kMaxLineBytes = 1 << 20;
  static constexpr size_t kAheadBytes = 256 << 10;

 private:
  void connect();
  void on_connected();
  void disconnect();
  void retry_later();
  void push(nlohmann::json message);
  void pump();
  void write_line(std::string line);
  void acknowledge(uint64_t number);
  void on_read(ssize_t count, const char* data);
  void on_line(std::string_view line);

  uv_loop_t* loop_;
  std::string path_;
  Events events_;
  UvHandle<uv_pipe_t> pipe_;
  UvHandle<uv_timer_t> retry_;
  LinkRetry pause_;
  bool connected_ = false;
  std::deque<std::string> greeting_;                      // of this connection, not sent yet
  std::deque<std::pair<uint64_t, std::string>> waiting_;  // delivered, not acknowledged yet: number and line
  size_t sent_ = 0;                                       // of waiting_, over this connection
  size_t waiting_bytes_ = 0;                              // of waiting_
  std::deque<std::string> requests_;                      // not sent yet
  size_t request_bytes_ = 0;
  std::deque<std::string> newest_;  // not sent yet
  uint64_t dropped_ = 0;
  uint64_t next_number_ = 1;
  LineSplitter lines_{kMaxLineBytes};
  std::string read_buffer_;
};

}  // namespace roundelay
