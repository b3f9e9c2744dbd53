// The marks of a song as a client takes them: each once, with the block in which its position lies. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mixer/position.h"
#include "server/wire/control/mark.h"

namespace roundelay {

class HeardMarks {
 public:
  // In the place of one of the same id.
  void set(const control::Mark& mark) { waiting_[mark.id] = mark; }
  void begin_song() { first_.reset(); }
  void end_song() { waiting_.clear(); }
  // The block at this position was heard: what lies in it, or before it and after the first one. The earliest first.
  [[nodiscard]] std::vector<control::Mark> take(Position block);

 private:
  std::map<std::string, control::Mark> waiting_;
  std::optional<Position> first_;  // of this song, as far as it was heard
};

}  // namespace roundelay
