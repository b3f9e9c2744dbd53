#include "tests/network/emulated_network.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "mixer/timeline.h"

namespace roundelay::network {

namespace {

constexpr int64_t kLongestWaitNs = 20'000'000;
constexpr size_t kMaxPacketBytes = 65'536;

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("the emulated network cannot be made: " + what + ": " + std::strerror(errno) +
                           " (it needs root, network namespaces and /dev/net/tun)");
}

int network_here() {
  const int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("/proc/self/ns/net");
  return fd;
}

ifreq request_for(const std::string& name) {
  ifreq request{};
  name.copy(request.ifr_name, IFNAMSIZ - 1);
  return request;
}

void set_up(const std::string& name) {
  const FileDescriptor any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request = request_for(name);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (ioctl(any.get(), SIOCSIFFLAGS, &request) != 0) fail("starting " + name);
}

void set_address(const std::string& name, unsigned long what, const std::string& address) {
  const FileDescriptor any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request = request_for(name);
  auto& to = *reinterpret_cast<sockaddr_in*>(&request.ifr_addr);
  to.sin_family = AF_INET;
  inet_pton(AF_INET, address.c_str(), &to.sin_addr);
  if (ioctl(any.get(), what, &request) != 0) fail("the address of " + name);
}

}  // namespace

EmulatedNetwork::Visit::Visit(int home, int there) : home_(home) {
  if (setns(there, CLONE_NEWNET) != 0) fail("entering a namespace");
}

EmulatedNetwork::Visit::~Visit() {
  if (setns(home_, CLONE_NEWNET) != 0) std::abort();  // whatever came next would run in the wrong network
}

EmulatedNetwork::EmulatedNetwork(const std::vector<LineSettings>& lines, uint64_t seed) : home_(network_here()) {
  hub_ = make_namespace();
  for (size_t i = 0; i < lines.size(); ++i) {
    const int leaf = static_cast<int>(i);
    leaves_.push_back(make_namespace());
    devices_.push_back(make_device(hub_, "leaf" + std::to_string(i), hub_address(leaf), leaf_address(leaf)));
    devices_.push_back(make_device(leaves_.back(), "hub", leaf_address(leaf), hub_address(leaf)));
    const int hub_side = devices_[2 * i]->get();
    const int leaf_side = devices_[2 * i + 1]->get();
    directions_.push_back({hub_side, leaf_side, Line(lines[i], seed + 2 * i)});
    directions_.push_back({leaf_side, hub_side, Line(lines[i], seed + 2 * i + 1)});
  }
  carrier_ = std::thread([this] { carry(); });
}

EmulatedNetwork::~EmulatedNetwork() {
  ending_ = true;
  carrier_.join();
}

EmulatedNetwork::Owned EmulatedNetwork::make_namespace() const {
  if (unshare(CLONE_NEWNET) != 0) fail("a network namespace");
  auto made = std::make_unique<FileDescriptor>(network_here());
  set_up("lo");
  if (setns(home_.get(), CLONE_NEWNET) != 0) std::abort();
  return made;
}

EmulatedNetwork::Owned EmulatedNetwork::make_device(const Owned& there, const std::string& name, const std::string& address,
                                                    const std::string& peer) const {
  const Visit visit(home_.get(), there->get());
  auto device = std::make_unique<FileDescriptor>(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
  ifreq request = request_for(name);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (device->get() < 0 || ioctl(device->get(), TUNSETIFF, &request) != 0) fail("a TUN device");
  set_address(name, SIOCSIFADDR, address);
  set_address(name, SIOCSIFDSTADDR, peer);
  set_up(name);
  return device;
}

void EmulatedNetwork::carry() {
  std::vector<uint8_t> buffer(kMaxPacketBytes);
  std::vector<pollfd> polled;
  for (const Direction& each : directions_) polled.push_back({each.from, POLLIN, 0});
  while (!ending_) {
    int64_t due_ns = INT64_MAX;
    for (Direction& each : directions_) {
      for (ssize_t n; (n = read(each.from, buffer.data(), buffer.size())) > 0;)
        each.line.put({buffer.begin(), buffer.begin() + n}, monotonic_ns());
      // A device that does not take a packet loses it, as a router would.
      while (const auto packet = each.line.take(monotonic_ns())) (void)!write(each.to, packet->data(), packet->size());
      due_ns = std::min(due_ns, each.line.due_ns());
    }
    const int64_t now_ns = monotonic_ns();
    const int64_t wait_ns = due_ns <= now_ns ? 0 : std::min(due_ns - now_ns, kLongestWaitNs);
    const timespec wait{0, wait_ns};
    ppoll(polled.data(), polled.size(), &wait, nullptr);
  }
}

}  // namespace roundelay::network
