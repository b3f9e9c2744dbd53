#include "server/load/load_delay.h"

#include "server/load/load_client.h"

namespace roundelay {

LoadDelay::LoadDelay(ClientLoop& loop, int jitter_ms, uint64_t seed)
    : jitter_ms_(jitter_ms), random_(seed), timer_(loop, [this] { send_due(); }) {
  timer_.start(1, 1);
}

void LoadDelay::push(LoadClient& client, std::span<const uint8_t> message) {
  std::deque<Waiting>& queue = waiting_[&client];
  const auto delay_ns = std::uniform_int_distribution<uint64_t>(0, static_cast<uint64_t>(jitter_ms_) * 1'000'000)(random_);
  uint64_t due = uv_hrtime() + delay_ns;
  if (!queue.empty()) due = std::max(due, queue.back().due_ns);
  std::vector<uint8_t> bytes(Connection::kSpare);
  bytes.insert(bytes.end(), message.begin(), message.end());
  queue.push_back({due, std::move(bytes)});
}

void LoadDelay::send_due() {
  const uint64_t now = uv_hrtime();
  for (auto& [client, queue] : waiting_) {
    while (!queue.empty() && queue.front().due_ns <= now) {
      client->send_binary(std::span(queue.front().bytes).subspan(Connection::kSpare));
      queue.pop_front();
    }
  }
}

}  // namespace roundelay
