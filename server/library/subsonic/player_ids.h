// The ids by which players know things: texts that say what kind they are of. Pure.
//
// Players want every song to be on an album, and every album and song to be an artist's. The library does not. So, for them:
// - Songs without an album are on their artist's album "Songs without an album" ("ao-7"), of no artist on "ao-0".
// - The artist of a song is its own, else its album's, else "Unknown artist" ("ar-unknown").
// - An album without an artist is of "Various artists" ("ar-various"), and besides of everybody who sings on it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace roundelay {

struct PlayerId {
  enum class Kind { kSong, kAlbum, kLooseSongs, kArtist, kUnknownArtist, kVariousArtists, kPlaylist };
  Kind kind = Kind::kSong;
  int64_t id = 0;  // kLooseSongs: of their artist, 0: of none; the unknown and various artists have none

  auto operator<=>(const PlayerId&) const = default;
  [[nodiscard]] std::string text() const;
  // Nothing if it is no such id.
  [[nodiscard]] static std::optional<PlayerId> read(std::string_view text);
  [[nodiscard]] bool is_artist() const {
    return kind == Kind::kArtist || kind == Kind::kUnknownArtist || kind == Kind::kVariousArtists;
  }
  [[nodiscard]] bool is_album() const { return kind == Kind::kAlbum || kind == Kind::kLooseSongs; }
};

// The id of a thing's picture names the picture too, by the beginning of its hash ("al-7_0a1b2c3d"): players ask anew when
// another takes its place. `cover`: empty where it has none.
inline constexpr size_t kCoverArtDigits = 8;
[[nodiscard]] std::string cover_art_id(const PlayerId& id, std::string_view cover);
// Whose picture it is; the picture that it has now is meant, whichever is named.
[[nodiscard]] std::optional<PlayerId> read_cover_art_id(std::string_view text);

inline constexpr const char* kUnknownArtistName = "Unknown artist";
inline constexpr const char* kVariousArtistsName = "Various artists";
inline constexpr const char* kLooseSongsTitle = "Songs without an album";

}  // namespace roundelay
