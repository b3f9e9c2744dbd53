// What a worker made of an upload, as it says. It reads foreign bytes: what it says is checked before it is used. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/jobs/carried_storing.h"
#include "server/room/score.h"
#include "server/wire/link/upload_kind.h"

namespace roundelay {

struct UploadResult {
  std::string sha256;  // hex, of what it wrote; not of a programme
  // Of a track.
  double seconds = 0;
  int channels = 0;
  std::optional<double> loudness = {};  // LUFS; nothing of silence
  // Of a score.
  std::vector<ScorePage> pages = {};
  // Of a programme: where what lies; then what it is.
  CarriedPlaces places = {};
  ReadProgramme programme = {};

  [[nodiscard]] bool has(const std::string& blob) const { return sha256 == blob || places.has(blob); }
};

// Nothing for what cannot be. `max_seconds`: of a track.
[[nodiscard]] std::optional<UploadResult> read_result(const nlohmann::json& told, UploadKind kind, double max_seconds);

// What she who uploaded it is told: codes of server/base/sentences.h, but for the first.
struct UploadSentences {
  const char* refused;     // the code of the error that tells what is wrong with the file
  const char* unreadable;  // the worker broke
  const char* too_slow;
  const char* not_stored;
  const char* too_many;  // wait already
};
[[nodiscard]] const UploadSentences& sentences_of(UploadKind kind);

}  // namespace roundelay
