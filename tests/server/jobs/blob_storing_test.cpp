#include "server/jobs/blob_storing.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <optional>

#include "server/base/text.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::blob_storing_test {
namespace {

using Outcome = BlobStoring::Outcome;

std::string sha256(const std::string& content) {
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const uint8_t*>(content.data()), content.size());
  return hex(hash);
}

class BlobStoringTest : public testing::Test {
 protected:
  BlobStoringTest() { std::filesystem::create_directories(folder_.path() + "/blobs"); }
  // A file of this content, that should have this hash.
  BlobStoring::File file(const std::string& content, const std::string& hash) {
    const std::string path = folder_.write("blobs/tmp-1", content);
    return {.descriptor = FileDescriptor(open(path.c_str(), O_RDWR | O_CLOEXEC)),
            .path = path,
            .folder = folder_.path() + "/blobs",
            .sha256 = hash};
  }
  std::optional<Outcome> store(BlobStoring::File file) {
    std::optional<Outcome> outcome;
    const auto storing = BlobStoring::start(loop_.get(), std::move(file), [&](Outcome how) { outcome = how; });
    EXPECT_TRUE(loop_.run_until([&] { return outcome.has_value(); }));
    return outcome;
  }

  TemporaryFolder folder_;
  Loop loop_;
};

TEST_F(BlobStoringTest, AFileGoesUnderTheNameOfItsContent) {
  EXPECT_EQ(store(file("sound", sha256("sound"))), Outcome::kStored);
  EXPECT_EQ(folder_.read("blobs/" + sha256("sound")), "sound");
  EXPECT_EQ(folder_.files_in("blobs"), 1);
}

TEST_F(BlobStoringTest, WhatIsThereAlreadyIsNotTouchedForItMayBeMapped) {
  const std::string first = folder_.write("blobs/" + sha256("sound"), "sound");
  const auto inode = [&] {
    struct stat info {};
    stat(first.c_str(), &info);
    return info.st_ino;
  };
  const auto before = inode();
  EXPECT_EQ(store(file("sound", sha256("sound"))), Outcome::kStored);
  EXPECT_EQ(inode(), before);
  EXPECT_EQ(folder_.files_in("blobs"), 2) << "the second file is its owner's to remove";
}

TEST_F(BlobStoringTest, AHashThatTheContentDoesNotHaveIsNotBelieved) {
  EXPECT_EQ(store(file("noise", sha256("sound"))), Outcome::kWrongHash);
  EXPECT_EQ(folder_.read("blobs/tmp-1"), "noise");
  EXPECT_EQ(folder_.files_in("blobs"), 1);
}

TEST_F(BlobStoringTest, AFileThatCannotBeReadOrMovedIsSaidToHaveFailed) {
  BlobStoring::File good = file("sound", sha256("sound"));
  EXPECT_EQ(store({FileDescriptor(-1), good.path, good.folder, good.sha256}), Outcome::kFailed);
  auto nowhere = file("sound", sha256("sound"));
  nowhere.folder += "/none";
  EXPECT_EQ(store(std::move(nowhere)), Outcome::kFailed);
}

TEST_F(BlobStoringTest, NobodyIsCalledWhoHasGoneMeanwhile) {
  bool called = false;
  auto storing = BlobStoring::start(loop_.get(), file("sound", sha256("sound")), [&](Outcome) { called = true; });
  storing.reset();
  while (uv_run(loop_.get(), UV_RUN_DEFAULT) != 0) {
  }
  EXPECT_FALSE(called);
  EXPECT_EQ(folder_.read("blobs/" + sha256("sound")), "sound") << "what was under way went on";
}

}  // namespace
}  // namespace roundelay::blob_storing_test
