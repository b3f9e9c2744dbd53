// A network of lines with delay, jitter and loss on one machine, for kernels without netem: a hub and one leaf per line, each a
// network namespace of its own, joined by TUN devices between which a thread of ours carries the packets. Needs root
// (CAP_SYS_ADMIN and CAP_NET_ADMIN) and /dev/net/tun. Gone when the object is.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "mixer/file_descriptor.h"
#include "tests/network/line.h"

namespace roundelay::network {

class EmulatedNetwork {
 public:
  // `lines[i]` joins leaf i to the hub, the same in both directions. Throws std::runtime_error with a sentence.
  EmulatedNetwork(const std::vector<LineSettings>& lines, uint64_t seed);
  ~EmulatedNetwork();
  EmulatedNetwork(const EmulatedNetwork&) = delete;
  EmulatedNetwork& operator=(const EmulatedNetwork&) = delete;

  // The hub's address as leaf i sees it.
  [[nodiscard]] static std::string hub_address(int leaf) { return "10.77." + std::to_string(leaf) + ".1"; }
  [[nodiscard]] static std::string leaf_address(int leaf) { return "10.77." + std::to_string(leaf) + ".2"; }

  // While it lives, the thread's new sockets and child processes are there. Nothing nests.
  class Visit {
   public:
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

   private:
    friend class EmulatedNetwork;
    Visit(int home, int there);
    int home_;
  };
  [[nodiscard]] Visit visit_hub() const { return {home_.get(), hub_->get()}; }
  [[nodiscard]] Visit visit_leaf(int leaf) const { return {home_.get(), leaves_[static_cast<size_t>(leaf)]->get()}; }

 private:
  struct Direction {
    int from;  // TUN devices
    int to;
    Line line;
  };
  using Owned = std::unique_ptr<FileDescriptor>;
  [[nodiscard]] Owned make_namespace() const;
  [[nodiscard]] Owned make_device(const Owned& there, const std::string& name, const std::string& address,
                                  const std::string& peer) const;
  void carry();

  FileDescriptor home_;
  Owned hub_;
  std::vector<Owned> leaves_;
  std::vector<Owned> devices_;
  std::vector<Direction> directions_;
  std::atomic<bool> ending_ = false;
  std::thread carrier_;
};

}  // namespace roundelay::network
