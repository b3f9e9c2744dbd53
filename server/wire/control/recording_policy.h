// Whether a room's songs are recorded, who may hear the recordings, and how long they are kept.
#pragma once

#include <optional>
#include <string_view>

namespace roundelay {

enum class RecordingPolicy {
  kOff,
  kAsk,    // whoever leads or organises says so, song by song
  kAlways  // every song
};

inline constexpr std::string_view kRecordingPolicies[] = {"off", "ask", "always"};
// Who may hear them.
inline constexpr std::string_view kForOrganiser = "organiser", kForEveryone = "everyone";
inline constexpr int kDefaultRecordingsDays = 30;
inline constexpr int kMostRecordingsDays = 3'650;

[[nodiscard]] constexpr std::string_view policy_text(RecordingPolicy policy) {
  return kRecordingPolicies[static_cast<int>(policy)];
}
[[nodiscard]] constexpr std::optional<RecordingPolicy> policy_from(std::string_view text) {
  for (int i = 0; i < 3; ++i) {
    if (kRecordingPolicies[i] == text) return static_cast<RecordingPolicy>(i);
  }
  return std::nullopt;
}

}  // namespace roundelay
