// Puts what was committed from the log of the librarian's database into its file, on a thread of the pool. SQLite by itself does
// it within a commit, here on the loop: 10 to 20 ms of the processor after many writes, and what the disk takes. The librarian's
// loop only.
#pragma once

#include <uv.h>

#include <cstdint>
#include <memory>
#include <string>

#include "server/library/library_database.h"

namespace roundelay {

class Checkpoints {
 public:
  // All outlive it. From now on SQLite does it only where the log has grown very long.
  Checkpoints(uv_loop_t* loop, LibraryDatabase& database, std::string path);

  // At each tick: begins after some transactions.
  void look();

 private:
  static constexpr uint64_t kTransactionsBefore = 20;
  static constexpr int kLongLogPages = 1'000;
  static constexpr int kRounds = 2;
  void begin(int rounds_left);

  uv_loop_t* loop_;
  LibraryDatabase& database_;
  const std::string path_;
  std::shared_ptr<void> running_;
  uint64_t seen_ = 0;  // transactions
};

}  // namespace roundelay
