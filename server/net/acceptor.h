// Takes newcomers from a listening socket at a pace: each costs work at once (a TLS handshake half a millisecond), and a storm
// of them must not hold up the tick. The others wait in the kernel's backlog. Loop thread only.
#pragma once

#include <uv.h>

#include <functional>
#include <string>

#include "mixer/file_descriptor.h"
#include "server/net/uv_handle.h"

namespace roundelay {

class Acceptor {
 public:
  // `on_socket` owns the descriptor it gets (non-blocking, closed on exec). At most `per_second` newcomers, evenly dealt.
  // Throws std::runtime_error with a sentence when it cannot listen.
  Acceptor(uv_loop_t* loop, const std::string& host, int port, int per_second, std::function<void(int fd)> on_socket);
  // From a socket that listens already, until somebody ends its listening.
  Acceptor(uv_loop_t* loop, FileDescriptor listening, int per_second, std::function<void(int fd)> on_socket);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // Takes those who wait, whatever the pace, and then nobody any more.
  void stop();

 private:
  static constexpr uint64_t kTurnMs = 10;
  static constexpr int kBacklog = 4096;

  void accept_some();
  void close_all();

  FileDescriptor fd_;
  int per_turn_;
  uint64_t turn_began_ms_ = 0;
  int taken_ = 0;  // in this turn
  std::function<void(int)> on_socket_;
  UvHandle<uv_poll_t> poll_;
  UvHandle<uv_timer_t> timer_;  // wakes it after a turn's share was taken
};

}  // namespace roundelay
