#include "server/library/recommendations.h"

#include <algorithm>
#include <map>
#include <set>

#include "server/library/artists.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

// ?1: who. The newest first: what she liked once is worth less.
#define SONGS_LIKED                                                                                                      \
  "WITH liked AS (SELECT song FROM (SELECT item AS song, at FROM favourites WHERE account = ?1 AND kind = 'song' UNION " \
  "SELECT song, at FROM ratings WHERE account = ?1 AND value >= 8) GROUP BY song ORDER BY max(at) DESC LIMIT 200) "

}  // namespace

enum class Recommendations::Because { kListedWith, kLikedWith, kOfArtist };

struct Recommendations::Candidate {
  double score = 0;
  double best = 0;  // of the reason that counts most
  Because because = Because::kOfArtist;
  int64_t of = 0;  // a song or an artist
};

struct Recommendations::Candidates {
  std::map<int64_t, Candidate> songs;
  void add(int64_t song, double score, Because because, int64_t of) {
    Candidate& one = songs[song];
    one.score += score;
    if (score <= one.best) return;
    one.best = score;
    one.because = because;
    one.of = of;
  }
};

bool Recommendations::add_listed_together(const Viewer& viewer, Candidates& into) {
  return each_row(
      database_,
      SONGS_LIKED
      "SELECT beside.song, liked.song, COUNT(DISTINCT listed.playlist) FROM liked JOIN playlist_songs listed ON listed.song "
      "= liked.song JOIN playlists ON playlists.id = listed.playlist AND (playlists.private = 0 OR playlists.owner = ?1) "
      "JOIN playlist_songs beside ON beside.playlist = listed.playlist AND beside.song <> liked.song "
      "GROUP BY beside.song, liked.song LIMIT 20000",
      {viewer.account},
      [&](const SqlRow& row) { into.add(row.integer(0), 3.0 * row.real(2), Because::kListedWith, row.integer(1)); });
}

bool Recommendations::add_liked_together(const Viewer& viewer, Candidates& into) {
  return each_row(
      database_,
      SONGS_LIKED
      "SELECT theirs.item, liked.song, COUNT(*) FROM liked JOIN favourites same ON same.kind = 'song' AND same.item = "
      "liked.song AND same.account <> ?1 JOIN favourites theirs ON theirs.account = same.account AND theirs.kind = 'song' "
      "AND theirs.item <> liked.song GROUP BY theirs.item, liked.song LIMIT 20000",
      {viewer.account},
      [&](const SqlRow& row) { into.add(row.integer(0), 2.0 * row.real(2), Because::kLikedWith, row.integer(1)); });
}

bool Recommendations::add_of_artists(const Viewer& viewer, Candidates& into) {
  return each_row(
      database_,
      SONGS_LIKED
      "SELECT others.id, others.artist, min(likes.times, 3) FROM (SELECT songs.artist AS artist, COUNT(*) AS times FROM "
      "liked JOIN songs ON songs.id = liked.song WHERE songs.artist IS NOT NULL GROUP BY songs.artist) likes JOIN songs "
      "others ON others.artist = likes.artist LIMIT 20000",
      {viewer.account}, [&](const SqlRow& row) { into.add(row.integer(0), row.real(2), Because::kOfArtist, row.integer(1)); });
}

FromCatalogue<std::vector<Recommendation>> Recommendations::of(const Viewer& viewer) {
  Candidates found;
  std::set<int64_t> known;
  const bool read =
      add_listed_together(viewer, found) && add_liked_together(viewer, found) && add_of_artists(viewer, found) &&
      each_row(database_,
               "SELECT item FROM favourites WHERE account = ?1 AND kind = 'song' UNION SELECT song FROM ratings WHERE "
               "account = ?1 AND (value >= 8 OR value <= 4)",
               {viewer.account}, [&](const SqlRow& row) { known.insert(row.integer(0)); });
  if (!read) return unread();
  std::vector<std::pair<int64_t, Candidate>> ordered;
  for (const auto& one : found.songs) {
    if (!known.contains(one.first)) ordered.push_back(one);
  }
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.second.score, a.first) < std::pair(-b.second.score, b.first);
  });
  Songs songs(database_);
  Artists artists(database_);
  std::vector<Recommendation> out;
  for (const auto& [id, why] : ordered) {
    if (out.size() == kMost) break;
    auto song = songs.find(viewer, id);
    if (!song) continue;  // not hers to see
    if (why.because == Because::kOfArtist) {
      if (const auto artist = artists.find(viewer, why.of))
        out.push_back({std::move(*song), phrase("library_is_of_an_artist_you_like", {{"artist", artist->name}})});
    } else if (const auto other = songs.find(viewer, why.of)) {
      out.push_back({std::move(*song), why.because == Because::kListedWith
                                           ? phrase("library_is_listed_with", {{"song", other->title}})
                                           : phrase("library_is_liked_with", {{"song", other->title}})});
    }
  }
  return out;
}

}  // namespace roundelay
