// Where newcomers wait while shards are replaced: the port that the supervisor keeps listens then, shards of the new program take
// people from it, and those that are to be replaced take nobody any more. So nobody loses her shard twice, and nobody finds the
// port closed. Used by the supervisor alone.
#pragma once

namespace roundelay {

class Doorstep {
 public:
  // `port`: the supervisor's bound socket, which it keeps. Every shard inherits it.
  explicit Doorstep(int port) : port_(port) {}
  [[nodiscard]] int descriptor() const { return port_; }
  // People may wait here from now on. False: not now, or they may already.
  [[nodiscard]] bool let_wait();
  // Shards by themselves are enough again; theirs ends too.
  void close();

 private:
  int port_;
  bool asked_ = false;  // let_wait() was called
};

}  // namespace roundelay
