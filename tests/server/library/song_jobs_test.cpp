// Jobs of songs: leased, renewed, tried three times.
#include "server/library/song_jobs.h"

#include <gtest/gtest.h>

#include "server/library/job_kinds.h"
#include "server/library/songs.h"
#include "server/library/sql.h"
#include "server/library/tagged_song.h"

namespace roundelay::song_jobs_test {
namespace {

class SongJobsTest : public testing::Test {
 protected:
  // A song with a file, of a title, whose tags alone are to be read.
  int64_t add(const std::string& title) {
    int64_t id = 0;
    EXPECT_TRUE(database_.transaction([&] {
      SongFields fields;
      fields.title = title;
      const std::string hash = title + "'s hash";
      if (!run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES (?, 1, 'mp3')", {hash})) return false;
      id = Songs(database_).insert(fields, {.hash = hash, .status = "UPLOADED"}, 0, 1);
      return id != 0 && run_sql(database_, "DELETE FROM jobs WHERE kind <> 'tags'");
    }));
    return id;
  }
  std::string status(int64_t song) {
    std::string out;
    EXPECT_TRUE(
        each_row(database_, "SELECT status FROM songs WHERE id = ?", {song}, [&](const SqlRow& row) { out = row.text(0); }));
    return out;
  }

  LibraryDatabase database_{":memory:"};
  SongJobs jobs_{database_};
};

TEST_F(SongJobsTest, ASongThatBringsAFileHasOneAndOneWithoutHasNone) {
  EXPECT_FALSE(jobs_.claim(100));
  const int64_t song = add("Shenandoah");
  EXPECT_TRUE(jobs_.note_title(song, "Shenandoah"));
  EXPECT_TRUE(database_.transaction([&] {
    SongFields words;
    words.title = "Only words";
    return Songs(database_).insert(words, {}, 0, 1) != 0;
  }));
  EXPECT_EQ(jobs_.waiting(), 1);
  const auto job = jobs_.claim(100);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->kind, "tags");
  EXPECT_EQ(job->song, song);
  EXPECT_EQ(job->hash, "Shenandoah's hash");
  EXPECT_EQ(job->title, "Shenandoah");
  EXPECT_TRUE(jobs_.done(job->id));
  EXPECT_EQ(jobs_.waiting(), 0);
}

TEST_F(SongJobsTest, AFileHasOneOfEachKindThatAllHaveAndItsTagsComeFirst) {
  for (const char* title : {"A", "B"}) {
    EXPECT_TRUE(run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES (?, 1, 'mp3')", {title}));
    EXPECT_TRUE(run_sql(database_, "INSERT INTO songs (title, private, status, created) VALUES (?, 0, 'NO_FILE', 1)", {title}));
  }
  EXPECT_EQ(jobs_.waiting(), 0);
  EXPECT_TRUE(run_sql(database_, "UPDATE songs SET hash = title"));
  EXPECT_TRUE(run_sql(database_, "UPDATE songs SET hash = 'B' WHERE title = 'A'"));
  std::vector<std::string> kinds;
  for (auto job = jobs_.claim(100); job; job = jobs_.claim(100)) kinds.push_back(job->kind);
  size_t all = 0;
  for (const JobKind& kind : job_kinds()) all += kind.of_every_song ? 1 : 0;
  ASSERT_EQ(kinds.size(), 2 * all);
  EXPECT_EQ(kinds[0], "tags");
  EXPECT_EQ(kinds[1], "tags");
}

TEST_F(SongJobsTest, NobodyElseGetsWhatIsLeasedUntilTheLeaseRunsOut) {
  (void)add("One");
  const auto first = jobs_.claim(100);
  ASSERT_TRUE(first);
  EXPECT_FALSE(jobs_.claim(100 + SongJobs::kLeaseS - 1));
  EXPECT_TRUE(jobs_.renew(first->id, 150));
  EXPECT_FALSE(jobs_.claim(150 + SongJobs::kLeaseS - 1));
  const auto second = jobs_.claim(150 + SongJobs::kLeaseS);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->id, first->id);
  EXPECT_EQ(second->attempts, 2);
}

TEST_F(SongJobsTest, WhatDiesThreeTimesIsGivenUpAndTheNextOneComes) {
  const int64_t bad = add("Bad");
  const int64_t good = add("Good");
  int64_t now_s = 100;
  std::vector<int64_t> songs;
  for (int i = 0; i < 3; ++i, now_s += SongJobs::kLeaseS) {
    for (auto job = jobs_.claim(now_s); job; job = jobs_.claim(now_s)) {
      songs.push_back(job->song);
      if (job->song == good) {
        EXPECT_TRUE(jobs_.done(job->id));
      }
    }
  }
  EXPECT_EQ(songs, (std::vector{bad, good, bad, bad}));
  EXPECT_FALSE(jobs_.claim(now_s));
  EXPECT_EQ(jobs_.waiting(), 0);
  EXPECT_EQ(status(bad), "FAILED");
  EXPECT_EQ(status(good), "UPLOADED");
  EXPECT_EQ(jobs_.state(bad, "tags"), JobState::kGivenUp);
  EXPECT_EQ(jobs_.state(good, "tags"), JobState::kNone);
}

TEST_F(SongJobsTest, AJobOfAKindThatIsNotKnownIsDropped) {
  const int64_t song = add("One");
  EXPECT_TRUE(jobs_.add(song, "stems of tomorrow", {}, JobTurn::kNow));
  const auto job = jobs_.claim(100);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->kind, "tags");
  EXPECT_EQ(jobs_.waiting(), 1);
  EXPECT_EQ(status(song), "UPLOADED");
}

TEST_F(SongJobsTest, OneThatIsWantedNowComesBeforeTheOthersWithItsArgument) {
  const int64_t first = add("First");
  const int64_t second = add("Second");
  EXPECT_TRUE(jobs_.add(first, "tags", "last", JobTurn::kLast));
  EXPECT_TRUE(jobs_.add(second, "tags", "96", JobTurn::kNow));
  EXPECT_TRUE(jobs_.add(second, "tags", "96", JobTurn::kNow)) << "it is there already";
  EXPECT_EQ(jobs_.state(second, "tags", "96"), JobState::kWaiting);
  EXPECT_EQ(jobs_.state(second, "tags", "64"), JobState::kNone);
  EXPECT_EQ(jobs_.waiting(), 4);
  std::vector<std::pair<int64_t, std::string>> order;
  for (auto job = jobs_.claim(100); job; job = jobs_.claim(100)) order.emplace_back(job->song, job->argument);
  EXPECT_EQ(order, (std::vector<std::pair<int64_t, std::string>>{{second, "96"}, {first, ""}, {second, ""}, {first, "last"}}));
}

TEST_F(SongJobsTest, IsWantedAsLongAsItsSongHasThatFile) {
  const int64_t song = add("One");
  const auto job = jobs_.claim(100);
  ASSERT_TRUE(job);
  EXPECT_TRUE(jobs_.is_wanted(*job));
  EXPECT_TRUE(run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES ('another', 1, 'mp3')"));
  EXPECT_TRUE(run_sql(database_, "UPDATE songs SET hash = 'another' WHERE id = ?", {song}));
  EXPECT_FALSE(jobs_.is_wanted(*job));
  const auto anew = jobs_.claim(100);
  ASSERT_TRUE(anew) << "the new file has jobs of its own";
  EXPECT_EQ(anew->hash, "another");
  EXPECT_EQ(anew->attempts, 1);
}

TEST_F(SongJobsTest, WhatFailsComesAgainAfterAWhileAndAfterTheOthers) {
  const int64_t bad = add("Bad");
  const auto first = jobs_.claim(100);
  ASSERT_TRUE(first);
  EXPECT_TRUE(jobs_.give_back(*first, phrase("server_cannot_read_the_file"), 100));
  EXPECT_FALSE(jobs_.claim(100 + SongJobs::kAgainS - 1));
  const int64_t good = add("Good");
  const auto other = jobs_.claim(100 + SongJobs::kAgainS);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->song, good);
  const auto again = jobs_.claim(100 + SongJobs::kAgainS);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->song, bad);
  EXPECT_EQ(again->attempts, 2);
}

TEST_F(SongJobsTest, WhatIsPutOffWasNotTried) {
  const int64_t song = add("One");
  int64_t now_s = 100;
  for (int i = 0; i < 5; ++i, now_s += SongJobs::kPutOffS) {
    const auto job = jobs_.claim(now_s);
    ASSERT_TRUE(job) << i;
    EXPECT_EQ(job->attempts, 1);
    EXPECT_TRUE(jobs_.put_off(*job, now_s));
    EXPECT_FALSE(jobs_.claim(now_s + SongJobs::kPutOffS - 1));
  }
  EXPECT_EQ(status(song), "UPLOADED");
}

TEST_F(SongJobsTest, ItGoesWithItsSong) {
  const int64_t song = add("Gone");
  const auto job = jobs_.claim(100);
  ASSERT_TRUE(job);
  EXPECT_TRUE(run_sql(database_, "DELETE FROM songs WHERE id = ?", {song}));
  EXPECT_FALSE(jobs_.renew(job->id, 110));
  EXPECT_EQ(jobs_.waiting(), 0);
}

TEST(TaggedSong, TagsFillInWhatNobodySaid) {
  SongFields fields;
  fields.title = "03 track";
  fields.genre = "Shanty";
  fields.length_ms = 60'000;
  const SongFields out = with_tags(fields,
                                   {{"title", "Shenandoah"},
                                    {"artist", "The Choir"},
                                    {"genre", "Folk"},
                                    {"track", 3},
                                    {"year", 1910},
                                    {"key", "bb minor"},
                                    {"tempo_bpm", 72.0},
                                    {"length_ms", 61'000}},
                                   "03 track");
  EXPECT_EQ(out.title, "Shenandoah");
  EXPECT_EQ(out.artist, "The Choir");
  EXPECT_EQ(out.genre, "Shanty");
  EXPECT_EQ(out.track, 3);
  EXPECT_EQ(out.year, 1910);
  EXPECT_EQ(out.key, "Bbm");
  EXPECT_EQ(out.tempo_bpm, 72.0);
  EXPECT_EQ(out.length_ms, 61'000) << "a file's length is its own, whatever a table said";
}

TEST(TaggedSong, TellsWhoseItsAlbumIsWhereNobodySaidWhichItIs) {
  SongFields fields;
  fields.title = "T";
  const nlohmann::json tags{{"artist", "Anna"}, {"album", "Carols"}, {"album_artist", "Various Artists"}};
  EXPECT_EQ(with_tags(fields, tags, "T").album_artist, "Various Artists");
  fields.album = "Mine";
  EXPECT_EQ(with_tags(fields, tags, "T").album_artist, "");
}

TEST(TaggedSong, ATitleThatSomebodyGaveStaysAndSoDoesOneThatWasChangedSince) {
  SongFields fields;
  fields.title = "Mine";
  EXPECT_EQ(with_tags(fields, {{"title", "Theirs"}}, "").title, "Mine");
  EXPECT_EQ(with_tags(fields, {{"title", "Theirs"}}, "the file's").title, "Mine");
}

TEST(TaggedSong, WhatMakesNoSenseCostsOnlyItself) {
  SongFields fields;
  fields.title = "T";
  const SongFields out = with_tags(fields,
                                   {{"title", 7},
                                    {"artist", std::string(5'000, 'x')},
                                    {"album", nlohmann::json::array({"a"})},
                                    {"track", -4},
                                    {"year", "soon"},
                                    {"key", "H sharp flat"},
                                    {"tempo_bpm", 1e9},
                                    {"uploader", 1},
                                    {"is_private", false},
                                    {"genre", "Folk"}},
                                   "T");
  SongFields wanted = fields;
  wanted.genre = "Folk";
  EXPECT_EQ(out, wanted);
  EXPECT_EQ(with_tags(fields, nlohmann::json::array(), "T"), fields);
}

}  // namespace
}  // namespace roundelay::song_jobs_test
