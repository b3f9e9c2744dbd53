#include "server/load/load_trouble.h"

#include <algorithm>

namespace roundelay {
namespace {

constexpr int64_t kForEver = INT64_MAX;

}  // namespace

LoadClient* LoadTrouble::somebody() {
  if (clients_.empty()) return nullptr;
  constexpr int kTries = 20;
  std::uniform_int_distribution<size_t> any(0, clients_.size() - 1);
  for (int i = 0; i < kTries; ++i) {
    LoadClient* client = clients_[any(random_)];
    const bool stalled = std::any_of(stalled_.begin(), stalled_.end(), [&](const auto& s) { return s.second == client; });
    if (client->joined() && !stalled && !client->settings().slow) return client;
  }
  return nullptr;
}

void LoadTrouble::end_stalls(int64_t now_ms) {
  std::erase_if(stalled_, [&](const auto& stall) {
    if (stall.first > now_ms) return false;
    stall.second->stall(false);
    return true;
  });
}

void LoadTrouble::come_back(int64_t now_ms) {
  std::erase_if(away_, [&](const auto& absence) {
    if (absence.first > now_ms || !absence.second->gone()) return false;
    absence.second->join();
    return true;
  });
}

void LoadTrouble::look_for_lost(int64_t now_ms) {
  for (LoadClient* client : returning_) {
    if (!client->gone()) continue;
    const bool awaited = std::any_of(away_.begin(), away_.end(), [&](const auto& absence) { return absence.second == client; });
    if (!awaited) away_.emplace_back(now_ms + kComeBackMs, client);
  }
}

void LoadTrouble::step(int64_t now_ms, int64_t passed_ms) {
  end_stalls(now_ms);
  look_for_lost(now_ms);
  come_back(now_ms);
  // So many begin that the share of those who are stalled is as asked.
  stalls_owed_ += options_.stall_percent / 100 * static_cast<double>(clients_.size()) * static_cast<double>(passed_ms) /
                  std::max(1, options_.stall_ms);
  for (; stalls_owed_ >= 1; stalls_owed_ -= 1) {
    LoadClient* client = somebody();
    if (client == nullptr) continue;
    client->disturbed = true;
    client->stall(true);
    stalled_.emplace_back(now_ms + options_.stall_ms, client);
  }
  cuts_owed_ += options_.reconnects_per_min * static_cast<double>(passed_ms) / 60'000;
  for (; cuts_owed_ >= 1; cuts_owed_ -= 1) {
    LoadClient* client = somebody();
    if (client == nullptr) continue;
    client->disturbed = true;
    client->cut();
    away_.emplace_back(now_ms + kComeBackMs, client);
  }
  if (now_ms - slow_read_ms_ < kSlowReadEveryMs) return;
  slow_read_ms_ = now_ms;
  for (LoadClient* client : clients_) {
    if (!client->settings().slow) continue;
    if (client->joined()) client->read_on();
    if (client->gone()) client->join();  // the server lets those go who do not keep up
  }
}

void LoadTrouble::calm_down() {
  end_stalls(kForEver);
  come_back(kForEver);
}

}  // namespace roundelay
