// What is still to be done for songs, in the database: a job is leased for a minute to who does it, who renews that; a lease that
// ran out means that who had it died, and the next one takes it. Triggers add the jobs of a song that gets a file
// (library_migrations.cpp); what kinds there are is in job_kinds.h. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/sentences.h"
#include "server/library/library_database.h"

namespace roundelay {

struct SongJob {
  int64_t id = 0;
  std::string kind = {};  // of job_kinds.h
  int64_t song = 0;
  std::string hash = {};      // of the song's file
  std::string title = {};     // that the song got of its file's name; empty: somebody gave it one
  std::string argument = {};  // for kinds that need one
  int64_t attempts = 0;       // this one among them
};

// Who comes first, of those that nobody has had yet: also the value of `leased_until` for them.
enum class JobTurn : int64_t { kNow = -1, kInTurn = 0, kLast = 1 };
enum class JobState { kNone, kWaiting, kGivenUp };

class SongJobs {
 public:
  static constexpr int64_t kLeaseS = 60;
  static constexpr int64_t kMostAttempts = 3;
  static constexpr int64_t kAgainS = 10;  // times the attempts that there were
  static constexpr int64_t kPutOffS = 60;
  static constexpr int64_t kGivenUpS = int64_t{1} << 62;  // `leased_until` of these

  explicit SongJobs(LibraryDatabase& database) : database_(database) {}

  // Unless the song has that very job already, given up or not. False: the database does not take it.
  [[nodiscard]] bool add(int64_t song, std::string_view kind, std::string_view argument = {}, JobTurn turn = JobTurn::kInTurn);
  // Nothing: the database could not be read. A job that was done is kNone.
  [[nodiscard]] std::optional<JobState> state(int64_t song, std::string_view kind, std::string_view argument = {});
  // The title of its tags takes the place of this one. In the transaction that added the song. False: the database does not take
  // it.
  [[nodiscard]] bool note_title(int64_t song, const std::string& title);
  // The oldest that nobody has, leased to the caller. Nothing: there is none now. One that was begun too often is given up; where
  // its kind says so, its song is FAILED, though its file stays and may be heard.
  [[nodiscard]] std::optional<SongJob> claim(int64_t now_s);
  // False: the job is gone, with its song. What the database does not take now is renewed the next time.
  [[nodiscard]] bool renew(int64_t id, int64_t now_s);
  // Whether it is still to be done, of that file. False too: the database could not be read.
  [[nodiscard]] bool is_wanted(const SongJob& job);
  // It need not be done again. In a transaction of the caller's if there is one. False: the database does not take it.
  [[nodiscard]] bool done(int64_t id);
  // It is free again for its next attempt, after a while that grows: what fails for want of memory is not given up within
  // seconds, and others come first. `why` is told if that was the last one.
  [[nodiscard]] bool give_back(const SongJob& job, const Sentence& why, int64_t now_s);
  // It was not the file's fault (a full disk): free again in a minute, as if it had not been begun.
  [[nodiscard]] bool put_off(const SongJob& job, int64_t now_s);
  // What was given up of this song is begun anew, and the song is FAILED no more. In a transaction. False: the database does not
  // take it.
  [[nodiscard]] bool retry(int64_t song);
  // Those that are neither done nor given up.
  [[nodiscard]] int64_t waiting();

 private:
  [[nodiscard]] bool give_up(const SongJob& job);

  LibraryDatabase& database_;
};

}  // namespace roundelay
