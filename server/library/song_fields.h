// What people say of a song: its fields, from JSON to checked values. Pure; the librarian's loop.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "server/library/catalogue_fault.h"

namespace roundelay {

inline constexpr int kMostTitleCharacters = 200;
inline constexpr int kMostAttributionCharacters = 500;
inline constexpr int kMostLinkBytes = 1'000;
inline constexpr int64_t kMostSongMs = 24LL * 3'600 * 1'000;

// Empty, or nothing: it is not known.
struct SongFields {
  std::string title;
  std::string artist;                     // a name; the artist is made where there is none yet
  std::string album;                      // a title, likewise
  std::optional<int64_t> artist_id = {};  // instead of the name
  std::optional<int64_t> album_id = {};
  // Whose an album is that is named, where it is not the song's artist's; "Various Artists" and the like: several artists'.
  std::string album_artist = {};
  std::optional<int64_t> disc = {};
  std::optional<int64_t> track = {};  // its place on the disc
  std::string genre = {};
  std::optional<int64_t> length_ms = {};
  std::string key = {};  // "C", "F#", "Bbm"
  std::optional<double> tempo_bpm = {};
  std::string language = {};  // BCP 47: "de", "pt-BR"
  std::optional<int64_t> year = {};
  std::string licence = {};  // SPDX's id, or a sentence
  std::string link = {};     // where it comes from
  std::string attribution = {};
  std::string words = {};  // plain, LRC or ChordPro
  bool is_private = true;

  bool operator==(const SongFields&) const = default;
};

// Of a song that came without one: what its file is called, without its kind, and with spaces where there were none.
[[nodiscard]] std::string title_of_file(std::string_view file_name);

// Puts what stands in `json` (an object) into `fields`: what is not named stays, null takes away. A field that is unknown or
// makes no sense refuses all of it.
[[nodiscard]] FromCatalogue<SongFields> changed_song(SongFields fields, const nlohmann::json& json);

// Checks and cleans what came as text, from a file's tags or a line of CSV.
[[nodiscard]] FromCatalogue<SongFields> checked_song(SongFields fields);

// A title or name as it is kept.
[[nodiscard]] FromCatalogue<std::string> checked_title(std::string_view text, const std::string& field);
// "Bbm" of "bb minor", "F#" of "F♯"; nothing if it is none.
[[nodiscard]] std::optional<std::string> musical_key(std::string_view text);
// "de" of "German"; a tag stays as it is; nothing if no language is called so.
[[nodiscard]] std::optional<std::string> language_tag(std::string_view text);
// As SPDX writes it, of the licences that music is under; otherwise as it is.
[[nodiscard]] std::string licence_name(std::string_view text);
// Whether it is one of these, and so has an address: "https://spdx.org/licenses/" and the name.
[[nodiscard]] bool is_spdx_licence(std::string_view name);

}  // namespace roundelay
