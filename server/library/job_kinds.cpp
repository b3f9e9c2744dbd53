#include "server/library/job_kinds.h"

#include <algorithm>
#include <array>

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

constexpr std::array kJobKinds = {
    JobKind{
        .name = "tags", .time_limit_ms = 40'000, .writes = false, .of_every_song = true, .fails_song = true, .keep = keep_tags},
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
