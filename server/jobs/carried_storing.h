// Takes what a worker made of a programme's ZIP (programme_worker.h): its blobs are put in their places under the names that
// their contents deserve, the programme is read. What the worker said of hashes is not believed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/jobs/carried_programme.h"
#include "server/jobs/programme_zip.h"

namespace roundelay {

// Where what lies in the worker's file, as it says.
struct CarriedPlaces {
  struct Blob {
    bool score = false;
    int64_t offset = 0;
    int64_t bytes = 0;
    std::string sha256;
  };
  int64_t json_offset = 0;
  int64_t json_bytes = 0;
  std::vector<Blob> blobs = {};

  // Of a worker's last line. Pure.
  [[nodiscard]] static std::optional<CarriedPlaces> read(const nlohmann::json& told);
  [[nodiscard]] bool has(const std::string& sha256) const;
};

enum class CarriedFault { kBroken, kDisk };

// On a thread of the pool. A blob that is there already is not written again. Songs name only blobs that are there afterwards.
[[nodiscard]] tl::expected<ReadProgramme, CarriedFault> store_carried(int fd, const CarriedPlaces& places,
                                                                      const BlobFolders& folders);

}  // namespace roundelay
