// The marks of one song, in the order of their coming; bounded. Pure; on the conductor's loop.
#pragma once

#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "mixer/position.h"
#include "server/wire/control/mark.h"

namespace roundelay {

class SongMarks {
 public:
  static constexpr size_t kMost = 1'000, kMostBytes = 65'536;
  static constexpr int64_t kAheadSamples = 10 * 60 * int64_t{kSampleRate};
  // A leader marks what she hears, which is a little behind what the server sends her.
  static constexpr int64_t kBehindSamples = 10 * int64_t{kSampleRate};

  // In the place of one of the same id, if there is one: returned is where in all() it stands. `now`, and the offset of the last
  // bucket, say which positions can be.
  [[nodiscard]] tl::expected<size_t, Refusal> set(const control::Mark& mark, Position now, Blocks last_offset);
  // What was set before the conductor ended.
  void restore(std::vector<control::Mark> marks);
  // Of one kind, such as lines of words that are not the chosen ones any more.
  void remove(std::string_view kind);
  [[nodiscard]] const std::vector<control::Mark>& all() const { return marks_; }
  // As those who come later are told.
  [[nodiscard]] std::vector<control::Marks> pieces() const;

  // The line tapped last; none yet.
  std::optional<size_t> last_line;

 private:
  std::vector<control::Mark> marks_;
  size_t bytes_ = 0;
};

}  // namespace roundelay
