#include "server/library/librarian_counts.h"

#include <string_view>

#include "server/library/song_jobs.h"
#include "server/library/sql.h"

namespace roundelay {

LibraryCount LibrarianCounts::kind_of_request(LibraryMethod method, const std::string& path) {
  const std::string_view at = path;
  if (at.starts_with("/auth/") || at.starts_with("/accounts") || at.starts_with("/invitations")) return LibraryCount::kAccounts;
  if (method != LibraryMethod::kGet) return LibraryCount::kChanges;
  if (at.starts_with("/search")) return LibraryCount::kSearches;
  return at.ends_with("/song.mp3") || at.ends_with("/song.opus") ? LibraryCount::kFiles : LibraryCount::kPages;
}

void LibrarianCounts::answered(const LibraryAnswer& answer) {
  if (answer.status == 429) counts_.add(LibraryCount::kRefused);
}

void LibrarianCounts::kept(const ReceivedFile& file, const LibraryAnswer& answer) {
  if (answer.status != 201) return;
  counts_.add(LibraryCount::kUploads);
  counts_.add(LibraryCount::kUploadBytes, static_cast<uint64_t>(file.bytes));
}

void LibrarianCounts::look(Library& library, const Importer& importer, int64_t now_ns) {
  counts_.set(LibraryCount::kCacheHits, library.cache.hits());
  counts_.set(LibraryCount::kCacheMisses, library.cache.misses());
  counts_.set(LibraryCount::kOpusSent, library.opus.sent);
  counts_.set(LibraryCount::kOpusNotMade, library.opus.not_made);
  counts_.set(LibraryCount::kImportedRows, importer.rows_taken());
  if (looked_ns_ != 0 && now_ns - looked_ns_ < kLookEveryNs) return;
  looked_ns_ = now_ns;
  const auto count = [&](LibraryCount which, const char* sql) {
    if (const auto value = sql_integer(library.database, sql)) counts_.set(which, static_cast<uint64_t>(*value));
  };
  count(LibraryCount::kSongs, "SELECT COUNT(*) FROM songs");
  count(LibraryCount::kFileBytes, "SELECT SUM(bytes) FROM files");
  counts_.set(LibraryCount::kJobsWaiting, static_cast<uint64_t>(SongJobs(library.database).waiting()));
  count(LibraryCount::kImportsRunning, "SELECT COUNT(*) FROM imports WHERE state = 'running'");
}

}  // namespace roundelay
