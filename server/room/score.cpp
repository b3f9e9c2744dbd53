#include "server/room/score.h"

#include "server/base/text.h"
#include "server/wire/control/score.h"

namespace roundelay {

control::Score as_shown(const Score& score) {
  return {.id = score.id, .title = score.title, .pages = static_cast<int>(score.pages.size())};
}

nlohmann::json pages_json(const std::vector<ScorePage>& pages) {
  nlohmann::json out = nlohmann::json::array();
  for (const ScorePage& page : pages) out.push_back({page.offset, page.bytes, page.width, page.height});
  return out;
}

std::optional<std::vector<ScorePage>> read_pages(const nlohmann::json& in) {
  constexpr int64_t kMostBytes = 1'000'000'000;
  constexpr int64_t kMostSide = 100'000;
  if (!in.is_array() || in.empty() || in.size() > kMostScorePages) return std::nullopt;
  std::vector<ScorePage> out;
  int64_t end = 0;
  for (const nlohmann::json& page : in) {
    if (!page.is_array() || page.size() != 4) return std::nullopt;
    for (const nlohmann::json& number : page) {
      if (!number.is_number_integer() || number < 0 || number > kMostBytes) return std::nullopt;
    }
    const ScorePage read{.offset = page[0], .bytes = page[1], .width = page[2], .height = page[3]};
    const bool sized = read.width >= 1 && read.width <= kMostSide && read.height >= 1 && read.height <= kMostSide;
    if (read.offset != end || read.bytes < 1 || !sized) return std::nullopt;
    end += read.bytes;
    out.push_back(read);
  }
  return out;
}

std::string score_title(const std::string& file_name) {
  std::string title = track_name(file_name);
  const size_t dot = title.rfind('.');
  if (dot == std::string::npos || dot == 0 || title.size() - dot > 5) return title;
  // What follows a point and a blank is no kind of file.
  if (title.find(' ', dot) == std::string::npos) title.resize(dot);
  return title;
}

}  // namespace roundelay
