// The metronome: each click, after decoding, lies on its sample, in every bucket and on every shard, however long the song.
#include "server/shard/backing_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "mixer/click_sound.h"
#include "tests/mixer/allocation_count.h"

namespace roundelay::backing_source_test {
namespace {

constexpr int64_t kStart = 1'700'000'000LL * kSampleRate;
constexpr int64_t kTenMinutes = 600LL * kSampleRate;

RoomState room(uint32_t bpm_tenths, uint32_t beats_per_bar, uint32_t count_in_bars, bool click = true) {
  RoomState room;
  room.song_start = kStart;
  room.song_end = kNoEnd;
  room.bpm_tenths = bpm_tenths;
  room.beats_per_bar = beats_per_bar;
  room.count_in_beats = count_in_bars * beats_per_bar;
  room.click = click ? 1 : 0;
  const long double beat = 28'800'000.0L / static_cast<long double>(bpm_tenths);
  const auto count_in = static_cast<int64_t>(std::ceil(beat * room.count_in_beats));
  room.music = kStart + (count_in + kBlockSamples - 1) / kBlockSamples * kBlockSamples;
  return room;
}

// What a client hears of the metronome, run by run: a run is what a decoder that began anew gives until packets end.
struct ClickRun {
  int64_t at = 0;
  std::vector<float> samples;
};

std::vector<ClickRun> heard(const BackingSource& source, int64_t from, int64_t to, int bucket = 0) {
  std::vector<ClickRun> runs;
  BlockDecoder decoder;
  bool on = false;
  for (int64_t at = from; at < to; at += kBlockSamples) {
    const auto packet = source.metronome({at}, bucket);
    if (packet.empty()) {
      on = false;
      continue;
    }
    if (!on) {
      decoder.reset();
      runs.push_back({at, {}});
    }
    on = true;
    float block[kBlockSamples];
    EXPECT_TRUE(decoder.decode(packet, block));
    runs.back().samples.insert(runs.back().samples.end(), std::begin(block), std::end(block));
  }
  if (!runs.empty() && runs.back().samples.size() < ClickPackets::kBlocks * kBlockSamples) runs.pop_back();  // cut off at `to`
  return runs;
}

// Where in a run its click begins, by correlation, and how loud it is as a share of the click's own loudness.
struct Found {
  int64_t at = 0;
  double share = 0;
};

Found find(const ClickRun& run, bool accent) {
  const auto click = click_sound(accent);
  const double energy = std::inner_product(click.begin(), click.end(), click.begin(), 0.0);
  Found best;
  for (size_t lag = 0; lag + click.size() <= run.samples.size(); ++lag) {
    const double product = std::inner_product(click.begin(), click.end(), run.samples.begin() + static_cast<ptrdiff_t>(lag), 0.0);
    if (product / energy > best.share) best = {run.at + static_cast<int64_t>(lag), product / energy};
  }
  return best;
}

TEST(Metronome, EveryClickOfTenMinutesLiesOnItsSampleAtAnyTempo) {
  ClickPackets clicks;
  for (const uint32_t tenths : {400U, 573U, 600U, 925U, 1'000U, 1'331U, 1'879U, 2'400U}) {
    SCOPED_TRACE(tenths);
    const RoomState state = room(tenths, 4, 2);
    const BackingSource source(state, nullptr, &clicks);
    const auto runs = heard(source, kStart - 4 * kBlockSamples, state.music + kTenMinutes);
    int64_t beat = -8;
    int wrong = 0;
    for (const ClickRun& run : runs) {
      const long double exact = static_cast<long double>(beat) * 28'800'000.0L / static_cast<long double>(tenths);
      const int64_t expected = state.music + static_cast<int64_t>(std::floor(exact + 0.5L));
      // Most of the runs are the same: the first and the last are looked through, of the others the likely place.
      const bool accent = beat % 4 == 0;
      if (run.at < kStart + 2 * kSampleRate || run.at > state.music + kTenMinutes - 2 * kSampleRate) {
        const Found found = find(run, accent);
        EXPECT_EQ(found.at, expected) << beat;
        EXPECT_NEAR(found.share, 1, 0.06) << beat;
        EXPECT_LT(find(run, !accent).share, accent ? 0.95 : 0.7) << "the accent sounds otherwise";
      }
      const auto click = click_sound(accent);
      const auto product = [&](int64_t at) {
        const auto begin = run.samples.begin() + static_cast<ptrdiff_t>(at - run.at);
        return std::inner_product(click.begin(), click.end(), begin, 0.0);
      };
      if (expected - 1 < run.at || expected + 1 + kClickSamples > run.at + static_cast<int64_t>(run.samples.size())) {
        ++wrong;
      } else {
        const double here = product(expected);
        wrong += here > product(expected - 1) && here > product(expected + 1) ? 0 : 1;
      }
      ++beat;
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_GE(beat, static_cast<int64_t>(tenths)) << "ten minutes of so many tenths of a beat a minute";
    EXPECT_LE(beat, static_cast<int64_t>(tenths) + 1);
  }
}

TEST(Metronome, EveryShardMakesTheSamePacketsWhateverItMadeBefore) {
  ClickPackets one;
  ClickPackets other;
  const RoomState state = room(925, 3, 1);
  (void)other.packet(17, true, 2);
  const BackingSource first(state, nullptr, &one);
  const BackingSource second(state, nullptr, &other);
  for (int64_t at = state.music + kTenMinutes; at > state.music + kTenMinutes - 20 * kSampleRate; at -= kBlockSamples)
    (void)second.metronome({at}, 0);
  size_t packets = 0;
  for (int64_t at = kStart; at < kStart + 20 * kSampleRate; at += kBlockSamples) {
    const auto a = first.metronome({at}, 0);
    const auto b = second.metronome({at}, 0);
    ASSERT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end()));
    packets += a.empty() ? 0 : 1;
  }
  EXPECT_GE(packets, 3 * 30U);
}

TEST(Metronome, TheCountInIsHeardWithoutClicksToo) {
  ClickPackets clicks;
  const RoomState state = room(1'200, 3, 2, false);
  const BackingSource source(state, nullptr, &clicks);
  const auto runs = heard(source, kStart - 4 * kBlockSamples, state.music + 10 * kSampleRate);
  ASSERT_EQ(runs.size(), 6U);
  EXPECT_EQ(find(runs[0], true).at, kStart);
  EXPECT_EQ(find(runs[3], true).at, kStart + 3 * 24'000);
  EXPECT_EQ(find(runs[5], false).at, state.music - 24'000);
}

TEST(Metronome, CountsEachPartOfARoundIn) {
  ClickPackets clicks;
  RoomState state = room(1'200, 4, 0, false);
  state.round_beats = 8;
  state.round_parts = 3;
  const BackingSource source(state, nullptr, &clicks);
  const auto first_of = [&](int bucket) {
    std::vector<int64_t> out;
    for (const ClickRun& run : heard(source, kStart - 4 * kBlockSamples, kStart + 20 * kSampleRate, bucket))
      out.push_back((find(run, (run.at + kBlockSamples - kStart) / 24'000 % 4 == 0).at - kStart) / 24'000);
    return out;
  };
  EXPECT_EQ(first_of(0), (std::vector<int64_t>{}));
  EXPECT_EQ(first_of(1), (std::vector<int64_t>{4, 5, 6, 7}));
  EXPECT_EQ(first_of(2), (std::vector<int64_t>{12, 13, 14, 15}));
  EXPECT_EQ(first_of(3), (std::vector<int64_t>{})) << "the first part again";
}

TEST(Metronome, IsSilentWithoutATempoWithoutClicksAndBehindTheEnd) {
  ClickPackets clicks;
  const RoomState plain = room(1'200, 4, 0, false);
  EXPECT_TRUE(heard({plain, nullptr, &clicks}, kStart, kStart + 10 * kSampleRate).empty());
  RoomState none;
  none.song_start = none.music = kStart;
  none.click = 1;
  EXPECT_TRUE(heard({none, nullptr, &clicks}, kStart, kStart + 10 * kSampleRate).empty());
  RoomState ends = room(1'200, 1, 0);
  ends.song_end = kStart + 48'000;
  const auto runs = heard({ends, nullptr, &clicks}, kStart - kBlockSamples, kStart + 10 * kSampleRate);
  ASSERT_EQ(runs.size(), 2U) << "the click at the end is none of the song";
  EXPECT_EQ(find(runs[1], false).at, kStart + 24'000) << "bars of one beat have no accent";
}

TEST(Metronome, NothingIsAllocatedInTheTick) {
  ClickPackets clicks;
  const RoomState state = room(1'331, 4, 1);
  const BackingSource source(state, nullptr, &clicks);
  const int64_t before = test_parts::allocation_count();
  size_t bytes = 0;
  for (int64_t at = kStart; at < kStart + 30 * kSampleRate; at += kBlockSamples) bytes += source.metronome({at}, 0).size();
  EXPECT_EQ(test_parts::allocation_count(), before);
  EXPECT_GT(bytes, 0U);
  // 133 clicks a minute beside a mix of 64 kbit/s: 8,000 bytes a second.
  EXPECT_LT(bytes / 30, 2'500U);
}

}  // namespace
}  // namespace roundelay::backing_source_test
