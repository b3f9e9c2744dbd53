#include "server/room/song_marks.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace roundelay {

tl::expected<size_t, Refusal> SongMarks::set(const control::Mark& mark, Position now, Blocks last_offset) {
  const int64_t least = (now - last_offset).samples - kBehindSamples, most = now.samples + kAheadSamples;
  if (mark.position < least || mark.position > most) return refuse("bad_mark", phrase("mark_must_lie_ahead"));
  auto known = std::find_if(marks_.begin(), marks_.end(), [&](const auto& each) { return each.id == mark.id; });
  const size_t bytes = bytes_ + mark.bytes() - (known == marks_.end() ? 0 : known->bytes());
  if ((known == marks_.end() && marks_.size() >= kMost) || bytes > kMostBytes)
    return refuse("too_many_marks", phrase("song_has_all_marks"));
  bytes_ = bytes;
  if (known == marks_.end()) {
    known = marks_.insert(known, mark);
  } else {
    *known = mark;
  }
  return static_cast<size_t>(known - marks_.begin());
}

void SongMarks::restore(std::vector<control::Mark> marks) {
  marks_ = std::move(marks);
  if (marks_.size() > kMost) marks_.resize(kMost);
  bytes_ = 0;
  for (const control::Mark& mark : marks_) bytes_ += mark.bytes();
}

void SongMarks::remove(std::string_view kind) {
  std::erase_if(marks_, [&](const control::Mark& mark) {
    if (mark.kind != kind) return false;
    bytes_ -= mark.bytes();
    return true;
  });
}

std::vector<control::Marks> SongMarks::pieces() const {
  std::vector<control::Marks> out;
  for (const control::Mark& mark : marks_) {
    if (out.empty() || out.back().marks.size() == control::Marks::kMost) out.emplace_back();
    out.back().marks.push_back(mark);
  }
  return out;
}

}  // namespace roundelay
