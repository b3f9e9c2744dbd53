#include "server/library/song_import.h"

#include "server/library/song_csv.h"
#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::song_import_test {
namespace {

class SongImportTest : public CatalogueTest {
 protected:
  ImportReport import(const std::string& csv, bool is_private = false, int64_t first_line = 1) {
    const auto report = SongImport(database_).run(cora_, csv, is_private, first_line, now_s_);
    EXPECT_TRUE(report.has_value()) << (report ? "" : report.error().said.text);
    return report.value_or(ImportReport());
  }
};

TEST_F(SongImportTest, AddsSongsAndChangesNothingTheSecondTime) {
  const std::string csv =
      "title,artist,album,genre,length,provider,licence,link,file,cover\r\n"
      "Amazing Grace,Choir,Hymns,Gospel,3:45,Archive,cc-by-4.0,https://example.org/1,,\r\n"
      "\"Swing, Low\",Choir,Hymns,Gospel,1:02:03,,,,,\r\n";
  const ImportReport first = import(csv);
  EXPECT_EQ(first.rows, 2);
  EXPECT_EQ(first.added, 2);
  EXPECT_TRUE(first.faults.empty());
  const auto page = songs_.list(nobody_, {}, {}).value();
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[0].length_ms, 225'000);
  EXPECT_EQ(page.rows[0].licence, "CC-BY-4.0");
  EXPECT_EQ(page.rows[0].attribution, "Archive");
  EXPECT_EQ(page.rows[1].title, "Swing, Low");
  EXPECT_EQ(albums(nobody_), Titles{"Hymns"});
  const ImportReport second = import(csv);
  EXPECT_EQ(second.unchanged, 2);
  EXPECT_EQ(second.added + second.changed, 0);
  const ImportReport third = import("title,artist,album,genre\nAMAZING GRACE,choir,hymns,Spiritual\n");
  EXPECT_EQ(third.changed, 1);
  EXPECT_EQ(songs_.list(nobody_, {}, {})->total, 2);
}

TEST_F(SongImportTest, TellsEveryBadRowAndKeepsTheGoodOnes) {
  const ImportReport report = import(
      "title,artist,length,year\nGood,A,60,\n,B,,\nToo long,C,999:00:00,\nNo "
      "year,D,,MCM\nWide,E,,,x\n\xFF,F,,\n\"open,G,,\nLast,H,1:5,1999\n",
      false, 101);
  EXPECT_EQ(report.rows, 8);
  EXPECT_EQ(report.added, 2);
  std::vector<int64_t> lines;
  for (const auto& [line, said] : report.faults) {
    lines.push_back(line);
    EXPECT_FALSE(said.text.empty());
  }
  EXPECT_EQ(lines, (std::vector<int64_t>{103, 104, 105, 106, 107, 108}));
  EXPECT_EQ(report.faults.at(0).second.code, "csv_row_has_no_title");
  EXPECT_EQ(titles(nobody_), (Titles{"Good", "Last"}));
}

TEST_F(SongImportTest, NeedsAHeaderWithATitle) {
  for (const char* csv : {"", "artist,album\nA,B", "\xFF\xFEt", "\"title"})
    EXPECT_FALSE(SongImport(database_).run(cora_, csv, false, 1, now_s_).has_value()) << csv;
  EXPECT_FALSE(SongImport(database_).run(nobody_, "title\nA", false, 1, now_s_).has_value());
}

TEST_F(SongImportTest, TakesAllOrNothingOfAPartThatIsTooLong) {
  std::string csv = "title\n";
  for (int i = 0; i < 1'001; ++i) csv += "Song " + std::to_string(i) + "\n";
  EXPECT_FALSE(SongImport(database_).run(cora_, csv, false, 1, now_s_).has_value());
  EXPECT_EQ(count("SELECT COUNT(*) FROM songs"), 0);
}

TEST_F(SongImportTest, TakesBackWhatWasExported) {
  song(cora_, {{"title", "=HYPERLINK(\"x\")"},
               {"artist", "A, B"},
               {"length_ms", 61'234},
               {"tempo_bpm", 72.5},
               {"key", "Bbm"},
               {"year", 1999}});
  std::string csv = csv_header();
  const auto page = songs_.list(cora_, {}, {}).value();
  for (const CatalogueSong& one : page.rows) csv += csv_line(one);
  EXPECT_NE(csv.find("'=HYPERLINK"), std::string::npos);
  const ImportReport report = import(csv);
  EXPECT_EQ(report.unchanged, 1) << csv;
  EXPECT_EQ(songs_.list(cora_, {}, {})->rows.at(0).length_ms, 61'234) << "the table's seconds are rounded";
  EXPECT_EQ(import("title,artist,length\n=HYPERLINK(\"x\"),\"A, B\",1:05\n").changed, 1);
  EXPECT_EQ(songs_.list(cora_, {}, {})->rows.at(0).length_ms, 65'000);
}

TEST_F(SongImportTest, TakesTheEmptyRowsAndCellsOfSpreadsheetsForNothing) {
  const ImportReport report = import(";;\r\ntitle;artist;length\r\nGood;A;60;;;\r\n;;\r\nLast;;\r\n;;\r\n;;\r\n");
  EXPECT_EQ(report.rows, 2);
  EXPECT_EQ(report.added, 2);
  EXPECT_TRUE(report.faults.empty());
}

TEST_F(SongImportTest, LeavesTheLengthOfAFile) {
  const int64_t id = song(cora_, {{"title", "Abendlied"}, {"length_ms", 190'500}});
  EXPECT_EQ(import("title,length\nAbendlied,3:12\n").changed, 1);
  give_file(id, "f");
  EXPECT_EQ(import("title,length\nAbendlied,3:45\n").unchanged, 1);
  EXPECT_EQ(songs_.find(nobody_, id)->length_ms, 192'000);
}

// A songbook or a sampler: not an album for each of its artists.
TEST_F(SongImportTest, PutsSongsOfSeveralArtistsOnOneAlbumAndTellsSoAgain) {
  import(
      "title;artist;album;Album Artist\nA;Anna;Carols;Verschiedene\nB;Bert;Carols;various "
      "artists\nC;Cora;Hers;Dora\nD;Dora;Own;\n");
  EXPECT_EQ(albums(nobody_), (Titles{"Carols", "Hers", "Own"}));
  EXPECT_EQ(artists(nobody_), (Titles{"Anna", "Bert", "Cora", "Dora"}));
  EXPECT_EQ(albums_.list(nobody_, {})->rows.at(0).songs, 2);
  std::string csv = csv_header();
  const auto page = songs_.list(cora_, {}, {}).value();
  for (const CatalogueSong& one : page.rows) csv += csv_line(one);
  EXPECT_EQ(import(csv).unchanged, 4);
  for (const CatalogueSong& one : page.rows) EXPECT_TRUE(remove(cora_, CatalogueKind::kSong, one.id)) << one.title;
  EXPECT_EQ(import(csv).added, 4);
  EXPECT_EQ(albums(nobody_), (Titles{"Carols", "Hers", "Own"})) << csv;
  EXPECT_EQ(albums_.list(nobody_, {})->rows.at(1).artist, "Dora");
}

// As one who exported the table and takes it in again, or got it from somebody who did.
TEST_F(SongImportTest, SongsOfOthersAreNotAddedAgain) {
  const int64_t annas = song(anna_, {{"title", "Cantate"}, {"artist", "Choir"}, {"length_ms", 61'234}});
  song(anna_, {{"title", "Hers"}, {"private", true}});
  std::string csv = csv_header();
  const auto page = songs_.list(cora_, {}, {}).value();
  for (const CatalogueSong& one : page.rows) csv += csv_line(one);
  EXPECT_EQ(import(csv).unchanged, 1) << "a curator's";
  EXPECT_EQ(SongImport(database_).run(bert_, csv, true, 1, now_s_)->unchanged, 1) << "a member's";
  EXPECT_EQ(songs_.list(bert_, {}, {})->total, 1);
  const std::string more = "title,artist,genre\nCantate,Choir,Psalm\n";
  EXPECT_EQ(SongImport(database_).run(bert_, more, true, 1, now_s_)->added, 1) << "what she may not change she has for herself";
  EXPECT_EQ(SongImport(database_).run(bert_, more, true, 1, now_s_)->unchanged, 1);
  EXPECT_EQ(import(more).changed, 1) << "curators tend them";
  EXPECT_EQ(songs_.find(nobody_, annas)->genre, "Psalm");
  EXPECT_EQ(import("title\nHers\n").added, 1) << "what she does not see is not told by it";
}

TEST(SongLengths, AreReadAsPeopleWriteThem) {
  EXPECT_EQ(song_length_ms("3:45"), 225'000);
  EXPECT_EQ(song_length_ms("1:02:03"), 3'723'000);
  EXPECT_EQ(song_length_ms("225.5"), 225'500);
  for (const char* text : {"", ":", "3:", "3:60", "-1", "nan", "1:2:3:4", "1e9", "99999"})
    EXPECT_EQ(song_length_ms(text), std::nullopt) << text;
}

}  // namespace
}  // namespace roundelay::song_import_test
