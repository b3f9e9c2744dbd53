// A score as a room knows it: its title and its pages, which lie one behind the other in a blob as WebP. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace roundelay {

namespace control {
struct Score;
}

inline constexpr int kMostScorePages = 40;
inline constexpr int64_t kMostScoreBytes = 20'000'000;  // of the file that is brought

struct ScorePage {
  int64_t offset = 0;  // in the blob
  int64_t bytes = 0;
  int width = 0;  // pixels
  int height = 0;

  bool operator==(const ScorePage&) const = default;
};

struct Score {
  std::string id;
  std::string title;
  std::vector<ScorePage> pages = {};
  std::string sha256 = {};  // hex: the blob's name
  uint64_t uploader = 0;    // person
};

[[nodiscard]] control::Score as_shown(const Score& score);

// A list of [offset, bytes, width, height], as a worker tells them and as they are stored.
[[nodiscard]] nlohmann::json pages_json(const std::vector<ScorePage>& pages);
// Nothing for what is no such list, is too long, or could not be one of a blob: pages follow one another without a gap.
[[nodiscard]] std::optional<std::vector<ScorePage>> read_pages(const nlohmann::json& in);

// A title from a file's name: without its ending.
[[nodiscard]] std::string score_title(const std::string& file_name);

}  // namespace roundelay
