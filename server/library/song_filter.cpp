#include "server/library/song_filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "server/base/text.h"
#include "server/library/folding.h"
#include "server/library/song_fields.h"

namespace roundelay {
namespace {

constexpr std::array<std::pair<std::string_view, SongOrder>, 7> kOrders = {{{"oldest", SongOrder::kOldest},
                                                                            {"title", SongOrder::kTitle},
                                                                            {"newest", SongOrder::kNewest},
                                                                            {"rating", SongOrder::kRating},
                                                                            {"plays", SongOrder::kPlays},
                                                                            {"album", SongOrder::kAlbum},
                                                                            {"length", SongOrder::kLength}}};
constexpr size_t kLongestFilter = 1'000;
constexpr int64_t kDeepestOffset = 10'000'000;

std::optional<int64_t> whole_number(std::string_view text) {
  int64_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || out < 0) return std::nullopt;
  return out;
}

std::optional<double> real_number(std::string_view text) {
  double out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out, std::chars_format::fixed);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(out) || out < 0)
    return std::nullopt;
  return out;
}

struct WholeField {
  std::string_view name;
  std::optional<int64_t> SongFilter::*value;
};
constexpr std::array<WholeField, 8> kWholeFields = {{{"after", &SongFilter::after},
                                                     {"artist", &SongFilter::artist},
                                                     {"album", &SongFilter::album},
                                                     {"uploader", &SongFilter::uploader},
                                                     {"year_from", &SongFilter::year_from},
                                                     {"year_to", &SongFilter::year_to},
                                                     {"length_from_ms", &SongFilter::length_from_ms},
                                                     {"length_to_ms", &SongFilter::length_to_ms}}};
struct RealField {
  std::string_view name;
  std::optional<double> SongFilter::*value;
};
constexpr std::array<RealField, 3> kRealFields = {{{"tempo_from_bpm", &SongFilter::tempo_from_bpm},
                                                   {"tempo_to_bpm", &SongFilter::tempo_to_bpm},
                                                   {"rating_from", &SongFilter::rating_from}}};

// Nothing: it is no such field. False: it makes no sense.
std::optional<bool> read_number_field(SongFilter& filter, std::string_view name, std::string_view value) {
  for (const WholeField& field : kWholeFields) {
    if (field.name == name) return (filter.*field.value = whole_number(value)).has_value();
  }
  for (const RealField& field : kRealFields) {
    if (field.name == name) return (filter.*field.value = real_number(value)).has_value();
  }
  return std::nullopt;
}

std::optional<bool> read_text_field(SongFilter& filter, std::string_view name, const std::string& value) {
  if (name == "genre") return !(filter.genre = folded(value)).empty();
  if (name == "licence") return !(filter.licence = licence_name(value)).empty();
  if (name == "language") return !(filter.language = language_tag(value).value_or(value)).empty();
  if (name == "starting_with") return !(filter.starting_with = folded(value)).empty();
  if (name == "key") {
    const auto key = musical_key(value);
    filter.key = key.value_or("");
    return key.has_value();
  }
  if (name == "order") {
    const auto* found = std::find_if(kOrders.begin(), kOrders.end(), [&](const auto& one) { return one.first == value; });
    if (found != kOrders.end()) filter.order = found->second;
    return found != kOrders.end();
  }
  return std::nullopt;
}

}  // namespace

FromCatalogue<SongFilter> song_filter(const QueryArguments& arguments, std::initializer_list<std::string_view> others) {
  SongFilter out;
  bool ordered = false;
  for (const auto& [name, value] : arguments) {
    if (std::find(others.begin(), others.end(), name) != others.end()) continue;
    if (value.size() > kLongestFilter || !is_utf8(value)) return misread("The filter “" + name + "” makes no sense.", name);
    auto read = read_number_field(out, name, value);
    if (!read) read = read_text_field(out, name, value);
    if (!read) return misread("There is no filter “" + name + "”.", name);
    if (!*read) return misread("The filter “" + name + "” makes no sense.", name);
    ordered = ordered || name == "order";
  }
  if (out.album && !ordered) out.order = SongOrder::kAlbum;
  return out;
}

FromCatalogue<Page> page_of(const QueryArguments& arguments, const Page& usual) {
  Page out = usual;
  for (const auto& [name, value] : arguments) {
    if (name != "offset" && name != "limit") continue;
    const auto number = whole_number(value);
    const bool fits = number && (name == "offset" ? *number <= kDeepestOffset : *number >= 1 && *number <= kMostPerPage);
    if (!fits) return misread("A page has an offset from 0 and a limit from 1 to 500.", name);
    (name == "offset" ? out.offset : out.limit) = *number;
  }
  return out;
}

bool asks_every_song(const SongFilter& filter) {
  return filter.year_from || filter.year_to || filter.length_from_ms || filter.length_to_ms || filter.tempo_from_bpm ||
         filter.tempo_to_bpm || filter.rating_from || !filter.key.empty() || !filter.language.empty();
}

SqlCondition condition_of(const SongFilter& filter, const Viewer& viewer) {
  SqlCondition out = sees_song(viewer);
  const auto also = [&](std::string_view sql, const SqlValue& value) {
    out.sql += " AND songs.";
    out.sql += sql;
    out.values.push_back(value);
  };
  if (filter.after) also("id > ?", *filter.after);
  if (filter.artist) also("artist = ?", *filter.artist);
  if (filter.album) also("album = ?", *filter.album);
  if (filter.uploader) also("uploader = ?", *filter.uploader);
  if (!filter.genre.empty()) also("genre_fold = ?", filter.genre);
  if (!filter.licence.empty()) also("licence = ?", filter.licence);
  if (!filter.key.empty()) also("key = ?", filter.key);
  if (!filter.language.empty()) also("language = ?", filter.language);
  if (filter.year_from) also("year >= ?", *filter.year_from);
  if (filter.year_to) also("year <= ?", *filter.year_to);
  if (filter.length_from_ms) also("length_ms >= ?", *filter.length_from_ms);
  if (filter.length_to_ms) also("length_ms <= ?", *filter.length_to_ms);
  if (filter.tempo_from_bpm) also("tempo_bpm >= ?", *filter.tempo_from_bpm);
  if (filter.tempo_to_bpm) also("tempo_bpm <= ?", *filter.tempo_to_bpm);
  if (filter.rating_from) also("rating >= ?", *filter.rating_from);
  if (!filter.starting_with.empty()) {
    also("fold >= ?", filter.starting_with);
    also("fold < ?", filter.starting_with + "\xF4\x8F\xBF\xBF");  // behind every letter
  }
  return out;
}

std::string_view order_of(SongOrder order) {
  switch (order) {
    case SongOrder::kNewest:
      return " ORDER BY songs.id DESC";
    case SongOrder::kRating:
      return " ORDER BY songs.rating DESC, songs.rating_count DESC, songs.fold, songs.id";
    case SongOrder::kPlays:
      return " ORDER BY songs.plays DESC, songs.fold, songs.id";
    case SongOrder::kAlbum:
      return " ORDER BY songs.album, songs.disc, songs.track, songs.fold, songs.id";
    case SongOrder::kLength:
      return " ORDER BY songs.length_ms, songs.fold, songs.id";
    case SongOrder::kTitle:
      return " ORDER BY songs.fold, songs.id";
    case SongOrder::kOldest:
      break;
  }
  return " ORDER BY songs.id";
}

}  // namespace roundelay
