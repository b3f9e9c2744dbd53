// A room's track as a file: the same sound, to the sample.
#include "codec/track_ogg.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "codec/sound_reader.h"
#include "tests/codec/test_sound.h"

namespace roundelay::track_ogg_test {
namespace {

std::vector<uint8_t> as_ogg(const std::vector<uint8_t>& blob) {
  const test::MemoryFile out;
  const auto track = TrackView::parse(blob);
  EXPECT_TRUE(track && write_track_as_ogg(*track, out.fd()));
  return out.content();
}

TEST(TrackOgg, PlaysTheTrackToTheSample) {
  for (const int channels : {1, 2}) {
    const auto made =
        test::make(test::sound_file(test::kWav, 44'100, channels, test::sample(test::glide, 44'100, channels, 1.2345)));
    ASSERT_TRUE(made.info);
    const std::vector<float> wanted = test::decode_track(*TrackView::parse(made.blob));
    const std::vector<uint8_t> file = as_ogg(made.blob);
    const test::MemoryFile in(file);
    auto reader = SoundReader::open(in.fd());
    ASSERT_TRUE(reader) << reader.error();
    EXPECT_EQ((*reader)->channels(), channels);
    EXPECT_EQ((*reader)->format(), "Ogg Opus");
    std::vector<float> heard;
    while ((*reader)->read(heard).value()) {
    }
    ASSERT_EQ(heard.size(), wanted.size());
    double worst = 0;
    for (size_t i = 0; i < heard.size(); ++i) worst = std::max(worst, std::fabs(static_cast<double>(heard[i] - wanted[i])));
    EXPECT_LT(worst, 1e-3) << "two decoders of the same packets";
    EXPECT_EQ(as_ogg(made.blob), file);
  }
}

}  // namespace
}  // namespace roundelay::track_ogg_test
