#include "server/library/upload_space.h"

#include "server/library/librarian_counts.h"
#include "server/library/library_settings.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::upload_space_test {
namespace {

using enum LibraryMethod;
using enum LibraryRole;

class UploadSpaceTest : public LibraryTest {
 protected:
  // A song of so many MB, as it comes: asked first, then there.
  int send(const std::string& hash, int64_t mb, const std::optional<LibraryAccount>& who) {
    const int status = announce(mb, who);
    if (status != 0) return status;
    library_.under_way.end(who ? who->id : 0, mb * 1'000'000);
    LibraryRequest request = request_to(kPost, "/songs/upload", {{"title", hash}});
    request.account = who;
    request.file = ReceivedFile{.sha256 = hash, .bytes = mb * 1'000'000, .name = "a.mp3", .kind = "mp3"};
    return answer_library(library_, request).status;
  }
  // 0: it may come.
  int announce(int64_t mb, const std::optional<LibraryAccount>& who) {
    LibraryRequest request = request_to(kPost, "/songs/upload");
    request.account = who;
    request.coming_bytes = mb * 1'000'000;
    const auto refused = refuse_file(library_, request);
    if (refused) said_ = refused->errors[0];
    return refused ? refused->status : 0;
  }

  nlohmann::json said_;
  LibraryAccount anna_ = account("Anna", kMember);
  LibraryAccount bert_ = account("Bert", kMember);
  LibraryAccount cora_ = account("Cora", kCurator);
};

TEST_F(UploadSpaceTest, IsBoundedForAnAccountAndNotForACurator) {
  settings_.account_mb = 10;
  EXPECT_EQ(send("a", 6, anna_), 201);
  EXPECT_EQ(send("b", 5, anna_), 507);
  EXPECT_EQ(said_["code"], "account_full") << "no file is too large here";
  EXPECT_EQ(said_["sentence"], "library_account_is_full");
  EXPECT_EQ(said_["values"]["most"], 10);
  EXPECT_EQ(send("c", 4, anna_), 201);
  EXPECT_EQ(send("b", 5, bert_), 201);
  EXPECT_EQ(send("d", 50, cora_), 201);
  const auto song = ask(kGet, "/songs", nullptr, anna_).data["songs"][0]["id"].get<int64_t>();
  EXPECT_EQ(ask(kDelete, "/songs/" + std::to_string(song), nullptr, anna_).status, 200);
  EXPECT_EQ(send("b2", 5, anna_), 201);
}

TEST_F(UploadSpaceTest, IsBoundedForAll) {
  settings_.all_mb = 10;
  EXPECT_EQ(send("a", 6, anna_), 201);
  EXPECT_EQ(send("b", 5, cora_), 507);
  EXPECT_EQ(said_["code"], "disk_full");
  EXPECT_EQ(said_["sentence"], "library_is_full");
  EXPECT_EQ(send("b", 4, cora_), 201);
}

TEST_F(UploadSpaceTest, CountsWhatIsBeingReceived) {
  settings_.account_mb = 10;
  EXPECT_EQ(announce(6, anna_), 0);
  EXPECT_EQ(announce(6, anna_), 507) << "two at once would be too much";
  EXPECT_EQ(announce(6, bert_), 0);
  library_.under_way.end(anna_.id, 6'000'000);
  EXPECT_EQ(announce(6, anna_), 0);
  unix_s_ += 3'601;  // whoever sent it has gone
  EXPECT_EQ(announce(6, anna_), 0);
}

TEST_F(UploadSpaceTest, IsSetByAdmins) {
  const auto dora = account("Dora", kAdmin);
  EXPECT_EQ(ask(kPatch, "/", {{"account_mb", 7}, {"all_mb", 70}}, dora).data["account_mb"], 7);
  EXPECT_EQ(ask(kPatch, "/", {{"account_mb", -1}}, dora).status, 422);
  EXPECT_EQ(ask(kPatch, "/", {{"all_mb", "much"}}, dora).status, 422);
  LibrarySettings read;
  EXPECT_TRUE(read_library_settings(database_, read));
  EXPECT_EQ(read.account_mb, 7);
  EXPECT_EQ(read.all_mb, 70);
}

TEST_F(UploadSpaceTest, SaysWhenAnotherTryMakesSense) {
  LibraryAnswer answer;
  for (int i = 0; i < 7'000 && answer.status != 429; ++i) answer = call(kGet, "/");
  ASSERT_EQ(answer.status, 429);
  EXPECT_EQ(answer.headers.at(0), std::pair(std::string("retry-after"), std::string("1")));
}

TEST_F(UploadSpaceTest, IsToldInTheMetricsWithTheRequestsByKind) {
  EXPECT_EQ(LibrarianCounts::kind_of_request(kGet, "/search"), LibraryCount::kSearches);
  EXPECT_EQ(LibrarianCounts::kind_of_request(kGet, "/songs/7/song.mp3"), LibraryCount::kFiles);
  EXPECT_EQ(LibrarianCounts::kind_of_request(kGet, "/songs/7/song.opus"), LibraryCount::kFiles);
  EXPECT_EQ(LibrarianCounts::kind_of_request(kGet, "/songs"), LibraryCount::kPages);
  EXPECT_EQ(LibrarianCounts::kind_of_request(kPost, "/auth/login"), LibraryCount::kAccounts);
  EXPECT_EQ(LibrarianCounts::kind_of_request(kPatch, "/songs/7"), LibraryCount::kChanges);
  const std::string path = folder_.path() + "/library.counts";
  LibrarianCounts counts(path);
  EXPECT_EQ(send("a", 6, anna_), 201);
  counts.asked(request_to(kGet, "/search"));
  counts.kept({.sha256 = "a", .bytes = 6'000'000}, library_answer(nullptr, 201));
  counts.kept({.sha256 = "b", .bytes = 6'000'000}, library_answer(nullptr, 422));
  const Importer importer(database_, folder_.path());
  counts.look(library_, importer, 1);
  const LibraryCounts seen(path);  // as a shard has it
  EXPECT_EQ(seen.value(LibraryCount::kSearches), 1U);
  EXPECT_EQ(seen.value(LibraryCount::kUploads), 1U);
  EXPECT_EQ(seen.value(LibraryCount::kUploadBytes), 6'000'000U);
  EXPECT_EQ(seen.value(LibraryCount::kSongs), 1U);
  EXPECT_EQ(seen.value(LibraryCount::kFileBytes), 6'000'000U);
}

}  // namespace
}  // namespace roundelay::upload_space_test
