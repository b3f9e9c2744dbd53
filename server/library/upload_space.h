// How much room there is for files: of an account, and in all (LibrarySettings); what is being received counts already. The
// librarian's loop only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/library/library_answer.h"
#include "server/library/library_request.h"

namespace roundelay {

struct Library;

// Files that were admitted and have not come yet.
class UploadsUnderWay {
 public:
  static constexpr int64_t kForgottenAfterNs = 3'600'000'000'000;  // whoever sends it has gone

  void begin(int64_t account, int64_t bytes, int64_t now_ns);
  // One of so many bytes, if there is one.
  void end(int64_t account, int64_t bytes);
  // Of this account; of all where there is none.
  [[nodiscard]] int64_t bytes(std::optional<int64_t> account, int64_t now_ns) const;

 private:
  struct Upload {
    int64_t account = 0;  // 0: nobody
    int64_t bytes = 0;
    int64_t since_ns = 0;
  };
  std::vector<Upload> uploads_;
};

// Why so many bytes more are not taken from who asks; nothing if they are. Curators have no bound of their own.
[[nodiscard]] std::optional<LibraryAnswer> refuse_for_space(Library& library, const LibraryRequest& request, int64_t bytes);

}  // namespace roundelay
