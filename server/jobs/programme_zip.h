// A programme as one file: a ZIP with programme.json, the words as texts, the tracks and scores as they are stored here, named by
// their hashes. Written from what the server has; read from what anybody may have made: bounded by what really comes out, and no
// name in it becomes a path.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include <tl/expected.hpp>

#include "server/base/sentences.h"
#include "server/jobs/carried_programme.h"

namespace roundelay {

// Where the blobs of a server lie.
struct BlobFolders {
  std::string tracks;
  std::string scores;
};

// On a thread of the pool: takes the disk's time. `path` must not exist. The error is a sentence; then there is no file.
[[nodiscard]] tl::expected<void, Sentence> write_programme_zip(const CarriedProgramme& programme, const BlobFolders& blobs,
                                                               const std::string& path, int64_t most_bytes);

struct ProgrammeZipLimits {
  int64_t most_bytes = 350'000'000;  // of all that comes out of it
  double most_seconds = 1'200;       // of a track
};

// A track or a score that was found in it: it is what its name says, and every packet and page was decoded.
struct CarriedBlob {
  bool score = false;
  std::string sha256;
  std::span<const uint8_t> bytes;
};

struct ReadProgramme {
  CarriedProgramme programme;  // with its texts
  std::vector<CarriedProblem> problems = {};
};

// The file's bytes are foreign: for the worker's process alone. `keep` takes each blob once, or says that it cannot. `progress`
// is told the share that is done. The error is a sentence for her who uploaded it. Throws std::bad_alloc.
[[nodiscard]] tl::expected<ReadProgramme, Sentence> read_programme_zip(std::span<const uint8_t> file,
                                                                       const ProgrammeZipLimits& limits,
                                                                       const std::function<bool(const CarriedBlob&)>& keep,
                                                                       const std::function<void(double)>& progress);

}  // namespace roundelay
