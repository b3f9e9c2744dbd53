#include "server/library/job_kinds.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "codec/waveform.h"
#include "server/library/covers.h"
#include "server/library/derived_files.h"
#include "server/library/opus_copies.h"
#include "server/library/songs.h"
#include "server/library/tagged_song.h"

namespace roundelay {
namespace {

// The database itself asks: it sees every song.
constexpr Viewer kEverySong{.account = 0, .role = LibraryRole::kAdmin};

bool keep_tags(LibraryDatabase& database, const std::string&, const JobOutcome& outcome) {
  Songs songs(database);
  const auto before = songs.fields(kEverySong, outcome.job.song);
  if (!before) return false;
  const SongFields after = with_tags(*before, outcome.verdict.value("tags", nlohmann::json::object()), outcome.job.title);
  return after == *before || songs.update(outcome.job.song, after, outcome.now_s);
}

bool keep_opus(LibraryDatabase& database, const std::string& files_dir, const JobOutcome& outcome) {
  return OpusCopies(database, files_dir).keep(outcome);
}

bool keep_waveform(LibraryDatabase& database, const std::string& files_dir, const JobOutcome& outcome) {
  constexpr int64_t kMostLengthMs = 24 * 3'600'000;
  struct stat about = {};
  if (fstat(outcome.out_fd, &about) != 0 || !is_waveform_size(about.st_size)) return false;
  const auto length = outcome.verdict.find("length_ms");
  if (length == outcome.verdict.end() || !length->is_number_integer()) return false;
  const auto length_ms = length->get<int64_t>();
  if (length_ms < 1 || length_ms > kMostLengthMs) return false;
  return run_sql(database, "UPDATE songs SET length_ms = ?, changed = ? WHERE hash = ? AND length_ms IS NULL",
                 {length_ms, outcome.now_s, outcome.job.hash}) &&
         DerivedFiles(database, files_dir).keep(outcome.job.hash, kWaveformKind, outcome.out_path);
}

// A song whose picture cannot be read has none.
bool keep_cover(LibraryDatabase& database, const std::string& files_dir, const JobOutcome& outcome) {
  const auto kept = Covers::keep_file(outcome.verdict, outcome.out_path, files_dir);
  return kept && Covers(database).give_tags(outcome.job.song, kept->cover ? &*kept->cover : nullptr);
}

constexpr uint64_t kSecondMs = 1'000;

constexpr std::array kJobKinds = {
    JobKind{.name = "tags",
            .time_limit_ms = 40 * kSecondMs,
            .writes = false,
            .of_every_song = true,
            .fails_song = true,
            .keep = keep_tags},
    JobKind{.name = kWaveformKind,
            .time_limit_ms = 1'800 * kSecondMs,
            .writes = true,
            .of_every_song = true,
            .fails_song = true,
            .keep = keep_waveform},
    JobKind{.name = kCoverKind,
            .time_limit_ms = 40 * kSecondMs,
            .writes = true,
            .of_every_song = true,
            .fails_song = false,
            .keep = keep_cover},
    JobKind{.name = "opus",
            .time_limit_ms = 900 * kSecondMs,
            .writes = true,
            .of_every_song = false,
            .fails_song = false,
            .keep = keep_opus},
};

}  // namespace

std::span<const JobKind> job_kinds() {
  return kJobKinds;
}

const JobKind* job_kind(std::string_view name) {
  const auto* found = std::find_if(kJobKinds.begin(), kJobKinds.end(), [&](const JobKind& each) { return each.name == name; });
  return found == kJobKinds.end() ? nullptr : found;
}

}  // namespace roundelay
