// Changes of a room's people that wait to be told, the last one of each person: when many come at once, one message tells of
// many. Pure; on the conductor's loop.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace roundelay {

class RoomNews {
 public:
  static constexpr int64_t kEveryNs = 50'000'000;

  // True if this is a change of a person (`person` or `gone`), which may wait.
  [[nodiscard]] static bool may_wait(const nlohmann::json& message);
  void add(const nlohmann::json& message);
  [[nodiscard]] bool waiting() const { return !waiting_.empty(); }
  [[nodiscard]] bool due(int64_t now_ns) const { return !waiting_.empty() && now_ns - told_ns_ >= kEveryNs; }
  // The messages that tell all that waits: one alone as it is, more as `people` with at most control::People::kMost each.
  [[nodiscard]] std::vector<nlohmann::json> take(int64_t now_ns);

 private:
  std::map<std::string, nlohmann::json> waiting_;  // by the person's id
  int64_t told_ns_ = 0;
};

}  // namespace roundelay
