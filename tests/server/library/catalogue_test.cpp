#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::catalogue_test {
namespace {

using Kind = CatalogueFault::Kind;

TEST_F(CatalogueTest, KeepsASongWithAllThatIsSaidOfIt) {
  const int64_t id = song(anna_, {{"title", "Ave Maria"},
                                  {"artist", "Bruckner"},
                                  {"album", "Motets"},
                                  {"disc", 1},
                                  {"track", 4},
                                  {"genre", "Sacred"},
                                  {"length_ms", 240'000},
                                  {"key", "F"},
                                  {"tempo_bpm", 60},
                                  {"language", "la"},
                                  {"year", 1861},
                                  {"licence", "Public domain in all countries"},
                                  {"link", "https://example.org/ave"},
                                  {"attribution", "Anton Bruckner"},
                                  {"words", "Ave Maria"}});
  const CatalogueSong found = songs_.find(nobody_, id).value();
  const nlohmann::json json = to_json(found);
  EXPECT_EQ(json["title"], "Ave Maria");
  EXPECT_EQ(json["artist"], "Bruckner");
  EXPECT_EQ(json["album"], "Motets");
  EXPECT_EQ(json["track"], 4);
  EXPECT_EQ(json["tempo_bpm"], 60.0);
  EXPECT_EQ(json["uploader_id"], anna_.account);
  EXPECT_EQ(json["status"], "NO_FILE");
  EXPECT_EQ(json["hash"], nullptr);
  EXPECT_EQ(json["has_words"], true);
  EXPECT_EQ(songs_.words(nobody_, id), "Ave Maria");
  EXPECT_EQ(artists_.find(nobody_, *found.artist_id)->songs, 1);
  EXPECT_EQ(albums_.find(nobody_, *found.album_id)->length_ms, 240'000);
}

TEST_F(CatalogueTest, ShowsAPrivateSongToItsOwnerAndAdminsAlone) {
  const int64_t id = song(anna_, {{"title", "Secret"}, {"artist", "Nobody Knows"}, {"album", "Drafts"}, {"private", true}});
  for (const Viewer& stranger : {nobody_, bert_, cora_}) {
    EXPECT_EQ(titles(stranger), Titles{});
    EXPECT_EQ(artists(stranger), Titles{}) << "its artist would tell of it";
    EXPECT_EQ(albums(stranger), Titles{});
    EXPECT_EQ(songs_.find(stranger, id).error().kind, Kind::kNotThere);
    EXPECT_EQ(songs_.words(stranger, id).error().kind, Kind::kNotThere);
    EXPECT_EQ(songs_.change(stranger, id, {{"title", "Mine"}}, now_s_).error().kind, Kind::kNotThere);
    EXPECT_EQ(remove(stranger, CatalogueKind::kSong, id).error().kind, Kind::kNotThere);
  }
  for (const Viewer& one : {anna_, dora_}) {
    EXPECT_EQ(titles(one), Titles{"Secret"});
    EXPECT_EQ(artists(one), Titles{"Nobody Knows"});
    EXPECT_EQ(albums(one), Titles{"Drafts"});
  }
  ASSERT_TRUE(songs_.change(anna_, id, {{"private", false}}, now_s_));
  EXPECT_EQ(titles(nobody_), Titles{"Secret"});
  EXPECT_EQ(artists(nobody_), Titles{"Nobody Knows"});
}

TEST_F(CatalogueTest, LetsOwnersAndCuratorsChangeASong) {
  const int64_t id = song(anna_, {{"title", "A"}, {"artist", "X"}});
  EXPECT_EQ(songs_.change(bert_, id, {{"title", "B"}}, now_s_).error().kind, Kind::kNotYours);
  EXPECT_EQ(songs_.change(nobody_, id, {{"title", "B"}}, now_s_).error().kind, Kind::kNotYours);
  EXPECT_TRUE(songs_.change(cora_, id, {{"artist", "Y"}}, now_s_));
  EXPECT_EQ(artists(nobody_), Titles{"Y"}) << "X has no song any more, and nobody made her by hand";
  EXPECT_EQ(songs_.change(cora_, id, {{"private", true}}, now_s_).error().kind, Kind::kNotYours);
  EXPECT_TRUE(songs_.change(anna_, id, {{"private", true}}, now_s_));
}

TEST_F(CatalogueTest, MakesAnArtistOnceForEachName) {
  song(anna_, {{"title", "A"}, {"artist", "ABBA"}, {"album", "Gold"}});
  song(anna_, {{"title", "B"}, {"artist", "Abba"}, {"album", "gold"}});
  song(anna_, {{"title", "C"}, {"artist", "Queen"}, {"album", "Gold"}});
  EXPECT_EQ(artists(nobody_), (Titles{"ABBA", "Queen"}));
  EXPECT_EQ(albums(nobody_), (Titles{"Gold", "Gold"})) << "one of each artist";
}

TEST_F(CatalogueTest, KeepsArtistsAndAlbumsThatACuratorMade) {
  EXPECT_EQ(artists_.add(anna_, "Empty", now_s_).error().kind, Kind::kNotYours);
  const int64_t artist = artists_.add(cora_, "Empty", now_s_).value();
  EXPECT_EQ(artists_.add(cora_, "empty", now_s_), artist) << "it is there already";
  const int64_t album = albums_.add(cora_, {{"title", "Blank"}, {"artist", "Empty"}, {"year", 2001}}, now_s_).value();
  EXPECT_EQ(albums_.find(nobody_, album)->artist_id, artist);
  EXPECT_TRUE(albums_.change(cora_, album, {{"title", "Blanker"}, {"artist", nullptr}}, now_s_));
  EXPECT_EQ(albums(nobody_), Titles{"Blanker"});
  EXPECT_EQ(albums_.add(cora_, {{"title", "A"}, {"artist", 7}}, now_s_).error().field, "artist");
  EXPECT_TRUE(artists_.rename(cora_, artist, "Full", now_s_));
  EXPECT_EQ(artists(nobody_), Titles{"Full"});
}

TEST_F(CatalogueTest, FiltersSortsAndPages) {
  for (int i = 0; i < 10; ++i) {
    song(anna_, {{"title", "Song " + std::to_string(i)},
                 {"genre", i % 2 == 0 ? "Gospel" : "Chanson"},
                 {"length_ms", i * 10'000},
                 {"tempo_bpm", 60 + i * 10},
                 {"key", i < 5 ? "C" : "Dm"},
                 {"licence", i == 3 ? "CC0-1.0" : ""}});
  }
  const auto with = [&](const QueryArguments& arguments) { return titles(nobody_, song_filter(arguments, {}).value()); };
  EXPECT_EQ(with({{"genre", "GOSPEL"}, {"key", "dm"}}), (Titles{"Song 6", "Song 8"}));
  EXPECT_EQ(with({{"licence", "cc0-1.0"}}), Titles{"Song 3"});
  EXPECT_EQ(with({{"tempo_from_bpm", "100"}, {"tempo_to_bpm", "110.5"}}), (Titles{"Song 4", "Song 5"}));
  EXPECT_EQ(with({{"length_to_ms", "10000"}, {"order", "newest"}}), (Titles{"Song 1", "Song 0"}));
  EXPECT_EQ(with({{"starting_with", "sONG 7"}}), Titles{"Song 7"});
  const auto page = songs_.list(nobody_, {}, {.offset = 8, .limit = 5}).value();
  EXPECT_EQ(page.total, 10);
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[0].title, "Song 8");
  for (const auto& [name, value] : QueryArguments{{"genre", ""},
                                                  {"key", "H"},
                                                  {"tempo_from_bpm", "nan"},
                                                  {"order", "x"},
                                                  {"who", "1"},
                                                  {"artist", "1 OR 1=1"},
                                                  {"genre", "\xFF"}})
    EXPECT_EQ(song_filter({{name, value}}, {}).error().field, name) << value;
  EXPECT_FALSE(page_of({{"limit", "501"}}));
  EXPECT_FALSE(page_of({{"offset", "-1"}}));
}

TEST_F(CatalogueTest, TellsWhatGoesAlongBeforeAndAfter) {
  const int64_t one = song(anna_, {{"title", "One"}, {"artist", "Band"}, {"album", "First"}, {"words", "la la"}});
  const int64_t two =
      song(bert_,
           {{"title", "Two"}, {"artist", "Guest"}, {"album", "First"}, {"album_id", songs_.find(anna_, one)->album_id.value()}});
  song(anna_, {{"title", "Other"}, {"artist", "Guest"}});
  give_file(one, "aa");
  give_file(two, "bb");
  const int64_t artist = *songs_.find(anna_, one)->artist_id;
  EXPECT_TRUE(run_sql(database_, "INSERT INTO ratings VALUES (?, ?, 9, 0)", {bert_.account, one}));
  EXPECT_TRUE(run_sql(database_, "INSERT INTO plays (account, song, at) VALUES (?, ?, 0)", {bert_.account, one}));
  EXPECT_TRUE(run_sql(database_, "INSERT INTO favourites VALUES (?, 'song', ?, 0), (?, 'artist', ?, 0)",
                      {bert_.account, two, bert_.account, artist}));

  const TakenAlong would = would_take(database_, nobody_, {CatalogueKind::kArtist, artist}).value();
  EXPECT_EQ(would,
            (TakenAlong{.albums = 1, .songs = 2, .words = 1, .ratings = 1, .favourites = 2, .plays = 1, .files = {"aa", "bb"}}));
  EXPECT_EQ(remove(anna_, CatalogueKind::kArtist, artist).error().kind, Kind::kNotYours);
  EXPECT_EQ(remove(cora_, CatalogueKind::kArtist, artist), would);
  EXPECT_EQ(titles(dora_), Titles{"Other"});
  EXPECT_EQ(artists(dora_), Titles{"Guest"});
  for (const char* table : {"albums", "song_words", "ratings", "favourites", "plays", "heard", "files"})
    EXPECT_EQ(count(std::string("SELECT COUNT(*) FROM ") + table), 0) << table;
  EXPECT_EQ(count("SELECT COUNT(*) FROM song_search"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM artist_search"), 1);
}

// In slices, between which others write: what is there at its end is as if it had been done at once.
TEST_F(CatalogueTest, DeletesVeryManySongsBySlices) {
  constexpr int kMany = 250;
  int64_t artist = 0, hidden = 0;
  ASSERT_TRUE(database_.transaction([&] {
    for (int i = 0; i < kMany; ++i) {
      const std::string number = std::to_string(i), hash = "h" + std::to_string(i / 2);  // two songs of each file
      if (!run_sql(database_, "INSERT OR IGNORE INTO files (hash, bytes, kind) VALUES (?, 1, 'mp3')", {hash})) return false;
      const int64_t id = songs_.insert(
          {.title = "Song " + number, .artist = "Band", .album = "Album " + std::to_string(i / 10), .is_private = i == 7},
          {.hash = hash, .status = "UPLOADED"}, bert_.account, now_s_);
      if (id == 0) return false;
      if (i == 7) hidden = id;
      artist = songs_.find(dora_, id)->artist_id.value_or(0);
    }
    return true;
  }));
  Removal removal(database_, cora_, {CatalogueKind::kArtist, artist});
  int slices = 0;
  for (; !removal.count_on().value(); ++slices) {
  }
  EXPECT_GE(slices, 2);
  EXPECT_EQ(removal.taken().songs, kMany - 1);
  EXPECT_EQ(removal.taken().albums, kMany / 10);
  EXPECT_EQ(removal.taken().files.size(), kMany / 2 - 1) << "one is the hidden song's too";
  std::vector<std::string> files;
  int64_t late = 0;
  for (slices = 0; !removal.remove_on(files).value(); ++slices) {
    EXPECT_EQ(count("SELECT COUNT(*) FROM files WHERE NOT EXISTS (SELECT 1 FROM songs WHERE songs.hash = files.hash)"), 0);
    if (slices == 2) late = song(anna_, {{"title", "Late"}, {"artist", "Band"}});
  }
  EXPECT_GE(slices, 10);
  EXPECT_EQ(files.size(), kMany / 2 - 1);
  EXPECT_EQ(titles(dora_), (Titles{"Song 7", "Late"}));
  EXPECT_EQ(albums(dora_), Titles{"Album 0"}) << "as long as the hidden song is on it";
  EXPECT_NE(hidden, late);
}

TEST_F(CatalogueTest, LeavesToOthersWhatTheDeleterDoesNotSee) {
  const int64_t shared = song(anna_, {{"title", "Shared"}, {"artist", "Band"}, {"album", "First"}});
  song(bert_, {{"title", "Hidden"}, {"artist", "Band"}, {"album", "First"}, {"private", true}});
  const CatalogueSong found = songs_.find(anna_, shared).value();
  EXPECT_EQ(remove(cora_, CatalogueKind::kArtist, *found.artist_id)->songs, 1);
  EXPECT_EQ(artists(cora_), Titles{});
  EXPECT_EQ(albums(cora_), Titles{});
  EXPECT_EQ(titles(bert_), Titles{"Hidden"});
  EXPECT_EQ(artists(bert_), Titles{"Band"});
  EXPECT_EQ(albums(bert_), Titles{"First"});
}

TEST_F(CatalogueTest, DeletesAFileWithItsLastSong) {
  const int64_t one = song(anna_, {{"title", "One"}}), two = song(bert_, {{"title", "Two"}});
  give_file(one, "aa");
  give_file(two, "aa");
  EXPECT_EQ(remove(anna_, CatalogueKind::kSong, one)->files, std::vector<std::string>{});
  EXPECT_EQ(remove(bert_, CatalogueKind::kSong, two)->files, std::vector<std::string>{"aa"});
  EXPECT_EQ(count("SELECT COUNT(*) FROM files"), 0);
}

TEST_F(CatalogueTest, ForgetsSongsWithTheirUploader) {
  song(anna_, {{"title", "One"}, {"artist", "Band"}, {"album", "First"}});
  EXPECT_TRUE(run_sql(database_, "DELETE FROM accounts WHERE id = ?", {anna_.account}));
  EXPECT_EQ(titles(dora_), Titles{});
  EXPECT_EQ(artists(dora_), Titles{});
  EXPECT_EQ(count("SELECT COUNT(*) FROM song_search"), 0);
}

}  // namespace
}  // namespace roundelay::catalogue_test
