#include "server/library/received_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::received_file_test {
namespace {

class ReceivedFiles : public testing::Test {
 protected:
  std::optional<ReceivedFile> keep(const std::string& content) {
    return keep_received_file(folder_.write("upload", content), folder_.path() + "/files");
  }
  TemporaryFolder folder_;
  bool made_ = std::filesystem::create_directories(folder_.path() + "/files");
};

TEST_F(ReceivedFiles, AreNamedByTheirContent) {
  const auto kept = keep("ID3 but no more");
  ASSERT_TRUE(kept);
  EXPECT_EQ(folder_.files_in("files"), kept->kind.empty() ? 0 : 1);
  const auto flac = keep(std::string("fLaC") + std::string(60, 'x'));
  ASSERT_TRUE(flac);
  EXPECT_EQ(flac->kind, "flac");
  EXPECT_EQ(flac->bytes, 64);
  EXPECT_EQ(flac->sha256.size(), 64U);
  EXPECT_EQ(folder_.read("files/" + flac->sha256).size(), 64U);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/upload"));
}

TEST_F(ReceivedFiles, AreKeptOnceForEachContent) {
  const std::string content = std::string("fLaC") + std::string(60, 'x');
  EXPECT_EQ(keep(content)->sha256, keep(content)->sha256);
  EXPECT_EQ(folder_.files_in("files"), 1);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/upload"));
}

TEST_F(ReceivedFiles, OfNoKnownKindAreNotKept) {
  const auto text = keep("Amazing grace, how sweet the sound that saved a wretch like me.");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->kind, "");
  EXPECT_EQ(folder_.files_in("files"), 0);
}

TEST_F(ReceivedFiles, AreKnownBehindSeveralTags) {
  const std::string tag = std::string("ID3\x03\0\0\0\0\0\x05", 10) + "12345";
  EXPECT_EQ(keep(tag + tag + "\xFF\xFB\x50\xC0 and so on")->kind, "mp3");
  EXPECT_EQ(keep(tag + tag + "fLaC and so on")->kind, "flac");
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += tag;
  EXPECT_EQ(keep(many + "fLaC")->kind, "");
}

TEST_F(ReceivedFiles, ThatAreNotThereAreNotKept) {
  EXPECT_FALSE(keep_received_file(folder_.path() + "/none", folder_.path() + "/files"));
  std::filesystem::create_symlink("/etc/passwd", folder_.path() + "/link");
  EXPECT_FALSE(keep_received_file(folder_.path() + "/link", folder_.path() + "/files"));
}

}  // namespace
}  // namespace roundelay::received_file_test
