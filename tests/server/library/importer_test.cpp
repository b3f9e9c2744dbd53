#include "server/library/importer.h"

#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::importer_test {
namespace {

class ImporterTest : public CatalogueTest {
 protected:
  int64_t begin(const std::string& csv, const Viewer& whose, const std::string& sounds = "") {
    const std::string path = folder_.write("imports/" + std::to_string(++tables_) + ".csv", csv);
    const auto id = imports_.add({.account = whose.account,
                                  .name = "songs.csv",
                                  .file = path,
                                  .folder = sounds,
                                  .created = now_s_,
                                  .bytes = static_cast<int64_t>(csv.size())});
    EXPECT_TRUE(id.has_value());
    return id.value_or(0);
  }
  // Its answer to a file that is asked for; the sound of "a.mp3" is "hash of a.mp3".
  Importer::Next give(Importer& importer) {
    const std::string name = std::filesystem::path(importer.file()).filename();
    if (!std::filesystem::exists(importer.file())) return importer.give_file(std::nullopt, now_s_);
    return importer.give_file(ReceivedFile{.sha256 = "hash of " + name, .bytes = 3, .kind = name == "no.txt" ? "" : "mp3"},
                              now_s_);
  }
  void run(Importer& importer) {
    for (int slices = 0; slices < 10'000; ++slices) {
      const Importer::Next next = importer.slice(now_s_);
      if (next == Importer::Next::kNothing) return;
      ASSERT_NE(next, Importer::Next::kWait);
      Importer::Next then = next;
      if (then == Importer::Next::kPicture) then = give_picture(importer);
      if (then == Importer::Next::kFile) then = give(importer);
      ASSERT_EQ(then, Importer::Next::kSlice);
    }
    FAIL() << "it does not end";
  }
  Import import(int64_t id) { return imports_.find(dora_, id).value(); }
  static std::string table(int rows) {
    std::string out = "title,artist\n";
    for (int i = 0; i < rows; ++i) out.append("Song ").append(std::to_string(i)).append(",Choir\n");
    return out;
  }

  TemporaryFolder folder_;
  // As a worker would.
  Importer::Next give_picture(Importer& importer) {
    const std::string name = std::filesystem::path(importer.picture()).filename();
    pictures_made_.push_back(name);
    if (name == "bad.png") return importer.give_picture(tl::unexpected(phrase("picture_is_damaged")), now_s_);
    return importer.give_picture(MadeCover{.hash = "cover of " + name, .bytes = 100, .sizes = {CoverStretch{0, 40}, {40, 60}}},
                                 now_s_);
  }

  std::vector<std::string> pictures_made_;
  int tables_ = 0;
  Imports imports_{database_};
  Importer importer_{database_, folder_.path() + "/imports"};
};

TEST_F(ImporterTest, TakesATableInASliceAtATime) {
  const int64_t id = begin(table(450), cora_);
  EXPECT_EQ(importer_.slice(now_s_), Importer::Next::kSlice);
  const Import half = import(id);
  EXPECT_EQ(half.state, "running");
  EXPECT_GT(half.rows, 0);
  EXPECT_LE(half.rows, Importer::kMostRowsOfSlice);
  EXPECT_EQ(count("SELECT COUNT(*) FROM songs"), half.rows);
  run(importer_);
  const Import done = import(id);
  EXPECT_EQ(done.state, "done");
  EXPECT_EQ(done.rows, 450);
  EXPECT_EQ(done.added, 450);
  EXPECT_EQ(done.offset, done.bytes);
  EXPECT_EQ(done.ended, now_s_);
  EXPECT_EQ(folder_.files_in("imports"), 0);
  EXPECT_EQ(importer_.slice(now_s_), Importer::Next::kNothing);
}

TEST_F(ImporterTest, GoesOnWhereOneThatWasKilledCameTo) {
  const int64_t id = begin("\xEF\xBB\xBF" + table(300), cora_);
  {
    Importer killed(database_, folder_.path() + "/imports");
    EXPECT_EQ(killed.slice(now_s_), Importer::Next::kSlice);
  }
  const int64_t rows = import(id).rows;
  ASSERT_GT(rows, 0);
  ASSERT_LT(rows, 300);
  run(importer_);
  EXPECT_EQ(import(id).rows, 300);
  EXPECT_EQ(import(id).added, 300) << "no row twice";
  EXPECT_EQ(count("SELECT COUNT(*) FROM songs"), 300);
}

TEST_F(ImporterTest, ChangesNothingTheSecondTime) {
  begin(table(20), cora_);
  run(importer_);
  const int64_t again = begin(table(20), cora_);
  run(importer_);
  EXPECT_EQ(import(again).unchanged, 20);
  EXPECT_EQ(import(again).added + import(again).changed, 0);
}

TEST_F(ImporterTest, TellsBadRowsByTheirLineAndCountsTheRest) {
  std::string csv = "title,year\nGood,1999\n,2000\n=1+1,2001\n\xFF\xFE,1\nZero,\x30\nNo year,MCM\n";
  for (int64_t i = 0; i < Imports::kMostFaultsKept; ++i) csv += ",1999\n";
  const int64_t id = begin(csv, cora_);
  run(importer_);
  const Import done = import(id);
  EXPECT_EQ(done.state, "done");
  EXPECT_EQ(done.added, 2);
  EXPECT_EQ(done.bad, 4 + Imports::kMostFaultsKept);
  const auto faults = imports_.faults(id, {.offset = 0, .limit = 5'000}).value();
  EXPECT_EQ(static_cast<int64_t>(faults.size()), Imports::kMostFaultsKept);
  std::vector<int64_t> lines;
  for (size_t i = 0; i < 4; ++i) lines.push_back(faults[i].line);
  EXPECT_EQ(lines, (std::vector<int64_t>{3, 5, 6, 7}));
  EXPECT_EQ(faults[3].said.code, "csv_cell_is_no_number");
  EXPECT_EQ(faults[3].said.values["column"], "year");
}

TEST_F(ImporterTest, FailsWithASentenceWhereATableIsNone) {
  for (const char* csv : {"", "artist,album\nA,B\n", "\xFF\xFEt\0i\0", "\"title"}) {
    const int64_t id = begin(csv, cora_);
    run(importer_);
    EXPECT_EQ(import(id).state, "failed") << csv;
    EXPECT_EQ(imports_.faults(id, {})->size(), 1U) << csv;
  }
  const int64_t latin = begin("Title;K\xFCnstler\nA;B\n", cora_);
  run(importer_);
  EXPECT_EQ(imports_.faults(latin, {})->at(0).said.code, "csv_line_is_not_utf8") << "its columns are not the trouble";
  const int64_t gone = begin(table(1), cora_);
  std::filesystem::remove(import(gone).file);
  run(importer_);
  EXPECT_EQ(imports_.faults(gone, {})->at(0).said.code, "library_import_is_gone");
}

TEST_F(ImporterTest, TakesTheFilesThatItsRowsName) {
  const std::string sounds = folder_.path() + "/imports/sounds";
  folder_.write("imports/sounds/a.mp3", "a");
  folder_.write("imports/sounds/deep/b.mp3", "b");
  folder_.write("imports/sounds/no.txt", "no sound");
  folder_.write("secret.mp3", "not hers");
  const std::string csv =
      "title,genre,file\nOne,Folk,a.mp3\nTwo,,deep/b.mp3\nNone,,c.mp3\nText,,no.txt\nOut,,../../secret.mp3\n"
      "Root,,/etc/passwd\nThe same,Jazz,a.mp3\nWords alone,,\n";
  const int64_t id = begin(csv, cora_, sounds);
  run(importer_);
  const Import done = import(id);
  EXPECT_EQ(done.rows, 8);
  EXPECT_EQ(done.added, 3);
  EXPECT_EQ(done.changed, 1) << "the same bytes are the same song";
  EXPECT_EQ(done.bad, 4);
  EXPECT_EQ(titles(nobody_), (Titles{"The same", "Two", "Words alone"}));
  EXPECT_EQ(songs_.find(nobody_, 1)->hash, "hash of a.mp3");
  EXPECT_EQ(songs_.find(nobody_, 1)->genre, "Jazz");
  EXPECT_EQ(count("SELECT COUNT(*) FROM files"), 2);
  EXPECT_FALSE(std::filesystem::exists(sounds));
}

TEST_F(ImporterTest, CorrectsTheSongsOfTheFilesThatItsRowsName) {
  const std::string sounds = folder_.path() + "/imports/sounds";
  const auto take = [&](const std::string& csv) {
    folder_.write("imports/sounds/a_b.mp3", "a");
    folder_.write("imports/sounds/deep/c.mp3", "c");
    const int64_t id = begin(csv, cora_, sounds);
    run(importer_);
    return import(id);
  };
  EXPECT_EQ(take("title,file\na b,a_b.mp3\nGiven,deep/c.mp3\n").added, 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE kind = 'tags' AND title = 'a b'"), 1) << "its tags may know better";
  EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE kind = 'tags' AND title = 'Given'"), 0);
  const std::string corrected = "title;artist;album;file\nAbendlied;Rheinberger;Motets;a_b.mp3\nGiven;;;deep\\c.mp3\n";
  EXPECT_EQ(take(corrected).changed, 1) << "paths may be as Windows has them";
  const auto song = songs_.find(nobody_, 1);
  EXPECT_EQ(song->title, "Abendlied");
  EXPECT_EQ(song->artist, "Rheinberger");
  EXPECT_EQ(song->album, "Motets");
  EXPECT_EQ(take(corrected).unchanged, 2);
  EXPECT_EQ(take("title,file\na b,a_b.mp3\n").unchanged, 1) << "what a file is called says nothing of its title";
  EXPECT_EQ(take("title,artist,file\na b,Bruckner,a_b.mp3\n").changed, 1) << "but it does where somebody wrote a table";
  EXPECT_EQ(songs_.find(nobody_, 1)->title, "a b");
  EXPECT_EQ(songs_.find(nobody_, 1)->artist, "Bruckner");
  EXPECT_EQ(count("SELECT COUNT(*) FROM songs"), 2);
}

TEST_F(ImporterTest, TakesThePicturesThatItsRowsName) {
  const std::string sounds = folder_.path() + "/imports/sounds";
  for (const char* name : {"a.mp3", "b.mp3", "c.mp3", "one.png", "bad.png"})
    folder_.write(std::string("imports/sounds/") + name, name);
  folder_.write("secret.png", "not hers");
  const std::string csv =
      "title,file,cover\nOne,a.mp3,one.png\nTwo,b.mp3,one.png\nOnly words,,one.png\nBad,c.mp3,bad.png\nBad too,,bad.png\n"
      "None,,two.png\nOut,,../../secret.png\nNo sound,d.mp3,one.png\n";
  const int64_t id = begin(csv, cora_, sounds);
  run(importer_);
  const Import done = import(id);
  EXPECT_EQ(done.rows, 8);
  EXPECT_EQ(done.added, 7) << "a song without its picture is a song";
  EXPECT_EQ(done.bad, 5);
  EXPECT_EQ(pictures_made_, (std::vector<std::string>{"one.png", "bad.png", "one.png"})) << "not anew for every row";
  std::vector<std::pair<int64_t, std::string>> faults;
  const auto told = imports_.faults(id, {}).value();
  for (const ImportFault& fault : told) faults.emplace_back(fault.line, fault.said.code);
  EXPECT_EQ(faults, (std::vector<std::pair<int64_t, std::string>>{{5, "picture_is_damaged"},
                                                                  {6, "picture_is_damaged"},
                                                                  {7, "csv_cover_is_not_there"},
                                                                  {8, "csv_cover_is_not_there"},
                                                                  {9, "csv_file_is_not_there"}}));
  EXPECT_EQ(count("SELECT COUNT(*) FROM songs WHERE cover = 'cover of one.png'"), 3);
  EXPECT_EQ(count("SELECT COUNT(*) FROM covers"), 1);
  const auto brought = importer_.brought();
  EXPECT_NE(std::find(brought.begin(), brought.end(), "cover of one.png"), brought.end());
}

TEST_F(ImporterTest, TheSamePictureAgainChangesNothing) {
  const std::string csv = "title,cover\nOne,one.png\n";
  for (int times = 0; times < 2; ++times) {
    folder_.write("imports/sounds/one.png", "one.png");
    const int64_t id = begin(csv, cora_, folder_.path() + "/imports/sounds");
    run(importer_);
    EXPECT_EQ(import(id).added, times == 0 ? 1 : 0);
    EXPECT_EQ(import(id).unchanged, times);
  }
}

TEST_F(ImporterTest, GivesASongThatHadNoneItsFile) {
  begin("title,artist\nOne,Choir\n", cora_);
  run(importer_);
  const std::string sounds = folder_.path() + "/imports/sounds";
  folder_.write("imports/sounds/a.mp3", "a");
  const int64_t id = begin("title,artist,file\nONE,choir,a.mp3\n", cora_, sounds);
  run(importer_);
  EXPECT_EQ(import(id).changed, 1);
  EXPECT_EQ(songs_.find(nobody_, 1)->status, "UPLOADED");
}

TEST_F(ImporterTest, StopsWhereItIsTakenAway) {
  const int64_t id = begin(table(450), cora_);
  EXPECT_EQ(importer_.slice(now_s_), Importer::Next::kSlice);
  EXPECT_FALSE(imports_.remove(anna_, id).has_value()) << "not hers";
  ASSERT_TRUE(imports_.remove(cora_, id).has_value());
  EXPECT_EQ(importer_.slice(now_s_), Importer::Next::kNothing);
  EXPECT_GT(count("SELECT COUNT(*) FROM songs"), 0) << "what came stays";
}

TEST_F(ImporterTest, HasABoundOfRunningOnes) {
  for (int64_t i = 0; i < Imports::kMostRunning; ++i) begin(table(1), cora_);
  EXPECT_FALSE(imports_.add({.account = cora_.account, .file = "x", .created = now_s_}).has_value());
  begin(table(1), anna_);
  EXPECT_EQ(imports_.list(cora_, {})->total, Imports::kMostRunning);
  EXPECT_EQ(imports_.list(dora_, {})->total, Imports::kMostRunning + 1);
  run(importer_);
  EXPECT_EQ(count("SELECT COUNT(*) FROM imports WHERE state = 'running'"), 0);
}

TEST_F(ImporterTest, RemovesOldTablesThatNobodyNeeds) {
  const int64_t id = begin(table(1), cora_);
  folder_.write("imports/young.csv", "just coming");
  folder_.write("imports/old.csv", "left behind");
  const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(48);
  for (const std::string& path : {import(id).file, folder_.path() + "/imports/old.csv"})
    std::filesystem::last_write_time(path, long_ago);
  importer_.tidy();
  EXPECT_EQ(folder_.files_in("imports"), 2);
  EXPECT_EQ(folder_.read("imports/old.csv"), "");
}

TEST(ImportedFiles, LieBelowTheirFolder) {
  EXPECT_EQ(Importer::file_in("/f", "a b/c.mp3"), "/f/a b/c.mp3");
  EXPECT_EQ(Importer::file_in("/f", "a b\\c.mp3"), "/f/a b/c.mp3");
  EXPECT_EQ(Importer::file_in("/f", "..\\..\\c.mp3"), std::nullopt);
  const std::string zero("a\0b", 3);
  for (const std::string& cell : {std::string(), std::string("/etc/passwd"), std::string("../x"), std::string("a/../../x"),
                                  std::string(".."), zero, std::string(2'000, 'x')})
    EXPECT_EQ(Importer::file_in("/f", cell), std::nullopt) << cell;
}

}  // namespace
}  // namespace roundelay::importer_test
