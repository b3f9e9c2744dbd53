// Answers that are long: what they need of the database is read, or written, by slices, between which others are answered, and
// the text is put together on the pool. The longest texts go to shards as files. On the librarian's loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "server/library/library_answer.h"
#include "server/net/uv_handle.h"

namespace roundelay {

class LongAnswers {
 public:
  // A text, or where it lies, or an answer that is none of both.
  struct Written {
    LibraryText text = {};
    std::string file = {};  // empty: in `text`
    std::shared_ptr<LibraryAnswer> answer = {};
  };
  using Done = std::function<void(Written)>;

  // Throws std::runtime_error: the event loop takes no handle. `dir`: for files. `library` and `loop` outlive this.
  LongAnswers(uv_loop_t* loop, Library& library, std::string dir);
  ~LongAnswers();
  LongAnswers(const LongAnswers&) = delete;
  LongAnswers& operator=(const LongAnswers&) = delete;

  // `done` is called once, later, on the loop. False: too many wait, and it is not called.
  [[nodiscard]] bool begin(std::shared_ptr<LongAnswer> answer, Done done);
  // What is put together already.
  [[nodiscard]] Written put(LibraryText text);
  // Files go when shards have long opened them. At each tick.
  void sweep(int64_t now_ns);

 private:
  struct Wanted {
    std::shared_ptr<LongAnswer> answer;
    Done done;
  };
  void wake();
  void read_on();
  void write(const Wanted& wanted);
  void written(uint64_t number, const Done& done, Written out);
  [[nodiscard]] std::string new_path();
  [[nodiscard]] static Written put(LibraryText text, std::string path);

  static constexpr size_t kMostWaiting = 256;
  static constexpr size_t kMostInTurn =
      4;  // so many are read in turns: a very long one keeps others waiting for its slices alone
  static constexpr size_t kMostOverLink = 256 << 10;
  static constexpr size_t kMostWriting = 4;  // so many threads has the pool; others wait unread
  static constexpr int64_t kFilesKeptNs = 10'000'000'000;

  uv_loop_t* loop_;
  Library& library_;
  const std::string dir_;
  std::deque<Wanted> reading_;
  std::map<uint64_t, std::shared_ptr<void>> writing_;
  uint64_t begun_ = 0;
  uint64_t paths_ = 0;
  std::deque<std::pair<int64_t, std::string>> files_;  // when each was written, and its path
  UvHandle<uv_idle_t> idle_;                           // runs while there is something to read: a slice at each turn of the loop
};

}  // namespace roundelay
