#include "server/library/song_fields.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "server/base/text.h"
#include "server/base/text_of_bytes.h"
#include "server/library/language_names.h"
#include "server/room/words_text.h"

namespace roundelay {
namespace {

constexpr std::array<std::string_view, 26> kSpdxLicences = {
    "0BSD",         "CC-BY-1.0",    "CC-BY-2.0",       "CC-BY-2.5",       "CC-BY-3.0",       "CC-BY-4.0",
    "CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-3.0", "CC-BY-NC-ND-4.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0",
    "CC-BY-ND-3.0", "CC-BY-ND-4.0", "CC-BY-SA-2.0",    "CC-BY-SA-2.5",    "CC-BY-SA-3.0",    "CC-BY-SA-4.0",
    "CC-PDDC",      "CC0-1.0",      "CC-BY-NC-2.0",    "CC-BY-NC-SA-2.0", "GFDL-1.3-only",   "LAL-1.3",
    "MIT",          "OGC-1.0",
};

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string small_letters(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), small_letter);
  return out;
}

FromCatalogue<std::string> cleaned(std::string_view text, int most, const std::string& field) {
  if (text.empty()) return std::string();
  auto out = checked_name(text, most);
  if (!out) return refused(out.error(), field);
  return *out;
}

bool is_language(std::string_view text) {
  // Parts of letters and digits: two or three letters, then up to eight signs each.
  size_t part = 0;
  for (size_t begin = 0; begin <= text.size(); ++part) {
    const size_t end = std::min(text.find('-', begin), text.size());
    const std::string_view one = text.substr(begin, end - begin);
    const bool letters =
        std::all_of(one.begin(), one.end(), [](char c) { return small_letter(c) >= 'a' && small_letter(c) <= 'z'; });
    const bool signs = std::all_of(one.begin(), one.end(), [](char c) {
      return (small_letter(c) >= 'a' && small_letter(c) <= 'z') || (c >= '0' && c <= '9');
    });
    if (part == 0 ? !letters || one.size() < 2 || one.size() > 3 : !signs || one.empty() || one.size() > 8) return false;
    begin = end + 1;
  }
  return part <= 4;
}

bool is_link(std::string_view text) {
  const bool web = text.starts_with("https://") || text.starts_with("http://");
  return web && text.size() <= kMostLinkBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && c != '"' && c != '<' && c != '>';
         });
}

// Each reads one member; false: it is of another kind.
bool read_text(const nlohmann::json& value, std::string& out) {
  if (value.is_null())
    out.clear();
  else if (value.is_string())
    out = value.get<std::string>();
  else
    return false;
  return true;
}
bool read_number(const nlohmann::json& value, std::optional<int64_t>& out) {
  if (value.is_null())
    out.reset();
  else if (value.is_number_integer())
    out = value.get<int64_t>();
  else
    return false;
  return true;
}
bool read_real(const nlohmann::json& value, std::optional<double>& out) {
  if (value.is_null())
    out.reset();
  else if (value.is_number())
    out = value.get<double>();
  else
    return false;
  return true;
}

// False: it has another kind of value. Nothing: there is no such field.
std::optional<bool> read_field(SongFields& fields, const std::string& name, const nlohmann::json& value) {
  if (name == "title") return read_text(value, fields.title);
  if (name == "artist") {
    fields.artist_id.reset();
    return read_text(value, fields.artist);
  }
  if (name == "album") {
    fields.album_id.reset();
    return read_text(value, fields.album);
  }
  if (name == "artist_id") return read_number(value, fields.artist_id);
  if (name == "album_id") return read_number(value, fields.album_id);
  if (name == "disc") return read_number(value, fields.disc);
  if (name == "track") return read_number(value, fields.track);
  if (name == "genre") return read_text(value, fields.genre);
  if (name == "length_ms") return read_number(value, fields.length_ms);
  if (name == "key") return read_text(value, fields.key);
  if (name == "tempo_bpm") return read_real(value, fields.tempo_bpm);
  if (name == "language") return read_text(value, fields.language);
  if (name == "year") return read_number(value, fields.year);
  if (name == "licence") return read_text(value, fields.licence);
  if (name == "link") return read_text(value, fields.link);
  if (name == "attribution") return read_text(value, fields.attribution);
  if (name == "words") return read_text(value, fields.words);
  if (name == "private") {
    if (!value.is_boolean()) return false;
    fields.is_private = value.get<bool>();
    return true;
  }
  return std::nullopt;
}

bool is_within(const std::optional<int64_t>& value, int64_t least, int64_t most) {
  return !value || (*value >= least && *value <= most);
}

}  // namespace

std::optional<std::string> language_tag(std::string_view text) {
  std::string tag = is_language(text) ? std::string(text) : language_named(text);
  return tag.empty() ? std::nullopt : std::optional(std::move(tag));
}

std::string title_of_file(std::string_view file_name) {
  const size_t dot = file_name.rfind('.');
  constexpr size_t kMostKindBytes = 5;
  if (dot != std::string_view::npos && dot > 0 && file_name.size() - dot - 1 <= kMostKindBytes &&
      file_name.find(' ', dot) == std::string_view::npos)
    file_name = file_name.substr(0, dot);
  std::string spaced(file_name);
  if (spaced.find(' ') == std::string::npos) std::ranges::replace(spaced, '_', ' ');
  return track_name(spaced);
}

bool is_spdx_licence(std::string_view name) {
  return std::find(kSpdxLicences.begin(), kSpdxLicences.end(), name) != kSpdxLicences.end();
}

std::string licence_name(std::string_view text) {
  const std::string wanted = small_letters(text);
  for (const std::string_view one : kSpdxLicences) {
    if (small_letters(one) == wanted) return std::string(one);
  }
  return std::string(text);
}

std::optional<std::string> musical_key(std::string_view text) {
  constexpr std::string_view kSharp = "\xE2\x99\xAF", kFlat = "\xE2\x99\xAD";
  if (text.empty()) return std::nullopt;
  const char tonic = small_letter(text.front());
  if (tonic < 'a' || tonic > 'g') return std::nullopt;
  std::string out(1, static_cast<char>(tonic - 'a' + 'A'));
  text.remove_prefix(1);
  const bool sharp = text.starts_with('#') || text.starts_with(kSharp), flat = text.starts_with('b') || text.starts_with(kFlat);
  if (sharp) out += '#';
  if (flat) out += 'b';
  if (sharp || flat) text.remove_prefix(static_cast<unsigned char>(text.front()) < 0x80 ? 1 : kSharp.size());
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::string mode = small_letters(text);
  if (text == "m" || mode == "min" || mode == "minor") return out += 'm';
  if (text.empty() || text == "M" || mode == "maj" || mode == "major") return out;
  return std::nullopt;
}

FromCatalogue<std::string> checked_title(std::string_view text, const std::string& field) {
  auto out = checked_name(text, kMostTitleCharacters);
  if (!out) return refused(out.error(), field);
  return *out;
}

FromCatalogue<SongFields> checked_song(SongFields fields) {
  const auto title = checked_title(fields.title, "title");
  if (!title) return tl::unexpected(title.error());
  fields.title = *title;
  struct Text {
    std::string& text;
    int most;
    const char* field;
  };
  for (const Text& one : {Text{fields.artist, kMostTitleCharacters, "artist"}, Text{fields.album, kMostTitleCharacters, "album"},
                          Text{fields.album_artist, kMostTitleCharacters, "albumartist"}, Text{fields.genre, 60, "genre"},
                          Text{fields.licence, kMostAttributionCharacters, "licence"},
                          Text{fields.attribution, kMostAttributionCharacters, "attribution"}}) {
    const auto clean = cleaned(one.text, one.most, one.field);
    if (!clean) return tl::unexpected(clean.error());
    one.text = *clean;
  }
  fields.licence = licence_name(fields.licence);
  if (!is_within(fields.disc, 1, 999)) return refused(phrase("library_place_out_of_range"), "disc");
  if (!is_within(fields.track, 1, 999)) return refused(phrase("library_place_out_of_range"), "track");
  if (!is_within(fields.length_ms, 0, kMostSongMs)) return refused(phrase("library_length_out_of_range"), "length_ms");
  if (!is_within(fields.year, 1'000, 2'200)) return refused(phrase("library_year_out_of_range"), "year");
  if (fields.tempo_bpm && !(*fields.tempo_bpm >= 20 && *fields.tempo_bpm <= 400))
    return refused(phrase("library_tempo_out_of_range"), "tempo_bpm");
  if (!fields.key.empty()) {
    const auto key = musical_key(fields.key);
    if (!key) return refused(phrase("library_key_is_none"), "key");
    fields.key = *key;
  }
  if (!fields.language.empty()) {
    auto tag = language_tag(fields.language);
    if (!tag) return refused(phrase("library_language_is_none"), "language");
    fields.language = *std::move(tag);
  }
  if (!fields.link.empty() && (!is_utf8(fields.link) || !is_link(fields.link)))
    return refused(phrase("library_link_is_none"), "link");
  if (!fields.words.empty()) {
    const auto text = text_of_bytes(fields.words);
    if (!text) return refused(text.error(), "words");
    const auto words = parse_words(*text, guessed_format(*text));
    if (!words) return refused(words.error(), "words");
    fields.words = *text;
  }
  return fields;
}

FromCatalogue<SongFields> changed_song(SongFields fields, const nlohmann::json& json) {
  if (!json.is_object()) return misread("A song is an object.");
  for (const auto& [name, value] : json.items()) {
    const auto read = read_field(fields, name, value);
    if (!read) return misread("A song has no field “" + name + "”.", name);
    if (!*read) return misread("The field “" + name + "” has another kind of value.", name);
  }
  return checked_song(std::move(fields));
}

}  // namespace roundelay
