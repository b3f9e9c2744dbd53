#include "server/room/song.h"

#include <gtest/gtest.h>

namespace roundelay::song_test {
namespace {

constexpr Position kNow{1'000'000 * int64_t{kBlockSamples} + 17};  // not on the grid

Song running(Position start, Position end) {
  Song song;
  song.number = 1;
  song.start = start;
  song.end = end;
  return song;
}

TEST(Song, StartsOnTheGridAfterTheLeadIn) {
  EXPECT_EQ(song_start(kNow, Blocks{75}), (Position{(1'000'001 + 75) * int64_t{kBlockSamples}}));
  const Position on_grid{kBlockSamples * 5};
  EXPECT_EQ(song_start(on_grid, Blocks{75}), (Position{kBlockSamples * 80}));
}

TEST(Song, TrackLengthIsWholeBlocks) {
  Track track;
  track.seconds = 2;
  EXPECT_EQ(track_blocks(track).count, 100);
  track.seconds = 96'001.0 / 48'000;
  EXPECT_EQ(track_blocks(track).count, 101);
  track.seconds = 1.0 / 48'000;
  EXPECT_EQ(track_blocks(track).count, 1);
}

TEST(Song, TrackEndsTheSong) {
  Track track;
  track.seconds = 2;
  EXPECT_EQ(song_end(Position{960}, track), (Position{960 + 96'000}));
  EXPECT_EQ(song_end(Position{960}, std::nullopt).samples, kNoEnd);
}

TEST(Song, LeaderEndsItWhereSheHasSungTo) {
  const Song song = running(kNow - Blocks{500}, Position{kNoEnd});
  const Position end = leader_end(song, kNow, Blocks{10});
  EXPECT_TRUE(end.on_grid());
  EXPECT_GE(end, kNow - Blocks{10});
  EXPECT_LT(end, kNow - Blocks{10} + Blocks{1});
}

TEST(Song, EndIsNeverBeforeItsStartNorAfterTheOldEnd) {
  const Position start{960 * 100};
  EXPECT_EQ(leader_end(running(start, Position{kNoEnd}), start - Blocks{20}, Blocks{0}), start);
  EXPECT_EQ(halt_end(running(start, Position{kNoEnd}), start + Blocks{20}, Blocks{250}), start);
  EXPECT_EQ(leader_end(running(start, start + Blocks{10}), start + Blocks{50}, Blocks{0}), start + Blocks{10});
}

TEST(Song, HaltIsHeardByNobodyAnyMore) {
  const Song song = running(kNow - Blocks{500}, Position{kNoEnd});
  Song halted = song;
  halted.end = halt_end(song, kNow, Blocks{250});
  EXPECT_TRUE(halted.end.on_grid());
  EXPECT_FALSE(song_lasts(halted, kNow + Blocks{1}, Blocks{250}));
  EXPECT_TRUE(song_lasts(song, kNow, Blocks{250}));
}

TEST(Song, LastsUntilTheLastBucketHasHeardTheEnd) {
  const Song song = running(Position{960}, Position{960 * 101});
  EXPECT_TRUE(song_lasts(song, Position{0}, Blocks{250}));  // chosen, not begun
  EXPECT_TRUE(song_lasts(song, Position{960 * 351}, Blocks{250}));
  EXPECT_FALSE(song_lasts(song, Position{960 * 351 + 1}, Blocks{250}));
  EXPECT_FALSE(song_lasts(running(Position{960}, Position{960}), Position{0}, Blocks{250}));
  EXPECT_FALSE(song_lasts(Song{}, Position{0}, Blocks{250}));
}

}  // namespace
}  // namespace roundelay::song_test
