// How often wrong passwords may be tried: so many from one address at one room's door. Who gives the right one costs nobody
// anything, so a choir behind one address comes in. Pure; bounded memory; on the conductor's loop.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "server/base/ip_address.h"
#include "server/base/rate_limit.h"

namespace roundelay {

class DoorKeeper {
 public:
  static constexpr int kTries = 10;  // at once; one comes back in six seconds
  static constexpr double kTriesPerS = 1.0 / 6;
  static constexpr size_t kMostKnown = 100'000;

  [[nodiscard]] bool may_try(const std::string& room, const std::string& address, int64_t now_ns) {
    const auto known = failures_.find(key(room, address));
    // Takes none, but asks whether there is one.
    return known == failures_.end() ? failures_.size() < kMostKnown || forget(now_ns) : known->second.take(now_ns, 0, 1);
  }
  void failed(const std::string& room, const std::string& address, int64_t now_ns) {
    static_cast<void>(failures_.try_emplace(key(room, address), kTriesPerS, kTries).first->second.take(now_ns));
  }

 private:
  static std::string key(const std::string& room, const std::string& address) { return room + ' ' + limit_key(address); }
  // True if there is room again.
  bool forget(int64_t now_ns) {
    std::erase_if(failures_, [&](const auto& entry) { return entry.second.full(now_ns); });
    return failures_.size() < kMostKnown;
  }

  std::unordered_map<std::string, RateLimit> failures_;
};

}  // namespace roundelay
