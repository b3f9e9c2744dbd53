#include "server/http/lent_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::lent_files_test {
namespace {

constexpr int64_t kNow = 1'000;

struct NoChannel final : HttpRequest::Channel {
  void on_answer() override {}
  void pause_body(bool) override {}
};

class LentFilesTest : public testing::Test {
 protected:
  LentFilesTest() {
    counts_.reset();
    counts_.set(LibraryCount::kLentVersion, 5);
  }

  std::unique_ptr<HttpRequest> request(const std::string& path, const std::string& cookie = {}) {
    HttpHead head{.method = "GET", .path = path, .arguments = {}, .query = {}, .fields = {}};
    if (!cookie.empty()) head.fields.emplace_back("cookie", cookie);
    return std::make_unique<HttpRequest>(std::move(head), "192.0.2.7", AddressList(), channel_);
  }
  // Lends a file to it that nobody else has open.
  std::weak_ptr<const FileDescriptor> lend(const HttpRequest& to, uint64_t version = 5) {
    auto file = std::make_shared<const FileDescriptor>(dup(STDIN_FILENO));
    link::LibraryReply reply;
    reply.file = "/song";
    reply.version = version;
    lent_.keep(to, reply, OpenedFile{.file = file, .bytes = 9, .etag = "\"e\""}, kNow);
    return file;
  }

  TemporaryFolder folder_;
  LibraryCounts counts_{folder_.path() + "/counts"};
  NoChannel channel_;
  LentFiles lent_{counts_};
};

TEST_F(LentFilesTest, StayOpenForWhoeverAskedAndAreCounted) {
  const auto asked = request("/song");
  const auto file = lend(*asked);
  const LentFiles::Lent* lent = lent_.find(*request("/song"), kNow);
  ASSERT_NE(lent, nullptr);
  EXPECT_EQ(lent->file.file, file.lock());
  EXPECT_EQ(lent->file.bytes, 9);
  EXPECT_EQ(counts_.value(LibraryCount::kLentFiles), 1u);
  EXPECT_EQ(lent_.find(*request("/other"), kNow), nullptr);
  EXPECT_EQ(lent_.find(*request("/song", "a=b"), kNow), nullptr);
  EXPECT_EQ(counts_.value(LibraryCount::kLentFiles), 1u);
}

TEST_F(LentFilesTest, AreNotLentAfterAWriteAndAreClosed) {
  const auto asked = request("/song");
  const auto file = lend(*asked);
  counts_.set(LibraryCount::kLentVersion, 6);
  EXPECT_EQ(lent_.find(*asked, kNow), nullptr);
  EXPECT_TRUE(file.expired());
}

TEST_F(LentFilesTest, AreClosedWithoutBeingAskedForOnceSomethingIsWritten) {
  const auto file = lend(*request("/song"));
  lent_.forget_old(kNow);
  EXPECT_FALSE(file.expired());
  counts_.set(LibraryCount::kLentVersion, 6);
  lent_.forget_old(kNow);
  EXPECT_TRUE(file.expired());
}

TEST_F(LentFilesTest, AreClosedWhenTheirTimeIsOver) {
  const auto file = lend(*request("/song"));
  lent_.forget_old(kNow + LentFiles::kMostNs - 1);
  EXPECT_FALSE(file.expired());
  lent_.forget_old(kNow + LentFiles::kMostNs);
  EXPECT_TRUE(file.expired());
}

TEST_F(LentFilesTest, AreNeverManyOpenOnes) {
  std::vector<std::weak_ptr<const FileDescriptor>> files;
  for (size_t i = 0; i < 2 * LentFiles::kMostFiles; ++i) files.push_back(lend(*request("/song" + std::to_string(i))));
  const auto open = std::count_if(files.begin(), files.end(), [](const auto& file) { return !file.expired(); });
  EXPECT_EQ(static_cast<size_t>(open), LentFiles::kMostFiles);
  EXPECT_FALSE(files.back().expired());
}

TEST_F(LentFilesTest, KeepNothingThatTheLibrarianDoesNotLend) {
  const auto asked = request("/song");
  const auto file = lend(*asked, 0);
  EXPECT_TRUE(file.expired());
  EXPECT_EQ(lent_.find(*asked, kNow), nullptr);
}

}  // namespace
}  // namespace roundelay::lent_files_test
