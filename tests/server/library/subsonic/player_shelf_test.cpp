#include "server/library/subsonic/player_shelf.h"

#include <random>
#include <set>

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/covers.h"
#include "server/library/folding.h"
#include "server/library/listening.h"
#include "server/library/removal.h"
#include "server/library/subsonic/player_songs.h"
#include "tests/server/library/merge_items.h"
#include "tests/server/library/subsonic/subsonic_fixture.h"

namespace roundelay::player_shelf_test {
namespace {

constexpr int kWrites = 300;

class PlayerShelfTest : public SubsonicTest {
 protected:
  Viewer viewer_of_account(const LibraryAccount& account) { return {account.id, account.role}; }
  std::vector<Viewer> viewers() { return {viewer_of_account(anna_), viewer_of_account(bert_), viewer_of_account(dora_)}; }
  int64_t number(int64_t most) { return std::uniform_int_distribution<int64_t>(0, most)(random_); }
  bool one_in(int64_t many) { return number(many - 1) == 0; }
  std::string name(const char* kind, int64_t many) { return kind + std::to_string(number(many)); }

  int64_t any(const std::string& table) {
    return sql_integer(database_, "SELECT id FROM " + table + " WHERE id >= ? ORDER BY id LIMIT 1",
                       {number(sql_integer(database_, "SELECT max(id) FROM " + table).value_or(0))})
        .value_or(0);
  }
  const LibraryAccount& somebody() { return one_in(3) ? dora_ : one_in(2) ? bert_ : anna_; }

  nlohmann::json some_fields() {
    nlohmann::json out{{"title", name("Song", 40)}, {"private", one_in(3)}};
    if (!one_in(4)) out["artist"] = name("Artist", 6);
    if (!one_in(3)) out["album"] = name("Album", 8);
    if (!one_in(3)) out["year"] = 1'900 + number(100);
    if (!one_in(3)) out["genre"] = name("Genre", 4);
    if (!one_in(3)) out["length_ms"] = 1'000 * (1 + number(300));
    if (!one_in(3)) out["track"] = 1 + number(3);
    return out;
  }
  nlohmann::json with_fewer_names() {
    nlohmann::json out = some_fields();
    for (const char* field : {"artist", "album", "year", "genre"}) {
      if (one_in(3)) out[field] = nullptr;
    }
    return out;
  }

  static std::vector<PlayerAlbum> told(const PlayerShelf& shelf, const ShelfAlbums& albums) {
    std::vector<PlayerAlbum> out;
    for (const ShelfAlbum* album : albums) out.push_back(shelf.told(*album));
    return out;
  }

  // The whole list, two rows at a time.
  template <typename Row>
  static std::vector<Row> by_slices(const PlayerShelf& shelf,
                                    bool (PlayerShelf::*next)(ShelfPlace&, size_t, std::vector<Row>&) const) {
    std::vector<Row> out;
    ShelfPlace place;
    while (!(shelf.*next)(place, 2, out)) {
    }
    return out;
  }

  // Or takes one away.
  void give_cover() {
    MadeCover cover{.hash = name("c", 3) + "0123456789", .bytes = 100};
    const MadeCover* given = one_in(4) ? nullptr : &cover;
    EXPECT_TRUE(database_.transaction([&] {
      Covers covers(database_);
      const int64_t of = number(2);
      if (of == 0) return covers.give_album(any("albums"), given, unix_s_);
      return of == 1 ? covers.give_song(any("songs"), given, unix_s_) : covers.give_tags(any("songs"), given);
    }));
  }

  // One write of any kind; what the library refuses changes nothing.
  void write() {
    ++unix_s_;
    const Viewer admin = viewer_of_account(dora_), who = viewer_of_account(somebody());
    const auto kind = static_cast<CatalogueKind>(number(2));
    const std::string table = kind == CatalogueKind::kArtist ? "artists" : kind == CatalogueKind::kAlbum ? "albums" : "songs";
    switch (number(12)) {
      case 0:
      case 1:
        song(some_fields(), somebody());
        break;
      case 2:
        static_cast<void>(Songs(database_).change(admin, any("songs"), with_fewer_names(), unix_s_));
        break;
      case 3:
        static_cast<void>(Listening(database_).rate(who, any("songs"), 1 + number(9), unix_s_));
        break;
      case 4:
      case 5:
        static_cast<void>(Listening(database_).played(who, any("songs"), unix_s_, unix_s_));
        break;
      case 6:
        static_cast<void>(Listening(database_).set_favourite(who, kind, any(table), !one_in(3), unix_s_));
        break;
      case 7:
        if (one_in(2)) static_cast<void>(remove_item(database_, one_in(2) ? admin : who, {kind, any(table)}));
        break;
      case 8:
        if (one_in(2)) static_cast<void>(merge_items(database_, admin, kind, any(table), any(table), unix_s_));
        break;
      case 9:
        static_cast<void>(Artists(database_).rename(admin, any("artists"), name("Artist", 12), unix_s_));
        break;
      case 10:
        static_cast<void>(
            Albums(database_).change(admin, any("albums"),
                                     one_in(2) ? nlohmann::json{{"title", name("Album", 16)}, {"artist", nullptr}}
                                               : nlohmann::json{{"artist", name("Artist", 6)}, {"year", 1'900 + number(100)}},
                                     unix_s_));
        break;
      case 11:
        give_cover();
        break;
      default:
        EXPECT_FALSE(database_.transaction([&] {  // nothing comes of it
          EXPECT_TRUE(run_sql(database_, "UPDATE songs SET length_ms = length_ms + 1, artist = NULL"));
          return false;
        }));
    }
  }

  void expect_as_from_nothing(const PlayerShelf& shelf, const Viewer& viewer) {
    ShelfBooks books;
    OwnShelf own{.viewer = viewer};
    books.begin(SIZE_MAX / 2);
    std::optional<bool> last = false;
    while (last && !*last) last = books.read_on(database_);
    ASSERT_TRUE(last && own.read_all(database_));
    const PlayerShelf fresh(books, own);
    for (const auto list : {&PlayerShelf::albums, &PlayerShelf::albums_starred})
      EXPECT_EQ(told(shelf, (shelf.*list)()), told(fresh, (fresh.*list)()));
    EXPECT_EQ(told(shelf, by_slices<const ShelfAlbum*>(shelf, &PlayerShelf::albums_behind)), told(fresh, fresh.albums()));
    EXPECT_EQ(by_slices<PlayerArtist>(shelf, &PlayerShelf::artists_behind), fresh.artists());
    EXPECT_EQ(by_slices<int64_t>(shelf, &PlayerShelf::songs_behind), fresh.songs());
    ASSERT_EQ(shelf.artists(), fresh.artists());
    EXPECT_EQ(shelf.artists_starred(), fresh.artists_starred());
    EXPECT_EQ(shelf.genres(), fresh.genres());
    EXPECT_EQ(shelf.songs(), fresh.songs());
    size_t own_albums = 0;
    for (const PlayerArtist& artist : fresh.artists()) {
      own_albums += fresh.own_albums_of(artist.id).size();
      const ShelfAlbums its = fresh.albums_of(artist.id);
      EXPECT_EQ(told(shelf, shelf.albums_of(artist.id)), told(fresh, its)) << artist.name;
      EXPECT_EQ(static_cast<int64_t>(its.size()), artist.albums) << artist.name;
    }
    EXPECT_EQ(own_albums, fresh.albums().size());
  }

  // The same sums by one statement.
  void expect_as_sql_has_it(const PlayerShelf& shelf, const Viewer& viewer) {
    const SqlCondition seen = is_playable(viewer);
    SqlValues values{viewer.account};
    values.insert(values.end(), seen.values.begin(), seen.values.end());
    size_t albums = 0;
    EXPECT_TRUE(each_row(
        database_,
        "SELECT songs.album, coalesce(songs.album, songs.artist, 0), COUNT(*), coalesce(SUM(songs.length_ms), 0), "
        "MAX(songs.created), "
        "coalesce(SUM(heard.times), 0), coalesce(MAX(heard.last), 0), coalesce(AVG(songs.rating), 0), coalesce(MAX(albums.year), "
        "MAX(songs.year)), MAX(songs.genre), coalesce(albums.title, 'Songs without an album') FROM songs LEFT JOIN albums ON "
        "albums.id "
        "= songs.album LEFT JOIN heard ON heard.account = ? AND heard.song = songs.id WHERE " +
            seen.sql + " GROUP BY 1, 2",
        values, [&](const SqlRow& row) {
          ++albums;
          const ShelfAlbum* there =
              shelf.album({row.is_null(0) ? PlayerId::Kind::kLooseSongs : PlayerId::Kind::kAlbum, row.integer(1)});
          ASSERT_TRUE(there != nullptr) << row.text(10);
          const std::optional<PlayerAlbum> album = shelf.told(*there);
          EXPECT_EQ(album->songs, row.integer(2));
          EXPECT_EQ(album->length_ms, row.integer(3));
          EXPECT_EQ(album->newest_s, row.integer(4));
          EXPECT_EQ(album->times_heard, row.integer(5));
          EXPECT_EQ(album->last_heard_s, row.integer(6));
          EXPECT_NEAR(album->rating, row.real(7), 1e-9);
          EXPECT_EQ(album->year, row.integer_or_null(8));
          EXPECT_EQ(album->genre, row.text(9));
          EXPECT_EQ(album->title, row.text(10));
          if (row.is_null(0)) return;
          const auto catalogued = Albums(database_).find(viewer, row.integer(1));
          EXPECT_EQ(album->cover, catalogued ? catalogued->cover.substr(0, kCoverArtDigits) : "not there");
        }));
    EXPECT_EQ(shelf.albums().size(), albums);
  }

  // Once all is read.
  FromSubsonic<PlayerShelf> shelf_of(const Viewer& viewer) {
    for (auto last = shelves_.read_on(database_); last && !*last;) last = shelves_.read_on(database_);
    return shelves_.of(database_, viewer);
  }

  std::mt19937 random_{1};
  PlayerShelves shelves_;
};

TEST_F(PlayerShelfTest, IsReadBySlicesBetweenWhichAnythingIsWritten) {
  constexpr int kTimes = 12;
  for (int i = 0; i < 60; ++i) write();
  for (int i = 0; i < kTimes && !HasFailure(); ++i) {
    SCOPED_TRACE(i);
    PlayerShelves shelves(static_cast<size_t>(1 + number(5)));
    EXPECT_FALSE(shelves.of(database_, viewers().front())) << "it is not read yet";
    int slices = 1;
    for (auto last = shelves.read_on(database_); last && !*last; last = shelves.read_on(database_), ++slices) {
      if (one_in(2)) write();
    }
    EXPECT_GE(slices, 8);
    for (const Viewer& viewer : viewers()) {
      const auto shelf = shelves.of(database_, viewer);
      ASSERT_TRUE(shelf);
      expect_as_from_nothing(*shelf, viewer);
      expect_as_sql_has_it(*shelf, viewer);
    }
  }
}

TEST_F(PlayerShelfTest, IsAfterAnyWritesAsIfMadeFromNothing) {
  for (int i = 0; i < kWrites && !HasFailure(); ++i) {
    write();
    if (one_in(3)) shelves_.keep_up(database_);
    if (!one_in(6)) continue;
    SCOPED_TRACE(i);
    for (const Viewer& viewer : viewers()) {
      if (one_in(3)) continue;
      const auto shelf = shelf_of(viewer);
      ASSERT_TRUE(shelf);
      expect_as_from_nothing(*shelf, viewer);
      expect_as_sql_has_it(*shelf, viewer);
    }
  }
  EXPECT_GT(sql_integer(database_, "SELECT COUNT(*) FROM songs").value_or(0), 20);
}

TEST_F(PlayerShelfTest, KnowsWhatAnotherConnectionHasWritten) {
  song({{"title", "Kyrie"}, {"album", "Missa"}}, anna_);
  const Viewer anna = viewer_of_account(anna_);
  ASSERT_EQ(shelf_of(anna)->albums().size(), 1u);
  LibraryDatabase other(folder_.path() + "/library.sqlite");
  ASSERT_TRUE(run_sql(other, "UPDATE albums SET title = 'Mass'"));
  shelves_.keep_up(database_);
  EXPECT_EQ(shelf_of(anna)->albums().front()->title, "Mass");
}

TEST_F(PlayerShelfTest, ForgetsAnAccountsNumbersWithTheAccountAndManyChangesAtOnce) {
  const Viewer anna = viewer_of_account(anna_), dora = viewer_of_account(dora_);
  std::vector<int64_t> songs;
  for (int i = 0; i < 520; ++i) songs.push_back(song({{"title", "Song"}, {"album", "Album " + std::to_string(i)}}, anna_));
  ASSERT_TRUE(shelf_of(anna) && shelf_of(dora));
  for (const int64_t id : songs) ASSERT_TRUE(Listening(database_).played(anna, id, unix_s_, unix_s_));
  for (int i = 0; i < 8; ++i) shelves_.keep_up(database_);
  const auto shelf = shelf_of(anna);
  expect_as_from_nothing(*shelf, anna);
  EXPECT_EQ(shelf->told(*shelf->albums().front()).times_heard, 1);
  ASSERT_TRUE(Accounts(database_).remove(anna_.id));
  EXPECT_TRUE(shelf_of(dora)->albums().empty());
}

}  // namespace
}  // namespace roundelay::player_shelf_test
