// What the librarian counts, in a small file that every process of the server maps: it writes, shards tell it in /metrics.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace roundelay {

enum class LibraryCount {
  kPages,  // requests, by what they are
  kSearches,
  kChanges,
  kFiles,
  kAccounts,
  kRefused,  // for coming too often
  kCacheHits,
  kCacheMisses,
  kOpusSent,
  kOpusNotMade,
  kUploads,  // files that were taken
  kUploadBytes,
  kImportedRows,
  kImportsRunning,  // this and those below: now
  kSongs,
  kFileBytes,
  kJobsWaiting,
  kJobsPaused,
  kLentFiles,    // of kFiles: sent again by a shard that did not ask
  kLentVersion,  // of what was told for sending it again; another one as soon as anything is written
  kEnd,
};

class LibraryCounts {
 public:
  // Makes the file where there is none. Throws std::runtime_error: start-up only.
  explicit LibraryCounts(const std::string& path);
  ~LibraryCounts();
  LibraryCounts(const LibraryCounts&) = delete;
  LibraryCounts& operator=(const LibraryCounts&) = delete;

  // The librarian, when it starts: all begin at 0.
  void reset();
  void add(LibraryCount which, uint64_t more = 1) { at(which).fetch_add(more, std::memory_order_relaxed); }
  void set(LibraryCount which, uint64_t value) { at(which).store(value, std::memory_order_relaxed); }
  [[nodiscard]] uint64_t value(LibraryCount which) const { return at(which).load(std::memory_order_relaxed); }

 private:
  using Row = std::array<std::atomic<uint64_t>, static_cast<size_t>(LibraryCount::kEnd)>;
  [[nodiscard]] std::atomic<uint64_t>& at(LibraryCount which) const { return (*row_)[static_cast<size_t>(which)]; }

  Row* row_ = nullptr;
};

}  // namespace roundelay
