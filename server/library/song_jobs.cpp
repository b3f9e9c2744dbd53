#include "server/library/song_jobs.h"

#include "server/library/job_kinds.h"
#include "server/library/sql.h"

namespace roundelay {

bool SongJobs::add(int64_t song, std::string_view kind, std::string_view argument, JobTurn turn) {
  return run_sql(
      database_,
      "INSERT INTO jobs (kind, song, argument, leased_until) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM jobs "
      "WHERE song = ?2 AND kind = ?1 AND argument = ?3)",
      {kind, song, argument, static_cast<int64_t>(turn)});
}

std::optional<JobState> SongJobs::state(int64_t song, std::string_view kind, std::string_view argument) {
  JobState out = JobState::kNone;
  if (!each_row(database_, "SELECT leased_until FROM jobs WHERE song = ? AND kind = ? AND argument = ?", {song, kind, argument},
                [&](const SqlRow& row) { out = row.integer(0) == kGivenUpS ? JobState::kGivenUp : JobState::kWaiting; }))
    return std::nullopt;
  return out;
}

bool SongJobs::note_title(int64_t song, const std::string& title) {
  return run_sql(database_, "UPDATE jobs SET title = ? WHERE song = ? AND kind = 'tags'", {title, song});
}

bool SongJobs::give_up(const SongJob& job) {
  const JobKind* kind = job_kind(job.kind);
  if (kind == nullptr) return done(job.id);  // of another version
  if (kind->fails_song && !run_sql(database_, "UPDATE songs SET status = 'FAILED' WHERE id = ?", {job.song})) return false;
  return run_sql(database_, "UPDATE jobs SET leased_until = ? WHERE id = ?", {kGivenUpS, job.id});
}

std::optional<SongJob> SongJobs::claim(int64_t now_s) {
  if (sql_integer(database_, "SELECT 1 FROM jobs WHERE leased_until <= ? LIMIT 1", {now_s}) != 1) return std::nullopt;
  std::optional<SongJob> out;
  bool given_up = true;
  while (!out && given_up) {
    given_up = false;
    const bool kept = database_.transaction([&] {
      SongJob job;
      if (!each_row(database_,
                    "SELECT jobs.id, jobs.kind, jobs.song, songs.hash, jobs.title, jobs.argument, jobs.attempts FROM jobs JOIN "
                    "songs ON "
                    "songs.id = jobs.song WHERE jobs.leased_until <= ? ORDER BY jobs.leased_until, jobs.id LIMIT 1",
                    {now_s}, [&](const SqlRow& row) {
                      job = {.id = row.integer(0),
                             .kind = row.text(1),
                             .song = row.integer(2),
                             .hash = row.text(3),
                             .title = row.text(4),
                             .argument = row.text(5),
                             .attempts = row.integer(6) + 1};
                    }))
        return false;
      if (job.id == 0) return true;
      given_up = job.attempts > kMostAttempts || job_kind(job.kind) == nullptr;
      if (given_up) return give_up(job);
      out = job;
      return run_sql(database_, "UPDATE jobs SET attempts = ?, leased_until = ? WHERE id = ?",
                     {job.attempts, now_s + kLeaseS, job.id});
    });
    if (!kept) return std::nullopt;
  }
  return out;
}

bool SongJobs::renew(int64_t id, int64_t now_s) {
  if (!run_sql(database_, "UPDATE jobs SET leased_until = ? WHERE id = ?", {now_s + kLeaseS, id})) return true;
  return sql_integer(database_, "SELECT 1 FROM jobs WHERE id = ?", {id}) != 0;
}

bool SongJobs::is_wanted(const SongJob& job) {
  return sql_integer(database_, "SELECT 1 FROM jobs JOIN songs ON songs.id = jobs.song WHERE jobs.id = ? AND songs.hash = ?",
                     {job.id, job.hash}) == 1;
}

bool SongJobs::done(int64_t id) {
  return run_sql(database_, "DELETE FROM jobs WHERE id = ?", {id});
}

bool SongJobs::give_back(const SongJob& job, const Sentence& why, int64_t now_s) {
  nlohmann::json failure = {{"error", why.text}};
  put_sentence(why.code, why.values, failure);
  return run_sql(
      database_, "UPDATE jobs SET leased_until = ?, failure = ? WHERE id = ?",
      {now_s + kAgainS * job.attempts, failure.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), job.id});
}

bool SongJobs::put_off(const SongJob& job, int64_t now_s) {
  return run_sql(database_, "UPDATE jobs SET leased_until = ?, attempts = ? WHERE id = ?",
                 {now_s + kPutOffS, job.attempts - 1, job.id});
}

bool SongJobs::retry(int64_t song) {
  return run_sql(database_, "UPDATE jobs SET attempts = 0, leased_until = ?, failure = '' WHERE song = ? AND leased_until = ?",
                 {static_cast<int64_t>(JobTurn::kNow), song, kGivenUpS}) &&
         run_sql(database_, "UPDATE songs SET status = 'UPLOADED' WHERE id = ? AND status = 'FAILED'", {song});
}

int64_t SongJobs::waiting() {
  return sql_integer(database_, "SELECT COUNT(*) FROM jobs WHERE leased_until < ?", {kGivenUpS}).value_or(0);
}

}  // namespace roundelay
