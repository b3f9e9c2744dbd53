// Cuts a stream of bytes into lines. Pure; bounded: a line that is longer than allowed is left out, and the next one is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace roundelay {

class LineSplitter {
 public:
  explicit LineSplitter(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Calls on_line(std::string_view) for every line that is whole, without its end; empty lines are left out. Returns how many
  // lines turned out to be too long.
  template <typename OnLine>
  [[nodiscard]] size_t feed(std::string_view bytes, OnLine&& on_line) {
    size_t too_long = 0;
    while (!bytes.empty()) {
      const size_t end = bytes.find('\n');
      const std::string_view piece = bytes.substr(0, end);
      const bool whole = end != std::string_view::npos;
      bytes.remove_prefix(whole ? end + 1 : bytes.size());
      if (!skipping_ && rest_.size() + piece.size() > max_bytes_) {
        ++too_long;
        skipping_ = true;
        rest_ = {};
      }
      if (skipping_) {
        skipping_ = !whole;
      } else if (!whole) {
        rest_ += piece;
      } else if (!rest_.empty()) {
        rest_ += piece;
        const std::string line = std::exchange(rest_, {});
        on_line(std::string_view(line));
      } else if (!piece.empty()) {
        on_line(piece);
      }
    }
    return too_long;
  }

 private:
  size_t max_bytes_;
  bool skipping_ = false;  // in the middle of a line that is too long
  std::string rest_;
};

}  // namespace roundelay
