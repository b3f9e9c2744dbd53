#include "server/library/opus_copies.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "mixer/file_descriptor.h"
#include "server/library/derived_files.h"
#include "server/library/song_jobs.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr std::string_view kOpusJob = "opus";
// Of variable rates the average is not kept to exactly, and containers and tags take some too.
constexpr int64_t kSlackPercent = 10;
constexpr int64_t kHeardAgainS = 600;  // whoever hears it asks for many parts of it

std::string kind_of_copy(const std::string& kbits) {
  return "opus-" + kbits;
}

}  // namespace

int64_t opus_kbits_below(int64_t most) {
  int64_t out = kOpusKbits.front();
  for (const int64_t kbits : kOpusKbits) {
    if (kbits <= most) out = kbits;
  }
  return out;
}

bool OpusCopies::takes_no_more(const OpusSource& source, int64_t kbits) {
  // A bit for each millisecond is a kbit/s.
  return source.length_ms.value_or(0) > 0 && source.bytes * 8 * 100 <= kbits * *source.length_ms * (100 + kSlackPercent);
}

bool OpusCopies::is_opus(const OpusSource& source) const {
  if (source.kind != "ogg") return false;
  const std::string path = files_dir_ + "/" + source.hash;
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  std::array<char, 64> head{};
  const ssize_t count = file.get() < 0 ? 0 : pread(file.get(), head.data(), head.size(), 0);
  // Behind the header of a page with one packet (RFC 3533 section 6, RFC 7845 section 5.1).
  return count > 0 && std::string_view(head.data(), static_cast<size_t>(count)).substr(0, 36).ends_with("OpusHead");
}

std::optional<OpusCopies::State> OpusCopies::want(const OpusSource& source, int64_t kbits, int64_t account, int64_t now_s) {
  const std::string argument = std::to_string(kbits), kind = kind_of_copy(argument);
  const auto bytes = DerivedFiles(database_, files_dir_).bytes(source.hash, kind);
  if (!bytes) return std::nullopt;
  if (*bytes > 0) {
    // That it is not noted costs it its place among those that are kept, at worst.
    (void)run_sql(database_, "UPDATE derived SET heard = ?1 WHERE hash = ?2 AND kind = ?3 AND heard <= ?1 - ?4",
                  {now_s, source.hash, kind, kHeardAgainS});
    return State::kMade;
  }
  SongJobs jobs(database_);
  const auto job = jobs.state(source.song, kOpusJob, argument);
  if (!job) return std::nullopt;
  if (*job == JobState::kGivenUp) return State::kCannotBeMade;
  if (*job == JobState::kWaiting) return State::kMaking;
  const auto waiting =
      sql_integer(database_, "SELECT COUNT(*) FROM jobs WHERE account = ? AND leased_until < ?", {account, SongJobs::kGivenUpS});
  if (!waiting) return std::nullopt;
  if (*waiting >= kMostWaiting) return State::kTooMany;
  const bool added = database_.transaction([&] {
    return jobs.add(source.song, kOpusJob, argument, JobTurn::kNow) &&
           run_sql(database_, "UPDATE jobs SET account = ? WHERE song = ? AND kind = ? AND argument = ?",
                   {account, source.song, kOpusJob, argument});
  });
  return added ? std::optional(State::kMaking) : std::nullopt;
}

std::shared_ptr<const LibraryFile> OpusCopies::file(const OpusSource& source, int64_t kbits) const {
  const std::string kind = kind_of_copy(std::to_string(kbits));
  return std::make_shared<const LibraryFile>(LibraryFile{.path = DerivedFiles::path(files_dir_, source.hash, kind),
                                                         .content_type = "audio/ogg",
                                                         .name = source.title + ".opus",
                                                         .content = source.hash + "." + kind});
}

std::optional<int64_t> OpusCopies::most_bytes() {
  const auto originals = sql_integer(database_, "SELECT COALESCE(SUM(bytes), 0) FROM files");
  if (!originals) return std::nullopt;
  return std::max(kLeastMostBytes, *originals / 5);
}

bool OpusCopies::keep(const JobOutcome& outcome) {
  const std::string kind = kind_of_copy(outcome.job.argument);
  return DerivedFiles(database_, files_dir_).keep(outcome.job.hash, kind, outcome.out_path) &&
         run_sql(database_, "UPDATE derived SET heard = ? WHERE hash = ? AND kind = ?",
                 {outcome.now_s, outcome.job.hash, kind}) &&
         make_room(outcome.job.hash, kind);
}

bool OpusCopies::make_room(const std::string& hash, const std::string& kind) {
  const auto most = most_bytes();
  const auto all = sql_integer(database_, "SELECT COALESCE(SUM(bytes), 0) FROM derived WHERE kind LIKE 'opus-%'");
  if (!most || !all) return false;
  int64_t too_much = *all - *most;
  if (too_much <= 0) return true;
  std::vector<std::pair<std::string, std::string>> going;
  if (!each_row(database_,
                "SELECT hash, kind, bytes FROM derived WHERE kind LIKE 'opus-%' AND NOT (hash = ? AND kind = ?) ORDER BY heard",
                {hash, kind}, [&](const SqlRow& row) {
                  if (too_much <= 0) return;
                  going.emplace_back(row.text(0), row.text(1));
                  too_much -= row.integer(2);
                }))
    return false;
  DerivedFiles files(database_, files_dir_);
  return std::all_of(going.begin(), going.end(), [&](const auto& each) { return files.forget(each.first, each.second); });
}

}  // namespace roundelay
