#include "server/library/several_artists.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "server/library/folding.h"

namespace roundelay {
namespace {

constexpr std::array<std::string_view, 16> kNamesOfSeveral = {kSeveralArtists,
                                                              "Various",
                                                              "VA",
                                                              "Various Composers",
                                                              "Diverse",
                                                              "Verschiedene",
                                                              "Diverse Interpreten",
                                                              "Divers",
                                                              "Verschiedene Interpreten",
                                                              "Verschiedene Künstler",
                                                              "Varios",
                                                              "Varios artistas",
                                                              "Verschiedene Komponisten",
                                                              "Разные",
                                                              "Разные исполнители",
                                                              "Artistes divers"};

}  // namespace

bool are_several_artists(std::string_view name) {
  static const std::vector<std::string> kFolded = [] {
    std::vector<std::string> out;
    for (const std::string_view each : kNamesOfSeveral) out.push_back(folded(each));
    return out;
  }();
  return !name.empty() && std::find(kFolded.begin(), kFolded.end(), folded(name)) != kFolded.end();
}

}  // namespace roundelay
