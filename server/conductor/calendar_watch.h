// Whether the calendar may be trusted with deleting what is old. A clock that jumps, or a server that was off for long or was
// restored from an old backup, must not cost rooms and recordings at once: for a week from then on nothing is deleted for its
// age. The conductor's loop; a small file in the data directory outlives it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace roundelay {

class CalendarWatch {
 public:
  static constexpr int64_t kQuietS = 7 * 86'400;
  static constexpr int64_t kMostOffS = 14 * 86'400;  // a server that was off for longer
  static constexpr int64_t kMostDriftS = 3'600;      // of the calendar against the time since the machine's start

  struct Seen {
    int64_t unix_s = 0;         // at the last look
    int64_t quiet_until_s = 0;  // likewise
    bool operator==(const Seen&) const = default;
  };

  explicit CalendarWatch(std::string file);

  // At each look for what is old: whether it may be deleted. `boot_s`: time since the machine's start, its sleep included.
  [[nodiscard]] bool may_delete(int64_t unix_s, int64_t boot_s);

  // What stands in the file; nothing where that makes no sense. Pure.
  [[nodiscard]] static std::optional<Seen> read(std::string_view text);
  [[nodiscard]] static std::string text(const Seen& seen);

 private:
  void write() const;

  std::string file_;
  std::optional<Seen> seen_;
  std::optional<int64_t> boot_s_;  // at the last look of this process
};

// Time since the machine's start, its sleep included.
[[nodiscard]] int64_t boot_seconds();

}  // namespace roundelay
