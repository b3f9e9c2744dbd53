#include "server/library/song_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "server/library/column_names.h"
#include "server/library/csv.h"
#include "server/library/several_artists.h"

namespace roundelay {
namespace {

constexpr std::array<std::string_view, 15> kColumnNames = {"title",    "artist",  "album", "genre", "length",
                                                           "provider", "licence", "link",  "file",  "cover",
                                                           "language", "year",    "key",   "tempo", "albumartist"};

template <typename Number>
std::optional<Number> csv_number(std::string_view text) {
  Number out{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return out;
}

// With a point, or a comma instead of one.
std::optional<double> csv_real(std::string_view text) {
  std::string with_point(text);
  if (with_point.find('.') == std::string::npos && std::count(text.begin(), text.end(), ',') == 1)
    with_point[with_point.find(',')] = '.';
  return csv_number<double>(with_point);
}

// False: the cell makes no sense.
bool put_cell(SongFields& fields, std::string_view name, std::string_view cell) {
  const std::string text(cell);
  if (name == "title")
    fields.title = text;
  else if (name == "artist")
    fields.artist = text;
  else if (name == "album")
    fields.album = text;
  else if (name == "albumartist")
    fields.album_artist = text;
  else if (name == "genre")
    fields.genre = text;
  else if (name == "provider")
    fields.attribution = text;
  else if (name == "licence")
    fields.licence = text;
  else if (name == "link")
    fields.link = text;
  else if (name == "language")
    fields.language = text;
  else if (name == "key")
    fields.key = text;
  else if (cell.empty())
    return true;
  else if (name == "length")
    return (fields.length_ms = song_length_ms(cell)).has_value();
  else if (name == "year")
    return (fields.year = csv_number<int64_t>(cell)).has_value();
  else if (name == "tempo")
    return (fields.tempo_bpm = csv_real(cell)).has_value();
  return true;
}

std::string_view trimmed_cell(std::string_view cell) {
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
  return cell;
}

// Empty: the song's.
std::string album_artist_of(const CatalogueSong& song) {
  if (!song.album_id || song.album_artist_id == song.artist_id) return {};
  return song.album_artist_id ? song.album_artist : std::string(kSeveralArtists);
}

std::string length_text(int64_t ms) {
  const int64_t seconds = (ms + 500) / 1'000, rest = seconds % 60;
  std::string out = std::to_string(seconds / 60);
  out += rest < 10 ? ":0" : ":";
  return out += std::to_string(rest);
}

}  // namespace

std::optional<int64_t> song_length_ms(std::string_view text) {
  double seconds = 0;
  int parts = 0;
  for (size_t begin = 0; begin <= text.size() && parts < 4; ++parts) {
    const size_t end = std::min(text.find(':', begin), text.size());
    const auto part = csv_real(text.substr(begin, end - begin));
    if (!part || !(*part >= 0) || *part > 100'000 || (parts > 0 && *part >= 60)) return std::nullopt;
    seconds = seconds * 60 + *part;
    begin = end + 1;
  }
  if (parts > 3 || seconds * 1'000 > static_cast<double>(kMostSongMs)) return std::nullopt;
  return std::llround(seconds * 1'000);
}

FromCatalogue<SongColumns> SongColumns::of(const std::vector<std::string>& header) {
  SongColumns out;
  const auto has = [&out](std::string_view name) {
    return std::find(out.names_.begin(), out.names_.end(), name) != out.names_.end();
  };
  for (const std::string& cell : header) {
    const std::string_view name = column_named(trimmed_cell(cell));
    out.names_.emplace_back(has(name) ? std::string_view() : name);
    out.given_.emplace_back(trimmed_cell(cell));
  }
  for (size_t i = 0; i < out.given_.size(); ++i) {
    const std::string_view maybe = column_maybe_named(out.given_[i]);
    if (!maybe.empty() && !has(maybe)) out.names_[i] = maybe;
  }
  if (!has("title")) return refused(phrase("csv_has_no_title"));
  return out;
}

FromCatalogue<SongFields> SongColumns::song(const std::vector<std::string>& cells) const {
  SongFields out;
  size_t count = cells.size();
  while (count > 0 && trimmed_cell(cells[count - 1]).empty()) --count;
  if (count > names_.size()) return refused(phrase("csv_row_is_too_wide", {{"most", names_.size()}}));
  for (size_t i = 0; i < count; ++i) {
    if (!put_cell(out, names_[i], without_formula_guard(trimmed_cell(cells[i]))))
      return refused(phrase("csv_cell_is_no_number", {{"column", given_[i]}}), names_[i]);
  }
  if (out.title.empty()) return refused(phrase("csv_row_has_no_title"), "title");
  return checked_song(std::move(out));
}

std::string SongColumns::file(const std::vector<std::string>& cells) const {
  return cell("file", cells);
}

std::string SongColumns::cover(const std::vector<std::string>& cells) const {
  return cell("cover", cells);
}

bool SongColumns::are_titles_of_files() const {
  return std::all_of(names_.begin(), names_.end(), [](const std::string& name) { return name == "title" || name == "file"; });
}

std::string SongColumns::cell(std::string_view name, const std::vector<std::string>& cells) const {
  for (size_t i = 0; i < std::min(cells.size(), names_.size()); ++i) {
    if (names_[i] == name) return std::string(without_formula_guard(trimmed_cell(cells[i])));
  }
  return {};
}

std::string csv_header() {
  std::string out;
  for (const std::string_view name : kColumnNames) {
    if (!out.empty()) out += ',';
    out += name;
  }
  return out += "\r\n";
}

std::string csv_line(const CatalogueSong& song) {
  std::string file;
  if (!song.hash.empty()) file.append("songs/").append(std::to_string(song.id)).append("/song.mp3");
  std::string cover;
  if (!song.cover.empty()) cover.append("songs/").append(std::to_string(song.id)).append("/cover");
  std::string tempo;
  if (song.tempo_bpm) tempo = nlohmann::json(*song.tempo_bpm).dump();
  const std::array<std::string, kColumnNames.size()> cells = {song.title,
                                                              song.artist,
                                                              song.album,
                                                              song.genre,
                                                              song.length_ms ? length_text(*song.length_ms) : "",
                                                              song.attribution,
                                                              song.licence,
                                                              song.link,
                                                              file,
                                                              cover,
                                                              song.language,
                                                              song.year ? std::to_string(*song.year) : "",
                                                              song.key,
                                                              tempo,
                                                              album_artist_of(song)};
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    out += csv_cell(cells[i]);
  }
  return out += "\r\n";
}

}  // namespace roundelay
