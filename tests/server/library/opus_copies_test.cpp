// Songs as Opus for slow lines: made when they are wanted, bounded, and for whoever may hear the song.
#include "server/library/opus_copies.h"

#include <fstream>

#include "server/library/derived_files.h"
#include "server/library/song_jobs.h"
#include "server/library/sql.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::opus_copies_test {
namespace {

using enum LibraryMethod;
using enum LibraryRole;
using State = OpusCopies::State;

class OpusCopiesTest : public LibraryTest {
 protected:
  OpusCopiesTest() { EXPECT_TRUE(derived_.watch()); }

  // A song of 100 s; of 320 kbit/s, unless another size is given.
  int64_t add(const std::string& hash, int64_t bytes = 4'000'000) {
    const int64_t id = upload(hash, anna_).data["song"]["id"].get<int64_t>();
    EXPECT_TRUE(run_sql(database_, "UPDATE files SET bytes = ? WHERE hash = ?", {bytes, hash}));
    EXPECT_TRUE(run_sql(database_, "UPDATE songs SET length_ms = 100000 WHERE id = ?", {id}));
    EXPECT_TRUE(run_sql(database_, "DELETE FROM jobs"));
    return id;
  }
  LibraryAnswer get(int64_t song, std::vector<std::pair<std::string, std::string>> query, std::optional<LibraryAccount> as) {
    LibraryRequest request = request_to(kGet, "/songs/" + std::to_string(song) + "/song.opus");
    request.query = std::move(query);
    request.account = std::move(as);
    return answer_library(library_, request);
  }
  LibraryAnswer get(int64_t song) { return get(song, {}, anna_); }
  static OpusSource source(int64_t song, const std::string& hash) {
    return {.song = song, .hash = hash, .kind = "mp3", .title = "A", .bytes = 4'000'000, .length_ms = 100'000};
  }
  // What a worker would do.
  void make(int64_t song, const std::string& hash, const std::string& kbits = "96", int64_t bytes = 1'200'000) {
    const std::string made = settings_.files_dir + "/.job";
    std::ofstream(made, std::ios::binary) << "OggS";
    std::filesystem::resize_file(made, static_cast<uintmax_t>(bytes));
    const SongJob job{.kind = "opus", .song = song, .hash = hash, .argument = kbits};
    const nlohmann::json verdict;
    EXPECT_TRUE(database_.transaction([&] {
      return copies_.keep({.job = job, .verdict = verdict, .out_fd = -1, .out_path = made, .now_s = unix_s_}) &&
             run_sql(database_, "DELETE FROM jobs WHERE song = ?", {song});
    }));
    derived_.sweep();
  }
  [[nodiscard]] bool there(const std::string& hash, const std::string& kind = "opus-96") const {
    return std::filesystem::exists(settings_.files_dir + "/" + hash + "." + kind);
  }

  LibraryAccount anna_ = account("Anna", kMember);
  LibraryAccount bert_ = account("Bert", kMember);
  SongJobs jobs_{database_};
  DerivedFiles derived_{database_, settings_.files_dir};
  OpusCopies copies_{database_, settings_.files_dir};
};

TEST_F(OpusCopiesTest, AreMadeWhenTheyAreWantedAndSentThen) {
  const int64_t song = add("aa");
  const LibraryAnswer first = get(song);
  EXPECT_EQ(first.status, 202);
  EXPECT_EQ(first.data["status"], "MAKING");
  EXPECT_EQ(first.headers.at(0), std::pair(std::string("retry-after"), std::string("1")));
  EXPECT_EQ(get(song, {{"kbits", "96"}}, anna_).status, 202);
  EXPECT_EQ(jobs_.waiting(), 1) << "one job, however often it is asked for";
  make(song, "aa");
  const LibraryAnswer made = get(song);
  ASSERT_NE(made.file, nullptr);
  EXPECT_EQ(made.file->path, settings_.files_dir + "/aa.opus-96");
  EXPECT_EQ(made.file->content_type, "audio/ogg");
  EXPECT_EQ(made.file->content, "aa.opus-96");
  EXPECT_EQ(get(song, {{"kbits", "48"}}, anna_).status, 202) << "another rate is another file";
  EXPECT_EQ(get(song, {{"kbits", "64"}}, anna_).status, 422);
  EXPECT_EQ(library_.opus.sent, 1U);
  EXPECT_EQ(library_.opus.not_made, 3U);
}

TEST_F(OpusCopiesTest, LeadToTheOriginalMeanwhileForWhoCannotWait) {
  const int64_t song = add("aa");
  const LibraryAnswer answer = get(song, {{"meanwhile", "original"}}, anna_);
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(answer.headers.at(0), std::pair(std::string("location"), std::string("song.mp3")));
  EXPECT_EQ(jobs_.waiting(), 1);
  make(song, "aa");
  EXPECT_NE(get(song, {{"meanwhile", "original"}}, anna_).file, nullptr);
}

TEST_F(OpusCopiesTest, AreForWhoMayHearTheSong) {
  const int64_t song = add("aa");
  for (const auto& other : {std::optional(bert_), std::optional<LibraryAccount>()}) EXPECT_EQ(get(song, {}, other).status, 404);
  EXPECT_EQ(jobs_.waiting(), 0);
  EXPECT_EQ(ask(kPatch, "/songs/" + std::to_string(song), {{"private", false}}, anna_).status, 200);
  EXPECT_EQ(get(song, {}, std::nullopt).status, 202);
  EXPECT_EQ(get(99, {}, anna_).status, 404);
  const int64_t silent = ask(kPost, "/songs", {{"title", "No sound"}}, anna_).data["song"]["id"].get<int64_t>();
  EXPECT_EQ(get(silent).status, 404);
}

TEST_F(OpusCopiesTest, AreNotMadeOfWhatTakesNoMoreAlready) {
  const int64_t small = add("aa", 1'200'000);
  const LibraryAnswer answer = get(small);
  ASSERT_NE(answer.file, nullptr);
  EXPECT_EQ(answer.file->path, settings_.files_dir + "/aa");
  EXPECT_EQ(answer.file->content_type, "audio/mpeg");
  EXPECT_EQ(get(small, {{"kbits", "48"}}, anna_).status, 202);
  EXPECT_FALSE(OpusCopies::takes_no_more({.song = 1, .hash = "a", .kind = "mp3", .title = {}, .bytes = 1}, 96))
      << "nobody knows how long it is";
}

TEST_F(OpusCopiesTest, ComeBeforeTheOtherJobs) {
  const int64_t first = add("aa"), second = add("bb");
  EXPECT_TRUE(jobs_.add(first, "tags"));
  EXPECT_EQ(get(second).status, 202);
  const auto job = jobs_.claim(unix_s_);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->kind, "opus");
  EXPECT_EQ(job->argument, "96");
  EXPECT_EQ(job->song, second);
}

TEST_F(OpusCopiesTest, AreBoundedInWhatOneAccountWaitsFor) {
  std::vector<int64_t> songs;
  for (int i = 0; i <= OpusCopies::kMostWaiting; ++i) songs.push_back(add(std::to_string(i)));
  for (int i = 0; i < OpusCopies::kMostWaiting; ++i) EXPECT_EQ(get(songs[static_cast<size_t>(i)]).status, 202) << i;
  EXPECT_EQ(get(songs.back()).status, 429);
  EXPECT_EQ(get(songs.back(), {{"meanwhile", "original"}}, anna_).status, 302);
  EXPECT_EQ(get(songs.front()).status, 202) << "that one is on its way";
  EXPECT_EQ(copies_.want(source(songs.back(), "x"), 96, bert_.id, unix_s_), State::kMaking) << "others have bounds of their own";
}

TEST_F(OpusCopiesTest, AreNotTriedForEver) {
  const int64_t song = add("aa");
  EXPECT_EQ(get(song).status, 202);
  EXPECT_TRUE(run_sql(database_, "UPDATE jobs SET leased_until = ?", {SongJobs::kGivenUpS}));
  EXPECT_EQ(get(song).status, 422);
  EXPECT_EQ(get(song, {{"meanwhile", "original"}}, anna_).status, 302);
  EXPECT_EQ(copies_.want(source(song, "aa"), 48, anna_.id, unix_s_), State::kMaking) << "that one was not tried";
}

TEST_F(OpusCopiesTest, LoseTheOneThatWasNotHeardForLongestWhereThereAreTooMany) {
  constexpr int64_t kEach = OpusCopies::kLeastMostBytes / 3 + 1'000;  // sparse files: two fit, three do not
  const int64_t first = add("aa"), second = add("bb"), third = add("cc");
  make(first, "aa", "96", kEach);
  unix_s_ += 1'000;
  make(second, "bb", "96", kEach);
  unix_s_ += 1'000;
  EXPECT_NE(get(first).file, nullptr);  // so it is the second that nobody has heard for longest
  make(third, "cc", "96", kEach);
  EXPECT_TRUE(there("aa"));
  EXPECT_FALSE(there("bb"));
  EXPECT_TRUE(there("cc"));
  EXPECT_EQ(get(second).status, 202) << "it is made again";
}

TEST_F(OpusCopiesTest, MayTakeAFifthOfWhatTheOriginalsHave) {
  EXPECT_EQ(copies_.most_bytes(), OpusCopies::kLeastMostBytes);
  (void)add("aa", 50'000'000'000);
  EXPECT_EQ(copies_.most_bytes(), 10'000'000'000);
}

TEST_F(OpusCopiesTest, AreSentToTheEndThoughTheyAreThrownAwayMeanwhile) {
  const int64_t song = add("aa");
  make(song, "aa");
  std::ifstream sending(get(song).file->path, std::ios::binary);
  EXPECT_TRUE(derived_.forget("aa", "opus-96"));
  derived_.sweep();
  EXPECT_FALSE(there("aa"));
  std::string rest(std::istreambuf_iterator<char>(sending), {});
  EXPECT_EQ(rest.size(), 1'200'000U);
}

TEST_F(OpusCopiesTest, TellOpusFromOtherOgg) {
  const auto is_opus = [&](const std::string& kind, const std::string& packet) {
    const std::string page = std::string("OggS\0\x02", 6) + std::string(20, '\0') + "\x01\x13" + packet + "and more of it";
    std::ofstream(settings_.files_dir + "/aa", std::ios::binary) << page;
    OpusSource source{.song = 1, .hash = "aa", .kind = kind, .title = {}};
    return copies_.is_opus(source);
  };
  EXPECT_TRUE(is_opus("ogg", "OpusHead"));
  EXPECT_FALSE(is_opus("ogg", "\x01vorbis"));
  EXPECT_FALSE(is_opus("mp3", "OpusHead"));
}

TEST(OpusKbits, AreTheNextOnesBelowOrTheLeast) {
  EXPECT_EQ(opus_kbits_below(32), 48);
  EXPECT_EQ(opus_kbits_below(95), 48);
  EXPECT_EQ(opus_kbits_below(96), 96);
  EXPECT_EQ(opus_kbits_below(320), 96);
}

}  // namespace
}  // namespace roundelay::opus_copies_test
