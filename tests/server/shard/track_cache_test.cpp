#include "server/shard/track_cache.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "codec/opus.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::track_cache_test {
namespace {

// A track of one block of silence (codec/track.h).
std::string blob() {
  BlockEncoder encoder{EncoderSettings{}};
  const float silence[kBlockSamples] = {};
  std::array<uint8_t, kMaxPacketBytes> packet;
  const auto bytes = static_cast<size_t>(encoder.encode(silence, packet));
  std::string out = "RNDLTRK1";
  const auto put = [&](uint64_t value, int count) {
    for (int i = 0; i < count; ++i) out += static_cast<char>(value >> (8 * i));
  };
  for (const uint32_t value : {1, 0, 1, 0}) put(value, 4);
  put(kBlockSamples, 8);
  const size_t begin = out.size() + 8;
  put(begin, 4);
  put(begin + bytes, 4);
  return out.append(reinterpret_cast<const char*>(packet.data()), bytes);
}

class TrackCacheTest : public testing::Test {
 protected:
  TrackCacheTest() { folder_.write(to_hex(digest_), blob()); }
  using Track = std::shared_ptr<const MappedTrack>;
  [[nodiscard]] Track get(const Digest& digest) {
    std::optional<Track> got;
    cache_->get(digest, [&](Track track) { got = std::move(track); });
    EXPECT_TRUE(loop_.run_until([&] { return got.has_value(); }));
    return got.value_or(nullptr);
  }

  TemporaryFolder folder_;
  Loop loop_;
  Digest digest_{1, 2, 3};
  std::optional<TrackCache> cache_{std::in_place, loop_.get(), folder_.path()};
};

TEST_F(TrackCacheTest, ATrackIsMappedOnceWhileAnybodyHoldsIt) {
  const Track first = get(digest_);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->view().blocks(), 1);
  EXPECT_EQ(get(digest_), first);
}

TEST_F(TrackCacheTest, WhatIsMissingOrBrokenIsNone) {
  EXPECT_EQ(get(Digest{9}), nullptr);
  folder_.write(to_hex(Digest{8}), blob() + "x");
  EXPECT_EQ(get(Digest{8}), nullptr);
  folder_.write(to_hex(Digest{7}), "");
  EXPECT_EQ(get(Digest{7}), nullptr);
}

TEST_F(TrackCacheTest, AnAnswerMayComeAfterTheEndOfTheCache) {
  Track got;
  cache_->get(digest_, [&](Track track) { got = std::move(track); });
  cache_.reset();
  EXPECT_TRUE(loop_.run_until([&] { return got != nullptr; }));
}

}  // namespace
}  // namespace roundelay::track_cache_test
