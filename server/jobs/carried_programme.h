// A programme on its way from one room to another: its songs, and the tracks, scores and words that they need. Plain values and
// pure functions; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/wire/control/credits.h"
#include "server/wire/control/programme.h"

namespace roundelay {

struct CarriedTrack {
  std::string name;
  double seconds = 0;
  int channels = 1;
  std::optional<double> loudness = {};  // LUFS
  std::string sha256 = {};              // hex, of its blob
  control::Credits credits = {};
  int64_t library_song = 0;  // as Track has it; means nothing on another server, so it is not in the file
};

struct CarriedPage {
  int64_t bytes = 0;
  int width = 0;  // pixels
  int height = 0;
};

struct CarriedScore {
  std::string title;
  std::vector<CarriedPage> pages = {};  // one behind the other in the blob
  std::string sha256 = {};
};

struct CarriedWords {
  std::string title;
  std::string format;                                 // as the protocol names it
  std::vector<std::optional<int64_t>> times_ms = {};  // of the lines
  std::string text = {};
};

// What could not be taken along; the rest is.
struct CarriedProblem {
  enum class Kind { kTrack, kScore, kWords, kTrackTooMany, kScoreTooMany, kWordsTooMany, kSongTooMany };
  Kind kind = Kind::kTrack;
  std::string name = {};

  // {"code", "name", "message"}
  [[nodiscard]] nlohmann::json to_json() const;
  // Of its code and name.
  [[nodiscard]] static std::optional<CarriedProblem> read(const nlohmann::json& in);
  bool operator==(const CarriedProblem&) const = default;
};

struct CarriedProgramme {
  static constexpr int kVersion = 1;

  std::string room = {};  // its name
  // Without ids; what a song has as track, words and score are keys of what follows.
  std::vector<control::ProgrammeEntry> songs = {};
  std::map<std::string, CarriedTrack> tracks = {};
  std::map<std::string, CarriedScore> scores = {};
  std::map<std::string, CarriedWords> words = {};

  // `texts`: with those of the words.
  [[nodiscard]] nlohmann::json to_json(bool texts) const;
  // Any JSON. Nothing for what is no programme. What makes no sense of a good one is left out; songs name only what is there.
  [[nodiscard]] static std::optional<CarriedProgramme> read(const nlohmann::json& in);
  // Takes these out, and out of the songs that have them.
  void drop_track(const std::string& key);
  void drop_score(const std::string& key);
  void drop_words(const std::string& key);
};

// What programme.json may have.
inline constexpr size_t kMostCarriedJsonBytes = 4'000'000;

[[nodiscard]] bool is_sha256(std::string_view text);

}  // namespace roundelay
