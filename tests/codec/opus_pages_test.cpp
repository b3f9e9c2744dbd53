#include "codec/opus_pages.h"

#include <gtest/gtest.h>

#include <cmath>

#include "codec/opus.h"
#include "codec/opus_file_reader.h"
#include "tests/codec/test_sound.h"

namespace roundelay::opus_pages_test {
namespace {

using Bytes = std::vector<uint8_t>;

// A tone in stereo.
std::vector<Bytes> tone_packets(int blocks) {
  BlockEncoder encoder({.channels = 2, .bitrate = 96'000, .complexity = 5, .low_delay = true});
  std::vector<Bytes> packets;
  std::vector<float> block(2 * kOpusBlock);
  for (int b = 0; b < blocks; ++b) {
    for (int i = 0; i < kOpusBlock; ++i) {
      const auto at = static_cast<float>(b * kOpusBlock + i);
      block[2 * static_cast<size_t>(i)] = block[2 * static_cast<size_t>(i) + 1] =
          0.3F * std::sin(at * 440.0F * 6.2831853F / 48'000);
    }
    Bytes packet(kMaxPacketBytes);
    packet.resize(static_cast<size_t>(encoder.encode(block, packet)));
    packets.push_back(packet);
  }
  return packets;
}

void append(Bytes& to, std::span<const uint8_t> bytes) {
  to.insert(to.end(), bytes.begin(), bytes.end());
}

struct Stream {
  Bytes headers;
  std::vector<Bytes> pages;
  // What a player gets who comes at this page.
  [[nodiscard]] Bytes from(size_t first) const {
    Bytes out = headers;
    for (size_t i = first; i < pages.size(); ++i) {
      Bytes page = pages[i];
      number_page(page, OpusPages::kFirstNumber + static_cast<uint32_t>(i - first), static_cast<int64_t>(first) * 9'600);
      append(out, page);
    }
    return out;
  }
};

Stream stream_of(const std::vector<Bytes>& packets) {
  OpusPages pages({.channels = 2, .pre_skip = kLowDelaySamples, .serial = 7, .page_packets = 10, .tags = {{"TITLE", "Choir"}}});
  Stream out;
  append(out.headers, pages.headers());
  for (const Bytes& packet : packets) {
    const auto page = pages.add(packet);
    if (page.empty()) continue;
    out.pages.emplace_back(page.begin(), page.end());
    EXPECT_EQ(pages.paged_samples(), static_cast<int64_t>(out.pages.size()) * 9'600);
  }
  const auto last = pages.finish();
  out.pages.emplace_back(last.begin(), last.end());
  return out;
}

std::vector<Bytes> packets_in(const Bytes& stream, bool* ended = nullptr) {
  const test::MemoryFile file(stream);
  const auto reader = OpusFileReader::open(file.fd());
  std::vector<Bytes> out;
  if (reader == nullptr) return out;
  EXPECT_EQ(reader->head().channels, 2);
  EXPECT_EQ(reader->head().pre_skip, kLowDelaySamples);
  while (const auto packet = reader->next()) out.emplace_back(packet->begin(), packet->end());
  if (ended != nullptr) *ended = reader->ended();
  return out;
}

int64_t granule_of(const Bytes& page) {
  int64_t granule = 0;
  for (size_t i = 8; i > 0; --i) granule = granule << 8 | page[5 + i];
  return granule;
}

TEST(OpusPages, HoldTheVeryPacketsTenToAPage) {
  const auto packets = tone_packets(100);
  const Stream stream = stream_of(packets);
  ASSERT_EQ(stream.pages.size(), 11U);  // the last one is the end
  bool ended = false;
  auto read = packets_in(stream.from(0), &ended);
  ASSERT_EQ(read.size(), 101U);
  read.pop_back();
  EXPECT_EQ(read, packets);
  EXPECT_TRUE(ended);
}

TEST(OpusPages, APlayerMayBeginAtAnyPage) {
  const auto packets = tone_packets(100);
  auto read = packets_in(stream_of(packets).from(4));
  ASSERT_EQ(read.size(), 61U);
  read.pop_back();
  EXPECT_EQ(read, std::vector<Bytes>(packets.begin() + 40, packets.end()));
}

TEST(OpusPages, APageForALatePlayerIsTheSameAsHadItAlwaysBeenHers) {
  const auto packets = tone_packets(50);
  const Stream late = stream_of(packets);
  const Stream own = stream_of({packets.begin() + 20, packets.end()});
  EXPECT_EQ(late.from(2), own.from(0));
}

TEST(OpusPages, WhatIsNoPageIsNotNumbered) {
  Bytes few(26, 7);
  number_page(few, 1, 1);
  EXPECT_EQ(few, Bytes(26, 7));
  Bytes cut(100, 0);
  cut[26] = 200;
  const Bytes before = cut;
  number_page(cut, 1, 1);
  EXPECT_EQ(cut, before);
}

TEST(OpusPages, GranulesCountTheSamplesToTheEndOfEachPage) {
  const Stream stream = stream_of(tone_packets(30));
  ASSERT_EQ(stream.pages.size(), 4U);
  for (size_t page = 0; page < 3; ++page) {
    EXPECT_EQ(granule_of(stream.pages[page]), static_cast<int64_t>(page + 1) * 9'600);
  }
}

TEST(OpusPages, ALostPacketIsOneThatPlayersConceal) {
  auto packets = tone_packets(10);
  packets[5].clear();
  const auto read = packets_in(stream_of(packets).from(0));
  ASSERT_EQ(read.size(), 11U);
  ASSERT_EQ(read[5].size(), 1U);
  EXPECT_EQ(read[5][0], packets[4][0] & ~3);
  EXPECT_TRUE(is_block_packet(read[5]));
}

}  // namespace
}  // namespace roundelay::opus_pages_test
