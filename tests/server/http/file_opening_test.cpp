#include "server/http/file_opening.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::file_opening_test {
namespace {

class FileOpeningTest : public testing::Test {
 protected:
  // What comes of a path, at once or later.
  std::optional<OpenedFile> opened(const std::string& path) {
    std::optional<std::optional<OpenedFile>> came;
    const auto waits = open_file(loop_.get(), path, [&](std::optional<OpenedFile> file) { came.emplace(std::move(file)); });
    EXPECT_NE(came.has_value(), waits != nullptr) << "at once and without waiting, or later";
    EXPECT_TRUE(loop_.run_until([&] { return came.has_value(); }));
    return came ? std::move(*came) : std::nullopt;
  }

  Loop loop_;
  TemporaryFolder folder_;
  const std::string path_ = folder_.write("song", "12345");
};

// The kernel knows the first path by heart. It never does one through /proc.
TEST_F(FileOpeningTest, GivesTheSameAtOnceAndFromThePool) {
  const auto at_once = opened(path_);
  const FileDescriptor folder(open(folder_.path().c_str(), O_PATH | O_CLOEXEC));
  const auto later = opened("/proc/self/fd/" + std::to_string(folder.get()) + "/song");
  ASSERT_TRUE(at_once && later);
  EXPECT_EQ(at_once->bytes, 5);
  EXPECT_EQ(at_once->etag, later->etag);
  for (const auto* file : {&*at_once, &*later}) {
    std::string content(6, '\0');
    content.resize(static_cast<size_t>(pread(file->file->get(), content.data(), content.size(), 0)));
    EXPECT_EQ(content, "12345");
  }
}

TEST_F(FileOpeningTest, GivesNothingForALinkAFolderAPipeAndWhatIsNotThere) {
  const std::string link = folder_.path() + "/link", pipe = folder_.path() + "/pipe";
  ASSERT_EQ(symlink(path_.c_str(), link.c_str()), 0);
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path : {link, pipe, folder_.path(), folder_.path() + "/nothing"})
    EXPECT_FALSE(opened(path).has_value()) << path;
}

TEST_F(FileOpeningTest, CallsNobodyWhoHasGone) {
  bool called = false;
  open_file(loop_.get(), folder_.path() + "/nothing", [&](const std::optional<OpenedFile>&) { called = true; }).reset();
  EXPECT_TRUE(opened(path_).has_value());
  uv_run(loop_.get(), UV_RUN_DEFAULT);  // until no work is left
  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace roundelay::file_opening_test
