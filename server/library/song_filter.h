// Which songs are wanted, and in which order: from the arguments of a request to a checked value, and from that to SQL with bound
// values. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/viewer.h"

namespace roundelay {

enum class SongOrder { kOldest, kTitle, kNewest, kRating, kPlays, kAlbum, kLength };

struct SongFilter {
  std::optional<int64_t> artist = {};
  std::optional<int64_t> album = {};
  std::optional<int64_t> uploader = {};
  std::string genre = {};    // folded
  std::string licence = {};  // as SPDX writes it, or the whole sentence
  std::string key = {};
  std::string language = {};
  std::optional<int64_t> year_from = {};
  std::optional<int64_t> year_to = {};
  std::optional<int64_t> length_from_ms = {};
  std::optional<int64_t> length_to_ms = {};
  std::optional<double> tempo_from_bpm = {};
  std::optional<double> tempo_to_bpm = {};
  std::optional<double> rating_from = {};
  std::string starting_with = {};     // the beginning of the title, folded
  std::optional<int64_t> after = {};  // of the oldest first: behind this id
  SongOrder order = SongOrder::kOldest;

  bool operator==(const SongFilter&) const = default;
};

using QueryArguments = std::vector<std::pair<std::string, std::string>>;

// The arguments that are filters; `others` are known and not this function's. Of an album: in its order.
[[nodiscard]] FromCatalogue<SongFilter> song_filter(const QueryArguments& arguments,
                                                    std::initializer_list<std::string_view> others);
// "offset" and "limit"; `usual`: of what is not given.
[[nodiscard]] FromCatalogue<Page> page_of(const QueryArguments& arguments, const Page& usual = {});

// No index need tell which songs these are: many may have to be asked until a page is full.
[[nodiscard]] bool asks_every_song(const SongFilter& filter);
// Of rows of `songs`. Begins with no AND.
[[nodiscard]] SqlCondition condition_of(const SongFilter& filter, const Viewer& viewer);
// "ORDER BY ...", the same at every request.
[[nodiscard]] std::string_view order_of(SongOrder order);

}  // namespace roundelay
