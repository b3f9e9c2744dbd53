#include "server/library/song_jobs.h"

#include "server/library/sql.h"

namespace roundelay {

bool SongJobs::note_title(int64_t song, const std::string& title) {
  return run_sql(database_, "UPDATE jobs SET title = ? WHERE song = ? AND kind = 'tags'", {title, song});
}

std::optional<SongJob> SongJobs::claim(int64_t now_s) {
  if (sql_integer(database_, "SELECT 1 FROM jobs WHERE leased_until <= ? LIMIT 1", {now_s}) != 1) return std::nullopt;
  std::optional<SongJob> out;
  bool given_up = true;
  while (!out && given_up) {
    given_up = false;
    const bool kept = database_.transaction([&] {
      SongJob job;
      if (!each_row(
              database_,
              "SELECT jobs.id, jobs.kind, jobs.song, songs.hash, jobs.title, jobs.attempts FROM jobs JOIN songs ON songs.id = "
              "jobs.song WHERE jobs.leased_until <= ? ORDER BY jobs.leased_until, jobs.id LIMIT 1",
              {now_s}, [&](const SqlRow& row) {
                job = {.id = row.integer(0),
                       .kind = row.text(1),
                       .song = row.integer(2),
                       .hash = row.text(3),
                       .title = row.text(4),
                       .attempts = row.integer(5) + 1};
              }))
        return false;
      if (job.id == 0) return true;
      given_up = job.attempts > kMostAttempts;
      if (given_up) return run_sql(database_, "UPDATE songs SET status = 'FAILED' WHERE id = ?", {job.song}) && done(job.id);
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

bool SongJobs::done(int64_t id) {
  return run_sql(database_, "DELETE FROM jobs WHERE id = ?", {id});
}

bool SongJobs::give_back(const SongJob& job, int64_t now_s) {
  return run_sql(database_, "UPDATE jobs SET leased_until = ? WHERE id = ?", {now_s + kAgainS * job.attempts, job.id});
}

int64_t SongJobs::waiting() {
  return sql_integer(database_, "SELECT COUNT(*) FROM jobs").value_or(0);
}

}  // namespace roundelay
