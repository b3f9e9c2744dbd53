// Songs as Opus for slow lines: every sample where it was, none more and none less, and songs that belong together without a gap.
#include "codec/opus_song.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

#include "codec/sound_reader.h"
#include "tests/codec/test_sound.h"

namespace roundelay::opus_song_test {
namespace {

using Bytes = std::vector<uint8_t>;

struct Heard {
  int channels = 0;
  std::vector<float> samples;
};

Heard heard(const Bytes& file) {
  const test::MemoryFile in(file);
  auto reader = SoundReader::open(in.fd());
  EXPECT_TRUE(reader) << reader.error();
  Heard out{.channels = (*reader)->channels(), .samples = {}};
  for (;;) {
    const auto more = (*reader)->read(out.samples);
    EXPECT_TRUE(more) << more.error();
    if (!more || !*more) return out;
  }
}

Bytes song(const Bytes& file, const OpusSongSettings& settings = {}) {
  const test::MemoryFile in(file);
  const test::MemoryFile out;
  const auto made = make_opus_song(in.fd(), out.fd(), settings, [](double) {});
  EXPECT_TRUE(made) << made.error();
  return out.content();
}

// Ends badly where the file is not as RFC 7845 wants it.
std::string opusinfo(const Bytes& file) {
  std::string folder = testing::TempDir() + "/roundelay-opus-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) std::abort();
  std::ofstream(folder + "/a.opus", std::ios::binary)
      .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
  const std::string command = "opusinfo '" + folder + "/a.opus' > '" + folder + "/said' 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::stringstream said;
  said << std::ifstream(folder + "/said").rdbuf();
  std::filesystem::remove_all(folder);
  return said.str();
}

TEST(OpusSong, SoundsAsItsSourceToTheSampleWhateverThatIs) {
  const struct {
    int format;
    int rate;
  } cases[] = {{test::kMp3, 44'100}, {test::kWav, 44'100}, {test::kFlac, 48'000}, {test::kWav, 22'050}, {test::kFlac, 96'000}};
  for (const auto& c : cases) {
    for (const int channels : {1, 2}) {
      const Bytes source = test::sound_file(c.format, c.rate, channels, test::sample(test::glide, c.rate, channels, 2.3));
      const Heard before = heard(source);
      const Heard after = heard(song(source));
      ASSERT_EQ(after.channels, channels);
      ASSERT_EQ(after.samples.size(), before.samples.size()) << c.format << " at " << c.rate;
      for (int channel = 0; channel < channels; ++channel) {
        const auto found = test::align(test::channel_of(before.samples, channels, channel),
                                       test::channel_of(after.samples, channels, channel), 200);
        EXPECT_EQ(found.lag, 0) << c.format << " at " << c.rate;
        EXPECT_GT(found.correlation, 0.998) << c.format << " at " << c.rate;
      }
    }
  }
}

TEST(OpusSong, LastsAsLongAsItsSourceHoweverShort) {
  for (const size_t frames : {1U, 2U, 311U, 647U, 648U, 649U, 960U, 1'608U, 1'609U, 48'001U}) {
    const std::vector<float> sound(2 * frames, 0.25F);
    EXPECT_EQ(heard(song(test::sound_file(test::kWav, 48'000, 2, sound))).samples.size(), 2 * frames) << frames;
  }
}

TEST(OpusSong, GoesOnFromTheOneBeforeWithoutAClick) {
  const auto tone = [](double t, int) { return static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * 441.0 * t)); };
  const auto whole = test::sample(tone, 48'000, 1, 2);
  constexpr size_t kCut = 48'000 + 37;
  const auto part = [&](size_t begin, size_t end) {
    return heard(song(test::sound_file(test::kFloatWav, 48'000, 1, std::span(whole).subspan(begin, end - begin)))).samples;
  };
  std::vector<float> joined = part(0, kCut);
  ASSERT_EQ(joined.size(), kCut);
  const std::vector<float> rest = part(kCut, whole.size());
  joined.insert(joined.end(), rest.begin(), rest.end());
  ASSERT_EQ(joined.size(), whole.size());
  double worst = 0;
  for (size_t i = kCut - 960; i < kCut + 960; ++i) worst = std::max(worst, std::fabs(static_cast<double>(joined[i] - whole[i])));
  RecordProperty("worst", std::to_string(worst));
  EXPECT_LT(worst, 0.05) << "a tenth of the tone's loudness";
}

TEST(OpusSong, IsAFileThatOpusinfoAcceptsWithItsTags) {
  const Bytes source = test::sound_file(test::kWav, 44'100, 2, test::sample(test::glide, 44'100, 2, 3));
  const Bytes made = song(source, {.kbits = 48, .tags = {{"TITLE", "Loch Lomond"}, {"ARTIST", "Der Chor, größer"}}});
  const std::string said = opusinfo(made);
  EXPECT_NE(said.find("TITLE=Loch Lomond"), std::string::npos) << said;
  EXPECT_NE(said.find("ARTIST=Der Chor, größer"), std::string::npos) << said;
  EXPECT_NE(said.find("Pre-skip: 312"), std::string::npos) << said;
  EXPECT_NE(said.find("Playback length: 0m:03.000s"), std::string::npos) << said;
  EXPECT_EQ(said.find("WARNING"), std::string::npos) << said;
  EXPECT_EQ(said.find("ERROR"), std::string::npos) << said;
  EXPECT_EQ(song(source, {.kbits = 48, .tags = {{"TITLE", "Loch Lomond"}, {"ARTIST", "Der Chor, größer"}}}), made)
      << "the same file makes the same bytes";
}

TEST(OpusSong, TakesTheRateThatWasAskedForAndMonoLess) {
  const auto noise = [](double t, int channel) {
    return 0.3F * test::glide(t, channel) +
           0.1F * static_cast<float>(std::fmod(std::fabs(std::sin(t * 91'243 + channel) * 43'758.5), 1) - 0.5);
  };
  const auto kbits = [&](int channels, int wanted) {
    const Bytes made =
        song(test::sound_file(test::kWav, 48'000, channels, test::sample(noise, 48'000, channels, 5)), {.kbits = wanted});
    return static_cast<double>(made.size()) * 8 / 1'000 / 5;
  };
  EXPECT_NEAR(kbits(2, 96), 96, 10);
  EXPECT_NEAR(kbits(2, 48), 48, 5);
  EXPECT_NEAR(kbits(1, 96), 64, 7);
}

TEST(OpusSong, IsNotMadeOfWhatIsTooLongOrNoSound) {
  const Bytes source = test::sound_file(test::kWav, 8'000, 1, test::sample(test::glide, 8'000, 1, 2));
  const auto fault = [](const Bytes& file) {
    const test::MemoryFile in(file);
    const test::MemoryFile out;
    const auto made = make_opus_song(in.fd(), out.fd(), {.max_seconds = 1}, {});
    return made ? std::string() : std::string(made.error().code);
  };
  EXPECT_EQ(fault(source), "track_lasts_too_long");
  EXPECT_NE(fault(Bytes(1'000, 'x')), "");
  EXPECT_EQ(fault({}), "empty_track");
}

}  // namespace
}  // namespace roundelay::opus_song_test
