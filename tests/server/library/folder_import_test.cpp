#include "server/library/folder_import.h"

#include <filesystem>

#include "server/library/received_file.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::folder_import_test {
namespace {

class FolderImportTest : public CatalogueTest {
 protected:
  FolderImportTest() {
    folder_.write("music/02 Shenandoah.flac", "fLaC" + std::string(60, 'x') + "one");
    folder_.write("music/deep/=Grace, \"live\".flac", "fLaC" + std::string(60, 'x') + "two");
    folder_.write("music/notes.txt", "no sound at all, but a text of some length for whoever looks into it");
    std::filesystem::create_symlink(folder_.write("secret.flac", "fLaC" + std::string(60, 'x') + "not hers"),
                                    folder_.path() + "/music/link.flac");
  }
  tl::expected<StagedFolder, std::string> stage(const std::string& csv = "") {
    return stage_folder(database_, folder_.path() + "/music", csv, folder_.path() + "/library/imports");
  }
  [[nodiscard]] std::string table_of(const StagedFolder& staged) const {
    return folder_.read(std::filesystem::relative(staged.table, folder_.path()).string());
  }

  TemporaryFolder folder_;
};

TEST_F(FolderImportTest, StagesTheSoundsBelowAFolder) {
  const auto staged = stage();
  ASSERT_TRUE(staged.has_value()) << staged.error();
  EXPECT_EQ(staged->files, 2);
  EXPECT_EQ(table_of(*staged),
            "title,file\r\n02 Shenandoah,02 Shenandoah.flac\r\n\"'=Grace, \"\"live\"\"\",\"deep/=Grace, \"\"live\"\".flac\"\r\n");
  EXPECT_TRUE(std::filesystem::exists(staged->folder + "/02 Shenandoah.flac"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/music/02 Shenandoah.flac")) << "it is a copy";
  EXPECT_FALSE(std::filesystem::exists(staged->folder + "/link.flac"));
}

TEST_F(FolderImportTest, LeavesOutWhatTheLibraryHas) {
  const auto hash = file_sha256(folder_.path() + "/music/02 Shenandoah.flac");
  ASSERT_TRUE(hash && hash->size() == 64);
  give_file(song(cora_, {{"title", "There"}}), *hash);
  const auto staged = stage();
  ASSERT_TRUE(staged.has_value());
  EXPECT_EQ(staged->known, 1);
  EXPECT_EQ(staged->rows, 1);
}

TEST_F(FolderImportTest, StagesWhatATableNames) {
  const auto staged =
      stage(folder_.write("songs.csv", "title,file\nOne,02 Shenandoah.flac\nOut,../secret.flac\nNone,nowhere.mp3\n"));
  ASSERT_TRUE(staged.has_value()) << staged.error();
  EXPECT_EQ(staged->rows, 3);
  EXPECT_EQ(staged->files, 1);
  EXPECT_EQ(table_of(*staged).substr(0, 10), "title,file");
}

TEST_F(FolderImportTest, StagesThePicturesThatATableNames) {
  folder_.write("music/covers/one.png", "a picture");
  const auto staged =
      stage(folder_.write("songs.csv", "title,file,cover\nOne,02 Shenandoah.flac,covers/one.png\nTwo,,covers/one.png\n"));
  ASSERT_TRUE(staged.has_value()) << staged.error();
  EXPECT_EQ(staged->rows, 2);
  EXPECT_EQ(staged->files, 1);
  EXPECT_TRUE(std::filesystem::exists(staged->folder + "/covers/one.png"));
}

TEST_F(FolderImportTest, SaysWhatIsWrongAndLeavesNothing) {
  EXPECT_FALSE(stage_folder(database_, folder_.path() + "/nowhere", "", folder_.path() + "/library/imports").has_value());
  EXPECT_FALSE(stage(folder_.path() + "/nowhere.csv").has_value());
  EXPECT_FALSE(stage(folder_.write("bad.csv", "artist\nA\n")).has_value());
  EXPECT_EQ(folder_.files_in("library/imports"), 0);
}

}  // namespace
}  // namespace roundelay::folder_import_test
