// What the supervisor tells a service manager (systemd, or any that speaks its protocol: sd_notify(3)), and how often it wants to
// hear of us. A datagram each; without a manager nothing happens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mixer/file_descriptor.h"

namespace roundelay {

class ServiceNotice {
 public:
  // From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, which are taken out of the environment: the children say nothing.
  static ServiceNotice from_environment();

  // For the program that this process becomes (take_over.h); taken back where it does not.
  void hand_on() const;
  static void take_back();

  // `lines` such as "READY=1\nSTATUS=Rooms are open."
  void tell(const std::string& lines) const;
  [[nodiscard]] bool heard() const { return socket_.has_value(); }  // there is a manager
  // WATCHDOG=1 is wanted at least this often; nothing: not at all.
  [[nodiscard]] std::optional<int64_t> watchdog_ns() const { return watchdog_ns_; }

 private:
  std::string path_;
  std::optional<FileDescriptor> socket_;
  std::optional<int64_t> watchdog_ns_;
};

}  // namespace roundelay
