#include "server/library/upload_space.h"

#include <algorithm>

#include "server/library/library.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr int64_t kMegabyte = 1'000'000;

}  // namespace

void UploadsUnderWay::begin(int64_t account, int64_t bytes, int64_t now_ns) {
  std::erase_if(uploads_, [&](const Upload& each) { return now_ns - each.since_ns > kForgottenAfterNs; });
  uploads_.push_back({account, bytes, now_ns});
}

void UploadsUnderWay::end(int64_t account, int64_t bytes) {
  const auto found = std::find_if(uploads_.begin(), uploads_.end(),
                                  [&](const Upload& each) { return each.account == account && each.bytes == bytes; });
  if (found != uploads_.end()) uploads_.erase(found);
}

int64_t UploadsUnderWay::bytes(std::optional<int64_t> account, int64_t now_ns) const {
  int64_t out = 0;
  for (const Upload& each : uploads_) {
    if (now_ns - each.since_ns <= kForgottenAfterNs && (!account || each.account == *account)) out += each.bytes;
  }
  return out;
}

std::optional<LibraryAnswer> refuse_for_space(Library& library, const LibraryRequest& request, int64_t bytes) {
  const int64_t all_mb = library.settings.all_mb, account_mb = library.settings.account_mb;
  if (all_mb > 0) {
    const auto used = sql_integer(library.database, "SELECT SUM(bytes) FROM files");
    if (!used) return library_unread();
    if (*used + library.under_way.bytes(std::nullopt, request.now_ns) + bytes > all_mb * kMegabyte)
      return library_error(507, "disk_full", phrase("library_is_full"));
  }
  if (account_mb > 0 && request.account && request.role() < LibraryRole::kCurator) {
    const int64_t account = request.account->id;
    const auto used = sql_integer(
        library.database,
        "SELECT SUM(bytes) FROM files WHERE hash IN (SELECT hash FROM songs WHERE uploader = ? AND hash IS NOT NULL)", {account});
    if (!used) return library_unread();
    if (*used + library.under_way.bytes(account, request.now_ns) + bytes > account_mb * kMegabyte)
      return library_error(507, "account_full", phrase("library_account_is_full", {{"most", account_mb}}));
  }
  return std::nullopt;
}

}  // namespace roundelay
