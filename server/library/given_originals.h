// Who was sent a song's original because its Opus copy was not made yet: the parts that she asks for later are parts of that
// file, whatever is made meanwhile. In memory alone; one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace roundelay {

class GivenOriginals {
 public:
  static constexpr size_t kMostEntries = 1'000;  // the oldest goes

  struct Stream {
    int64_t account = 0;
    std::string player;
    int64_t song = 0;
    auto operator<=>(const Stream&) const = default;
  };

  // Of a header Range: not from the beginning.
  [[nodiscard]] static bool goes_on(std::string_view range) {
    return range.starts_with("bytes=") && !range.starts_with("bytes=0-");
  }
  void note(const Stream& stream) {
    if (!given_.insert(stream).second) return;
    order_.push_back(stream);
    if (order_.size() <= kMostEntries) return;
    given_.erase(order_.front());
    order_.pop_front();
  }
  void forget(const Stream& stream) {
    if (given_.erase(stream) > 0) std::erase(order_, stream);
  }
  [[nodiscard]] bool has(const Stream& stream) const { return given_.contains(stream); }

 private:
  std::set<Stream> given_;
  std::deque<Stream> order_;
};

}  // namespace roundelay
