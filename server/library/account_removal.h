// The end of an account, with its songs, lists, ratings and all else: by slices of a few ms, for there may be very much. The
// librarian's loop only.
#pragma once

#include <cstdint>
#include <optional>

#include "server/library/library.h"
#include "server/library/library_answer.h"

namespace roundelay {

class AccountRemoval {
 public:
  AccountRemoval(int64_t account, int64_t now_s) : account_(account), now_s_(now_s) {}

  // A slice, in one transaction; the first ends all its logins, which are known as of a deleted account from then on. Who is
  // killed between two leaves an account that has less. True: it is over.
  [[nodiscard]] bool go_on(Library& library);
  // How it ended. The last admin stays.
  [[nodiscard]] const LibraryAnswer& said() const { return said_; }

 private:
  [[nodiscard]] bool refuse(Library& library);
  [[nodiscard]] bool remove_some(Library& library, std::vector<std::string>& files, bool& is_last);

  int64_t account_;
  int64_t now_s_;
  bool begun_ = false;
  LibraryAnswer said_ = {};
};

}  // namespace roundelay
