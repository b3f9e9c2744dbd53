// A long list that is sorted by slices: runs of it, and then what is first of them, some at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace roundelay {

template <typename Thing>
class SlicedSort {
 public:
  using Before = bool (*)(Thing a, Thing b);
  explicit SlicedSort(Before before) : before_(before) {}

  // In any order. All of them before the first call of merge_on().
  void add(std::vector<Thing> things) {
    if (things.empty()) return;
    std::sort(things.begin(), things.end(), before_);
    runs_.push_back({std::move(things)});
    std::push_heap(runs_.begin(), runs_.end(), is_later());
  }
  // Appends the next ones, `most` at most. True: these were the last.
  [[nodiscard]] bool merge_on(std::vector<Thing>& sorted, size_t most) {
    for (; most > 0 && !runs_.empty(); --most) {
      std::pop_heap(runs_.begin(), runs_.end(), is_later());
      Run& first = runs_.back();
      sorted.push_back(first.things[first.next++]);
      if (first.next == first.things.size())
        runs_.pop_back();
      else
        std::push_heap(runs_.begin(), runs_.end(), is_later());
    }
    return runs_.empty();
  }

 private:
  struct Run {
    std::vector<Thing> things;
    size_t next = 0;
  };
  // The run whose next thing is first stands at the top of the heap.
  [[nodiscard]] auto is_later() const {
    return [before = before_](const Run& a, const Run& b) { return before(b.things[b.next], a.things[a.next]); };
  }

  Before before_;
  std::vector<Run> runs_;
};

}  // namespace roundelay
