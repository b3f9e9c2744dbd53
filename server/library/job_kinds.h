// The kinds of jobs that songs have (song_jobs.h): what is asked of a worker, and what is done with its answer. A new kind is a
// worker of that name (server/jobs/worker_command.cpp), a row here, and whoever adds its jobs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "server/library/library_database.h"
#include "server/library/song_jobs.h"

namespace roundelay {

// codec/waveform.h.
inline constexpr std::string_view kWaveformKind = "waveform";

struct JobOutcome {
  const SongJob& job;
  const nlohmann::json& verdict;  // the worker's last line, of which nothing is believed
  int out_fd;                     // what the worker wrote, at its beginning; -1 where the kind writes nothing
  const std::string& out_path;    // its name until somebody takes it away (DerivedFiles::keep)
  int64_t now_s;
};

struct JobKind {
  std::string_view name;  // and its worker's: `roundelay worker NAME [ARGUMENT]`, the argument being that of the job
  uint64_t time_limit_ms;
  bool writes;         // the worker wants a file to write into, which it syncs
  bool of_every_song;  // that has a file; what it makes is a derived file of its name, if anything
  bool fails_song;     // a song for which it fails too often is FAILED
  // Keeps what the worker found, in the transaction that ends the job. The job's song is there, and still has the job's file.
  // False: the database or the disk does not take it; then all is undone, and done again later.
  bool (*keep)(LibraryDatabase& database, const std::string& files_dir, const JobOutcome& outcome);
};

[[nodiscard]] std::span<const JobKind> job_kinds();
// Null: there is none of that name.
[[nodiscard]] const JobKind* job_kind(std::string_view name);

}  // namespace roundelay
