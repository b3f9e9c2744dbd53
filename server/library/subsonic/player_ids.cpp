#include "server/library/subsonic/player_ids.h"

#include <array>
#include <charconv>

namespace roundelay {
namespace {

struct IdPrefix {
  PlayerId::Kind kind;
  std::string_view text;
};
constexpr std::array kIdPrefixes = {IdPrefix{PlayerId::Kind::kSong, "so-"}, IdPrefix{PlayerId::Kind::kAlbum, "al-"},
                                    IdPrefix{PlayerId::Kind::kLooseSongs, "ao-"}, IdPrefix{PlayerId::Kind::kArtist, "ar-"},
                                    IdPrefix{PlayerId::Kind::kPlaylist, "pl-"}};
constexpr std::string_view kUnknownId = "ar-unknown";
constexpr std::string_view kVariousId = "ar-various";

}  // namespace

std::string PlayerId::text() const {
  if (kind == Kind::kUnknownArtist) return std::string(kUnknownId);
  if (kind == Kind::kVariousArtists) return std::string(kVariousId);
  for (const IdPrefix& prefix : kIdPrefixes) {
    if (prefix.kind == kind) return std::string(prefix.text).append(std::to_string(id));
  }
  return {};
}

std::optional<PlayerId> PlayerId::read(std::string_view text) {
  if (text == kUnknownId) return PlayerId{Kind::kUnknownArtist, 0};
  if (text == kVariousId) return PlayerId{Kind::kVariousArtists, 0};
  for (const IdPrefix& prefix : kIdPrefixes) {
    if (!text.starts_with(prefix.text)) continue;
    const std::string_view digits = text.substr(prefix.text.size());
    int64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool least = number > 0 || (number == 0 && prefix.kind == Kind::kLooseSongs);
    const PlayerId out{prefix.kind, number};
    // Only as text() writes it.
    if (read.ec == std::errc() && read.ptr == digits.data() + digits.size() && least && out.text() == text) return out;
  }
  return std::nullopt;
}

std::string cover_art_id(const PlayerId& id, std::string_view cover) {
  std::string out = id.text();
  if (!cover.empty()) out.append("_").append(cover.substr(0, kCoverArtDigits));
  return out;
}

std::optional<PlayerId> read_cover_art_id(std::string_view text) {
  return PlayerId::read(text.substr(0, text.find('_')));
}

}  // namespace roundelay
