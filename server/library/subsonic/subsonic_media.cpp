// Pictures and words.
#include <array>

#include "server/library/albums.h"
#include "server/library/cover_routes.h"
#include "server/library/folding.h"
#include "server/library/made_cover.h"
#include "server/library/songs.h"
#include "server/library/subsonic/subsonic_call.h"
#include "server/room/words_text.h"

namespace roundelay {
namespace {

struct Covered {
  std::string name = {};   // is written on a drawn cover
  std::string cover = {};  // its hash; empty: there is none
};

// Nothing: there is no such thing.
FromSubsonic<Covered> covered_by(const SubsonicCall& call, const PlayerId& id) {
  if (id.kind == PlayerId::Kind::kSong) {
    const auto song = call.songs().find(id.id);
    if (!song) return tl::unexpected(song.error());
    const auto row = Songs(call.library.database).find(call.viewer(), id.id);
    if (!row) return told(row.error());
    return Covered{song->title, row->cover};
  }
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  if (const ShelfAlbum* album = shelf->album(id)) {
    Covered out{std::string(album->title)};
    if (id.kind == PlayerId::Kind::kAlbum) {
      const auto row = Albums(call.library.database).find(call.viewer(), id.id);
      if (!row) return told(row.error());
      out.cover = row->cover;
    }
    return out;
  }
  if (const auto artist = shelf->artist(id)) return Covered{std::string(artist->name)};
  return nothing_there();
}

constexpr int64_t kSmallEnough = 240;  // the small one still looks well so large

SubsonicResult cover_art(const SubsonicCall& call) {
  const auto given_id = call.given.required("id");
  if (!given_id) return tl::unexpected(given_id.error());
  const auto id = read_cover_art_id(*given_id);
  if (!id) return nothing_there();
  const auto covered = covered_by(call, *id);
  if (!covered) return tl::unexpected(covered.error());
  // Who does not say how large she wants it gets it as large as it is here.
  const auto given = call.given.number("size");
  const bool is_small = given && *given <= kSmallEnough;
  return cover_file(call.library, covered->cover, is_small ? kCoverSides.front() : kCoverSides.back(), covered->name,
                    call.given.number("size", 300, 16, 2'000));
}

SubsonicNode line_node(const control::SheetLine& line, bool timed) {
  SubsonicNode out;
  if (timed) out.set("start", line.at_ms.value_or(0));
  return out.text(line.text);
}

// Timed where every line of the words that is sung has a time.
SubsonicResult lyrics_by_id(const SubsonicCall& call) {
  const auto song = song_of_call(call);
  if (!song) return tl::unexpected(song.error());
  const auto fields = Songs(call.library.database).fields(call.viewer(), song->id);
  if (!fields) return told(fields.error());
  SubsonicNode list;
  list.list("structuredLyrics");
  const auto words = parse_words(fields->words, guessed_format(fields->words));
  if (!fields->words.empty() && words) {
    bool timed = true;
    int64_t last_ms = 0;
    for (const control::SheetLine& line : words->lines) {
      if (!line.text.empty()) timed = timed && line.at_ms && *line.at_ms >= last_ms;
      last_ms = line.at_ms.value_or(last_ms);
    }
    SubsonicNode lyrics;
    lyrics.set("displayArtist", song->artist_name()).set("displayTitle", song->title);
    lyrics.set("lang", fields->language.empty() ? std::string("und") : fields->language).set("synced", timed);
    lyrics.list("line");
    for (const control::SheetLine& line : words->lines) {
      if (!timed || line.at_ms) lyrics.add("line", line_node(line, timed));
    }
    list.add("structuredLyrics", std::move(lyrics));
  }
  return replied("lyricsList", std::move(list));
}

std::string plain_words(const std::string& text) {
  const auto words = parse_words(text, guessed_format(text));
  if (!words) return text;
  std::string out;
  for (const control::SheetLine& line : words->lines) out.append(line.text).append("\n");
  if (!out.empty()) out.pop_back();
  return out;
}

// By artist and title, as the catalogue folds them. Without a song of these: an empty answer.
SubsonicResult lyrics_by_title(const SubsonicCall& call) {
  const std::string title = folded(call.given.text("title")), artist = folded(call.given.text("artist"));
  SubsonicNode out;
  if (!title.empty()) {
    const std::string with_artist = artist.empty() ? "" : " AND artists.fold = ?";
    SqlValues values{title};
    if (!artist.empty()) values.emplace_back(artist);
    const auto songs = call.songs().where("songs.fold = ?" + with_artist +
                                              " AND EXISTS (SELECT 1 FROM song_words WHERE song_words.song = songs.id) ORDER BY "
                                              "songs.id LIMIT 1",
                                          values);
    if (!songs) return tl::unexpected(songs.error());
    if (!songs->empty()) {
      const auto words = Songs(call.library.database).words(call.viewer(), songs->front().id);
      if (!words) return told(words.error());
      out.set("artist", songs->front().artist_name()).set("title", songs->front().title).text(plain_words(*words));
      return replied("lyrics", std::move(out));
    }
  }
  return replied("lyrics", std::move(out.text("")));
}

SubsonicResult no_avatar(const SubsonicCall& /*call*/) {
  return nothing_there();
}

constexpr std::array kMediaMethods = {SubsonicMethod{"getCoverArt", cover_art}, SubsonicMethod{"getLyrics", lyrics_by_title},
                                      SubsonicMethod{"getLyricsBySongId", lyrics_by_id}, SubsonicMethod{"getAvatar", no_avatar}};

}  // namespace

std::span<const SubsonicMethod> subsonic_media() {
  return kMediaMethods;
}

}  // namespace roundelay
