#include "server/singer/heard_marks.h"

#include <algorithm>

namespace roundelay {

std::vector<control::Mark> HeardMarks::take(Position block) {
  std::vector<control::Mark> out;
  if (!first_) first_ = block;
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    const control::Mark& mark = it->second;
    if (mark.position >= block.samples + kBlockSamples) {
      ++it;
      continue;
    }
    if (mark.position >= first_->samples) out.push_back(mark);
    it = waiting_.erase(it);
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
  return out;
}

}  // namespace roundelay
