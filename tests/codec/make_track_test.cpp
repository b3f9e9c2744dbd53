#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "codec/opus.h"
#include "codec/track.h"
#include "tests/codec/test_sound.h"

namespace roundelay::make_track_test {
namespace {

struct Source {
  int format;
  int rate;
  int channels;
};

std::vector<float> track_of(const Source& source, const test::Voice& voice, double seconds) {
  const auto made = test::make(
      test::sound_file(source.format, source.rate, source.channels, test::sample(voice, source.rate, source.channels, seconds)));
  if (!made.info) throw std::runtime_error(made.info.error().text);
  const auto track = TrackView::parse(made.blob);
  if (!track) throw std::runtime_error(track.error());
  EXPECT_EQ(track->channels(), source.channels);
  EXPECT_EQ(track->length_samples(), std::llround(seconds * 48'000));
  return test::decode_track(*track);
}

constexpr Source kPcmSources[] = {{test::kWav, 48'000, 1},  {test::kWav, 48'000, 2}, {test::kWav, 44'100, 1},
                                  {test::kWav, 44'100, 2},  {test::kWav, 8'000, 1},  {test::kWav, 8'000, 2},
                                  {test::kWav, 96'000, 1},  {test::kWav, 96'000, 2}, {test::kFlac, 44'100, 2},
                                  {test::kWav, 384'000, 1}, {test::kWav, 4'000, 1},  {test::kWav, 22'050, 2},
                                  {test::kFlac, 192'000, 2}};

TEST(MakeTrack, PutsPulsesOnTheirSampleAtAnySourceRate) {
  for (const Source& source : kPcmSources) {
    if (source.rate == 4'000) continue;  // a pulse of 1 ms does not fit its band
    const auto heard = track_of(source, test::pulses, 3.5);
    for (int c = 0; c < source.channels; ++c) {
      const auto one = test::channel_of(heard, source.channels, c);
      for (const std::ptrdiff_t at : {48'000, 96'000, 144'000}) {
        const auto peak = std::max_element(one.begin() + at - 2'000, one.begin() + at + 2'000);
        EXPECT_EQ(peak - one.begin() - at, 0) << source.rate << " Hz, " << source.channels << " channels";
        EXPECT_NEAR(*peak, 0.8F, 0.1F);
      }
    }
  }
}

TEST(MakeTrack, PutsMusicOnItsSamplesAtAnySourceRate) {
  for (const Source& source : kPcmSources) {
    const auto voice = [&](double t, int c) {
      // 4 kHz can carry up to 2 kHz only.
      return source.rate == 4'000 ? static_cast<float>(0.4 * std::sin(2 * 3.14159265 * (300 * t + 150 * t * t)))
                                  : test::glide(t, c);
    };
    const auto heard = track_of(source, voice, 2.5);
    const auto wanted = test::sample(voice, 48'000, source.channels, 2.5);
    for (int c = 0; c < source.channels; ++c) {
      const auto found =
          test::align(test::channel_of(wanted, source.channels, c), test::channel_of(heard, source.channels, c), 60);
      EXPECT_EQ(found.lag, 0) << source.rate << " Hz, " << source.channels << " channels";
      EXPECT_GT(found.correlation, 0.99);
    }
  }
}

TEST(MakeTrack, PutsCompressedSourcesOnTheirSamplesToo) {
  for (const Source& source : {Source{test::kVorbis, 44'100, 2}, Source{test::kVorbis, 48'000, 1}, Source{test::kOpus, 48'000, 2},
                               Source{test::kOpus, 48'000, 1}, Source{test::kMp3, 44'100, 2}, Source{test::kMp3, 48'000, 1}}) {
    const auto heard = track_of(source, test::glide, 2.5);
    const auto wanted = test::sample(test::glide, 48'000, source.channels, 2.5);
    for (int c = 0; c < source.channels; ++c) {
      const auto found =
          test::align(test::channel_of(wanted, source.channels, c), test::channel_of(heard, source.channels, c), 60);
      EXPECT_EQ(found.lag, 0) << std::hex << source.format << std::dec << ", " << source.rate << " Hz, " << source.channels
                              << " channels";
      EXPECT_GT(found.correlation, 0.98);
    }
  }
}

TEST(MakeTrack, TellsWhatTheSourceWas) {
  const struct {
    Source source;
    const char* name;
  } cases[] = {{{test::kWav, 44'100, 2}, "WAV"},
               {{SF_FORMAT_RF64 | SF_FORMAT_PCM_24, 44'100, 2}, "WAV"},
               {{SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, 44'100, 2}, "WAV"},
               {{test::kFlac, 96'000, 1}, "FLAC"},
               {{test::kVorbis, 44'100, 2}, "Ogg Vorbis"},
               {{test::kOpus, 48'000, 1}, "Ogg Opus"},
               {{test::kMp3, 44'100, 2}, "MP3"}};
  for (const auto& c : cases) {
    const auto [format, rate, channels] = c.source;
    const auto made = test::make(test::sound_file(format, rate, channels, test::sample(test::glide, rate, channels, 1)));
    ASSERT_TRUE(made.info) << c.name << ": " << made.info.error();
    EXPECT_EQ(made.info->format, c.name);
    EXPECT_EQ(made.info->channels, channels);
    EXPECT_EQ(made.info->source_rate, rate);
    EXPECT_DOUBLE_EQ(made.info->seconds, 1);
  }
}

TEST(MakeTrack, PadsTheLastBlockWithSilence) {
  for (const int samples : {1, 311, 312, 313, 959, 960, 961, 1920}) {
    const auto made =
        test::make(test::sound_file(test::kWav, 48'000, 1, std::vector<float>(static_cast<size_t>(samples), 0.25F)));
    ASSERT_TRUE(made.info) << made.info.error();
    const auto track = TrackView::parse(made.blob);
    ASSERT_TRUE(track) << track.error();
    EXPECT_EQ(track->length_samples(), samples);
    EXPECT_EQ(track->blocks(), (samples + 959) / 960);
  }
}

TEST(MakeTrack, MixesManyChannelsDownToTwo) {
  const auto voice = [](double t, int c) { return c == 0 ? test::glide(t, 0) : c == 1 ? test::glide(t, 1) : 0.0F; };
  const auto made = test::make(test::sound_file(test::kWav, 48'000, 6, test::sample(voice, 48'000, 6, 1)));
  ASSERT_TRUE(made.info) << made.info.error();
  EXPECT_EQ(made.info->channels, 2);
  const auto heard = test::decode_track(*TrackView::parse(made.blob));
  const auto wanted = test::sample(test::glide, 48'000, 2, 1);
  for (int c = 0; c < 2; ++c) {
    const auto found = test::align(test::channel_of(wanted, 2, c), test::channel_of(heard, 2, c), 60);
    EXPECT_EQ(found.lag, 0);
    EXPECT_GT(found.correlation, 0.99);
  }
}

TEST(MakeTrack, TakesNanAndInfinityForSilence) {
  auto samples = test::sample(test::glide, 44'100, 1, 1);
  for (size_t i = 10'000; i < 12'000; ++i) {
    samples[i] = i % 3 == 0 ? std::numeric_limits<float>::quiet_NaN()
                            : std::copysign(std::numeric_limits<float>::infinity(), i % 2 == 0 ? 1.0F : -1.0F);
  }
  const auto made = test::make(test::sound_file(test::kFloatWav, 44'100, 1, samples));
  ASSERT_TRUE(made.info) << made.info.error();
  const auto heard = test::decode_track(*TrackView::parse(made.blob));
  for (const float x : heard) ASSERT_TRUE(std::fabs(x) < 1.0F);
  for (size_t i = 11'500; i < 12'500; ++i) ASSERT_LT(std::fabs(heard[i]), 0.05F) << i;
  const auto wanted = test::sample(test::glide, 48'000, 1, 1);
  const auto found = test::align(std::span(wanted).subspan(15'000), std::span(heard).subspan(15'000), 60);
  EXPECT_EQ(found.lag, 0);
  EXPECT_GT(found.correlation, 0.99);
}

TEST(MakeTrack, LeavesASourceAboveFullScaleAsItIs) {
  const auto loud = [](double t, int c) { return 4 * test::glide(t, c); };
  const auto heard = track_of({test::kFloatWav, 48'000, 1}, loud, 1);
  EXPECT_GT(*std::max_element(heard.begin(), heard.end()), 1.5F);
}

TEST(MakeTrack, ReportsProgressThatGrowsToOne) {
  const auto made = test::make(test::sound_file(test::kFlac, 44'100, 2, test::sample(test::glide, 44'100, 2, 5)));
  ASSERT_TRUE(made.info) << made.info.error();
  ASSERT_GT(made.progress.size(), 10U);
  EXPECT_TRUE(std::is_sorted(made.progress.begin(), made.progress.end()));
  EXPECT_GT(made.progress.front(), 0.0);
  EXPECT_EQ(made.progress.back(), 1.0);
}

// The index of a blob stands before packets whose number is not known ahead: whatever the limit, nothing of it remains.
TEST(MakeTrack, MakesTheSameBlobUnderAnyLimit) {
  const auto file = test::sound_file(test::kWav, 44'100, 2, test::sample(test::glide, 44'100, 2, 2));
  const auto roomy = test::make(file);
  const auto tight = test::make(file, {.max_bytes = static_cast<int64_t>(file.size()), .max_seconds = 2});
  const auto endless = test::make(file, {.max_bytes = INT64_MAX, .max_seconds = std::numeric_limits<double>::infinity()});
  ASSERT_TRUE(roomy.info && tight.info && endless.info);
  EXPECT_EQ(roomy.blob, tight.blob);
  EXPECT_EQ(roomy.blob, endless.blob);
}

std::vector<uint8_t> id3_tag(size_t bytes) {
  std::vector<uint8_t> tag = {'I', 'D', '3', 4, 0, 0, 0, 0, static_cast<uint8_t>(bytes >> 7), static_cast<uint8_t>(bytes & 0x7F)};
  tag.resize(10 + bytes);
  return tag;
}

TEST(MakeTrack, ReadsBehindAnId3Tag) {
  for (const int format : {test::kMp3, test::kFlac, test::kWav}) {
    const auto file = test::sound_file(format, 44'100, 2, test::sample(test::glide, 44'100, 2, 1.5));
    auto tagged = id3_tag(3'000);
    tagged.insert(tagged.end(), file.begin(), file.end());
    const auto made = test::make(tagged);
    ASSERT_TRUE(made.info) << made.info.error();
    EXPECT_EQ(made.blob, test::make(file).blob);
  }
}

TEST(MakeTrack, TakesAFlacWithATagBehindItsEnd) {
  auto file = test::sound_file(test::kFlac, 44'100, 2, test::sample(test::glide, 44'100, 2, 1.5));
  const auto plain = test::make(file);
  file.insert(file.end(), {'T', 'A', 'G'});
  file.resize(file.size() + 125);
  const auto tagged = test::make(file);
  ASSERT_TRUE(tagged.info) << tagged.info.error();
  EXPECT_EQ(tagged.blob, plain.blob);
}

// An encoder that writes to a pipe cannot go back to fill the length in.
TEST(MakeTrack, TakesWavAndFlacFilesThatDoNotStateTheirLength) {
  const auto samples = test::sample(test::glide, 44'100, 1, 1.5);
  auto wav = test::sound_file(test::kWav, 44'100, 1, samples);
  for (const size_t at : {4, 40}) std::fill_n(wav.begin() + static_cast<std::ptrdiff_t>(at), 4, uint8_t{0xFF});
  auto flac = test::sound_file(test::kFlac, 44'100, 1, samples);
  flac[21] &= 0xF0;  // the 36 bits of total samples in STREAMINFO
  std::fill_n(flac.begin() + 22, 4, uint8_t{0});
  for (const auto& file : {wav, flac}) {
    const auto made = test::make(file);
    ASSERT_TRUE(made.info) << made.info.error();
    EXPECT_NEAR(made.info->seconds, 1.5, 1e-4);
  }
}

// No estimate made from the first frame's size may shorten a track.
TEST(MakeTrack, ReadsAnMp3WithoutALengthToItsEnd) {
  auto voice = [](double t, int c) { return t < 1.5 ? test::glide(t, c) * 1e-4F : test::glide(t, c); };
  auto file = test::sound_file(test::kMp3, 44'100, 2, test::sample(voice, 44'100, 2, 4));
  const std::string text(file.begin(), file.begin() + 200);
  const size_t xing = std::min(text.find("Xing"), text.find("Info"));
  ASSERT_NE(xing, std::string::npos);
  std::fill_n(file.begin() + static_cast<std::ptrdiff_t>(xing), 4, uint8_t{0});
  const auto made = test::make(file);
  ASSERT_TRUE(made.info) << made.info.error();
  EXPECT_NEAR(made.info->seconds, 4, 0.15);
}

}  // namespace
}  // namespace roundelay::make_track_test
