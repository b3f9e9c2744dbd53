#include "codec/track.h"

#include <gtest/gtest.h>

#include "codec/opus.h"
#include "codec/track_format.h"
#include "tests/codec/test_sound.h"

namespace roundelay::track_test {
namespace {

using namespace track_format;

class TrackViewTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto made = test::make(test::sound_file(test::kWav, 48'000, 1, test::sample(test::glide, 48'000, 1, 0.25)));
    ASSERT_TRUE(made.info) << made.info.error();
    blob_ = made.blob;
  }

  [[nodiscard]] std::string error() const {
    const auto track = TrackView::parse(blob_);
    return track ? "" : track.error();
  }
  void set(size_t at, uint32_t value) { store_u32(&blob_[at], value); }
  [[nodiscard]] uint32_t get(size_t at) const { return load_u32(&blob_[at]); }

  std::vector<uint8_t> blob_;
};

TEST_F(TrackViewTest, GivesThePacketOfEachBlockAndNothingOutside) {
  const auto track = TrackView::parse(blob_);
  ASSERT_TRUE(track) << track.error();
  EXPECT_TRUE(*track);
  EXPECT_EQ(track->preroll(), kTrackPreroll);
  EXPECT_EQ(track->channels(), 1);
  EXPECT_EQ(track->length_samples(), 12'000);
  EXPECT_EQ(track->blocks(), 13);
  EXPECT_TRUE(track->packet(-kTrackPreroll - 1).empty());
  EXPECT_TRUE(track->packet(13).empty());
  EXPECT_TRUE(track->packet(INT64_MIN).empty());
  EXPECT_TRUE(track->packet(INT64_MAX).empty());
  EXPECT_EQ(track->packet(-kTrackPreroll).data(), &blob_[get(kOffsetsAt)]);
  for (int64_t b = -kTrackPreroll; b < 13; ++b) EXPECT_TRUE(is_block_packet(track->packet(b)));
  EXPECT_EQ(track->packet(12).data() + track->packet(12).size(), blob_.data() + blob_.size());
}

TEST_F(TrackViewTest, IsEmptyUntilItIsMade) {
  const TrackView none;
  EXPECT_FALSE(none);
  EXPECT_TRUE(none.packet(0).empty());
}

TEST_F(TrackViewTest, RefusesABlobThatIsCutOffAnywhere) {
  const std::vector<uint8_t> whole = blob_;
  for (size_t len = 0; len < whole.size(); ++len) {
    blob_.assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(len));
    ASSERT_FALSE(error().empty()) << len;
  }
}

TEST_F(TrackViewTest, RefusesWrongFields) {
  const std::vector<uint8_t> whole = blob_;
  const struct {
    size_t at;
    uint32_t value;
    const char* error;
  } cases[] = {
      {0, 0x12345678, "wrong magic"},
      {kChannelsAt, 0, "neither mono nor stereo"},
      {kChannelsAt, 3, "neither mono nor stereo"},
      {kChannelsAt, 2, "a packet has another channel count"},
      {kPrerollAt, 1001, "too many preroll packets"},
      {kPrerollAt, 3, "packets do not follow the index"},
      {kBlocksAt, 0, "no blocks"},
      {kBlocksAt, 12, "length does not fit its blocks"},
      {kBlocksAt, 0xFFFFFFFF, "length does not fit its blocks"},
      {kReservedAt, 1, "reserved field in use"},
      {kLengthAt, 0, "length does not fit its blocks"},
      {kLengthAt, 12 * 960, "length does not fit its blocks"},
      {kLengthAt, 13 * 960 + 1, "length does not fit its blocks"},
      {kLengthAt + 4, 0xFFFFFFFF, "length does not fit its blocks"},
      {kOffsetsAt, 0, "packets do not follow the index"},
      {kOffsetsAt + 4 * 5, 0xFFFFFFFF, "offsets out of order"},
      {kOffsetsAt + 4 * 5, 0, "offsets out of order"},
  };
  for (const auto& c : cases) {
    blob_ = whole;
    set(c.at, c.value);
    EXPECT_EQ(error(), c.error) << "at " << c.at << ": " << c.value;
  }
}

TEST_F(TrackViewTest, RefusesALengthOfManyBlocksThatAreNotThere) {
  set(kBlocksAt, 0xFFFFFFFF);
  const uint64_t length = uint64_t{0xFFFFFFFF} * kOpusBlock;
  store_u64(&blob_[kLengthAt], length);
  EXPECT_EQ(error(), "index beyond the end");
}

TEST_F(TrackViewTest, RefusesEmptyPacketsAndPacketsThatAreNotBlocks) {
  const std::vector<uint8_t> whole = blob_;
  set(kOffsetsAt + 4 * 5, get(kOffsetsAt + 4 * 4));
  EXPECT_EQ(error(), "offsets out of order");
  blob_ = whole;
  blob_[get(kOffsetsAt + 4 * 5)] = 30 << 3;  // 10 ms
  EXPECT_EQ(error(), "a packet is not one block");
}

TEST_F(TrackViewTest, RefusesBytesBehindTheLastPacket) {
  blob_.push_back(0);
  EXPECT_EQ(error(), "bytes behind the last packet");
}

}  // namespace
}  // namespace roundelay::track_test
