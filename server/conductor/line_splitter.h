// Cuts a stream of bytes into lines. Pure; bounded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace roundelay {

class LineSplitter {
 public:
  explicit LineSplitter(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Calls on_line(std::string_view) for every line that is whole, without its end; empty lines are left out. False when a line is
  // longer than allowed: the stream makes no sense any more.
  template <typename OnLine>
  [[nodiscard]] bool feed(std::string_view bytes, OnLine&& on_line) {
    while (!bytes.empty()) {
      const size_t end = bytes.find('\n');
      const std::string_view piece = bytes.substr(0, end);
      if (rest_.size() + piece.size() > max_bytes_) return false;
      if (end == std::string_view::npos) {
        rest_ += piece;
        return true;
      }
      bytes.remove_prefix(end + 1);
      if (rest_.empty()) {
        if (!piece.empty()) on_line(piece);
        continue;
      }
      rest_ += piece;
      const std::string line = std::exchange(rest_, {});
      on_line(std::string_view(line));
    }
    return true;
  }

 private:
  size_t max_bytes_;
  std::string rest_;
};

}  // namespace roundelay
