// One shard tells another that packets were published: datagrams over unix sockets, addressed by name, so that neither needs
// the other's file descriptors. A lost datagram costs nothing but time: the next tick looks anyway.
// Loop thread only; wake() is safe in the tick.
#pragma once

#include <sys/un.h>

#include <functional>
#include <string>
#include <vector>

#include "server/net/uv_handle.h"

namespace roundelay {

class WakeSocket {
 public:
  // Binds `paths[self]` (replacing what was there); `on_wake` runs once for all datagrams that are there. Throws
  // std::runtime_error.
  WakeSocket(uv_loop_t* loop, const std::vector<std::string>& paths, int self, std::function<void()> on_wake);
  ~WakeSocket();
  WakeSocket(const WakeSocket&) = delete;
  WakeSocket& operator=(const WakeSocket&) = delete;

  void wake(int shard);  // one that does not exist: nothing happens

 private:
  void on_readable();

  std::vector<sockaddr_un> addresses_;
  std::function<void()> on_wake_;
  int fd_ = -1;
  UvHandle<uv_poll_t> poll_;
};

}  // namespace roundelay
