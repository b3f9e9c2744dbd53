// Files as they come from phones, studios, recorders and bad lines, made by the ffmpeg command where libsndfile cannot: the
// whole sound, in its place, or a sentence.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "codec/track.h"
#include "tests/codec/test_sound.h"

namespace roundelay::field_files_test {
namespace {

using Bytes = std::vector<uint8_t>;

// What `ffmpeg` makes of these arguments, as a file with this ending.
Bytes encoded(const std::string& arguments, const std::string& ending) {
  std::string folder = testing::TempDir() + "/roundelay-field-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) std::abort();
  const std::string path = folder + "/made." + ending;
  const std::string command = "ffmpeg -nostdin -v error -y " + arguments + " '" + path + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  std::ifstream in(path, std::ios::binary);
  Bytes bytes(std::istreambuf_iterator<char>(in), {});
  std::filesystem::remove_all(folder);
  return bytes;
}

Bytes tone(const std::string& ending, const std::string& options = "", int hz = 440, int seconds = 10) {
  return encoded("-f lavfi -i sine=" + std::to_string(hz) + ":d=" + std::to_string(seconds) + " " + options, ending);
}

Bytes joined(const std::vector<Bytes>& files) {
  Bytes all;
  for (const Bytes& file : files) all.insert(all.end(), file.begin(), file.end());
  return all;
}

Bytes junk(size_t bytes) {
  Bytes made(bytes);
  uint32_t state = 7;
  for (uint8_t& b : made) b = static_cast<uint8_t>((state = state * 1'664'525 + 1'013'904'223) >> 24);
  return made;
}

void expect_seconds(const Bytes& file, double seconds, const std::string& what, double tolerance = 1e-3) {
  const auto made = test::make(file);
  ASSERT_TRUE(made.info) << what << ": " << made.info.error();
  EXPECT_NEAR(made.info->seconds, seconds, tolerance) << what;
}

std::string error_of(const Bytes& file) {
  const auto made = test::make(file);
  return made.info ? "no error, " + std::to_string(made.info->seconds) + " s" : made.info.error().text;
}

TEST(FieldFiles, ContainersOfPhonesAndStudiosAreTaken) {
  const struct {
    const char* ending;
    const char* options;
    const char* format;
    double tolerance;  // where the format cannot tell what its encoder added
  } cases[] = {{"m4a", "-c:a aac", "M4A", 1e-3},
               {"m4a", "-c:a alac", "M4A", 1e-3},
               {"aiff", "", "AIFF", 1e-3},
               {"caf", "", "CAF", 1e-3},
               {"mov", "-c:a aac", "M4A", 1e-3},
               {"webm", "-c:a libopus", "WebM", 1e-3},
               {"mp2", "-c:a mp2", "MP2", 0.06},
               {"aac", "-c:a aac", "AAC", 0.06},
               {"wav", "-c:a libmp3lame", "MP3", 0.06},
               {"oga", "-c:a flac", "Ogg FLAC", 1e-3},
               {"spx", "-c:a libspeex -ar 32000", "Ogg Speex", 0.06},
               {"wma", "", "Windows Media", 0.06},
               {"au", "", "AU", 1e-3},
               {"mp4", "-f lavfi -i testsrc=d=10:s=64x64:r=5 -c:a aac -c:v mpeg4", "MP4", 1e-3},
               {"mkv", "-f lavfi -i testsrc=d=10:s=64x64:r=5 -c:a flac -c:v mpeg4", "WebM", 0.06}};
  for (const auto& c : cases) {
    const auto made = test::make(tone(c.ending, c.options));
    ASSERT_TRUE(made.info) << c.ending << " " << c.options << ": " << made.info.error();
    EXPECT_NEAR(made.info->seconds, 10, c.tolerance) << c.ending << " " << c.options;
    EXPECT_EQ(made.info->format, c.format);
  }
}

TEST(FieldFiles, AVideoWithoutSoundIsSaidToHaveNone) {
  const Bytes video = encoded("-f lavfi -i testsrc=d=1:s=64x64 -c:v mpeg4", "mp4");
  EXPECT_NE(error_of(video).find("The MP4 file holds no sound."), std::string::npos) << error_of(video);
}

TEST(FieldFiles, JoinedFilesLastAsLongAsBoth) {
  for (const char* ending : {"mp3", "flac", "ogg", "opus", "wav", "m4a", "aiff", "caf", "webm"}) {
    expect_seconds(joined({tone(ending, "", 440, 4), tone(ending, "", 660, 3)}), 7, ending);
  }
  // Of other rates and channels, and of other kinds.
  for (const char* ending : {"mp3", "flac", "ogg", "wav"}) {
    const Bytes both = joined({tone(ending, "-ar 44100 -ac 1", 440, 4), tone(ending, "-ar 48000 -ac 2", 660, 3)});
    expect_seconds(both, 7, ending);
    EXPECT_EQ(test::make(both).info->channels, 2) << ending;
  }
  expect_seconds(joined({tone("ogg", "", 440, 2), tone("mp3", "", 440, 2), tone("m4a", "", 440, 2), tone("wav", "", 440, 2)}), 8,
                 "all");
}

// The second file's own sound stands where the first one's ends, to the sample.
TEST(FieldFiles, WhatIsJoinedOnBeginsWhereTheFirstOneEnds) {
  const auto second = [](const std::string& ending) {
    return encoded("-f lavfi -i \"aevalsrc=0.8*exp(-pow((t-1)*3000\\,2)):s=44100:d=3\"", ending);
  };
  for (const char* ending : {"mp3", "flac", "ogg", "m4a"}) {
    const auto made = test::make(joined({tone(ending, "-af volume=0.1 -ar 44100", 440, 2), second(ending)}));
    ASSERT_TRUE(made.info) << ending << made.info.error();
    const auto heard = test::decode_track(*TrackView::parse(made.blob));
    EXPECT_EQ(std::max_element(heard.begin(), heard.end()) - heard.begin(), 3 * 48'000) << ending;
  }
}

TEST(FieldFiles, AClickIsWhereItWasInTheOriginal) {
  for (const char* ending : {"wav", "mp3", "m4a", "ogg", "opus", "flac", "webm", "mov", "aiff"}) {
    for (const int rate : {44'100, 48'000}) {
      const auto made = test::make(
          encoded("-f lavfi -i \"aevalsrc=0.8*exp(-pow((t-1)*3000\\,2)):s=" + std::to_string(rate) + ":d=3\"", ending));
      ASSERT_TRUE(made.info) << ending << made.info.error();
      const auto heard = test::decode_track(*TrackView::parse(made.blob));
      EXPECT_EQ(std::max_element(heard.begin(), heard.end()) - heard.begin(), 48'000) << ending << ", " << rate << " Hz";
      EXPECT_EQ(heard.size(), 3U * 48'000) << ending << ", " << rate << " Hz";
    }
  }
}

void set_u32(Bytes& file, size_t at, uint32_t value) {
  for (size_t i = 0; i < 4; ++i) file[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

TEST(FieldFiles, AWavIsReadToItsRealEndWhateverItsHeaderSays) {
  const auto whole = test::sound_file(test::kWav, 44'100, 2, test::sample(test::glide, 44'100, 2, 3));
  for (const uint32_t stated : {0U, 1'000U, 200'000U, 0x7FFFFFFFU, 0xFFFFFFFFU, static_cast<uint32_t>(whole.size())}) {
    Bytes file = whole;
    set_u32(file, 40, stated);
    expect_seconds(file, 3, std::to_string(stated));
    set_u32(file, 4, 0);
    expect_seconds(file, 3, std::to_string(stated));
    expect_seconds(joined({file, whole}), 6, std::to_string(stated) + ", joined");
  }
  Bytes cut = whole;
  cut.resize(cut.size() / 2);
  EXPECT_NE(error_of(cut).find("cut off"), std::string::npos) << error_of(cut);
  expect_seconds(encoded("-f lavfi -i sine=440:d=3 -f aiff - | cat >", "aiff"), 3, "AIFF through a pipe");
}

TEST(FieldFiles, ChunksBehindTheSoundAreNotHeard) {
  auto file = test::sound_file(test::kWav, 44'100, 2, test::sample(test::glide, 44'100, 2, 2));
  const auto plain = test::make(file);
  Bytes list = {'L', 'I', 'S', 'T', 0x88, 0x13, 0, 0};
  list.resize(8 + 5'000, 0x55);
  const auto tagged = test::make(joined({file, list}));
  ASSERT_TRUE(tagged.info) << tagged.info.error();
  EXPECT_EQ(tagged.blob, plain.blob);
}

TEST(FieldFiles, JunkBeforeAndBehindTheSoundIsPassedOver) {
  for (const char* ending : {"mp3", "flac", "ogg", "m4a", "wav", "aiff"}) {
    const Bytes file = tone(ending, "", 440, 4);
    expect_seconds(joined({{0}, file}), 4, ending);
    expect_seconds(joined({junk(3'000), file}), 4, ending);
    expect_seconds(joined({file, junk(3'000)}), 4, ending);
    expect_seconds(joined({junk(100), file, junk(200), file, junk(300)}), 8, ending);
  }
  const Bytes mp3 = tone("mp3", "", 440, 4);
  expect_seconds(joined({mp3, Bytes(mp3.begin() + 1'000, mp3.begin() + 1'200)}), 4, "half a frame");
}

TEST(FieldFiles, SurroundSoundsLikeTheSameStereoFromEveryContainer) {
  // A tone in the centre alone, then in the left ear alone.
  for (const char* pan : {"5.1|FC=c0", "5.1|FL=c0", "5.1|BR=c0"}) {
    std::vector<double> left;
    std::vector<double> right;
    for (const char* codec : {"wav", "flac", "ogg", "opus", "m4a"}) {
      const Bytes file = encoded("-f lavfi -i sine=440:d=2:r=48000 -af 'pan=" + std::string(pan) + "'" +
                                     (std::string(codec) == "opus" ? " -mapping_family 1 -b:a 256k" : ""),
                                 codec);
      const auto made = test::make(file);
      ASSERT_TRUE(made.info) << codec << ": " << made.info.error();
      const auto heard = test::decode_track(*TrackView::parse(made.blob));
      double sums[2] = {0, 0};
      for (size_t i = 0; i < heard.size(); ++i) sums[i % 2] += heard[i] * heard[i];
      left.push_back(std::sqrt(sums[0] / static_cast<double>(heard.size() / 2)));
      right.push_back(std::sqrt(sums[1] / static_cast<double>(heard.size() / 2)));
      EXPECT_NEAR(left.back(), left.front(), 0.003) << codec << " " << pan;
      EXPECT_NEAR(right.back(), right.front(), 0.003) << codec << " " << pan;
    }
  }
}

TEST(FieldFiles, DamageInTheMiddleIsSaid) {
  for (const char* ending : {"flac", "ogg", "opus", "mp3", "m4a"}) {
    Bytes file = tone(ending, "-ac 2");
    const auto from = file.begin() + static_cast<std::ptrdiff_t>(file.size() * 7 / 10);
    std::fill(from, from + static_cast<std::ptrdiff_t>(file.size() / 8), uint8_t{0});
    const std::string error = error_of(file);
    EXPECT_TRUE(error.find("damaged") != std::string::npos || error.find("cut off") != std::string::npos)
        << ending << ": " << error;
  }
}

TEST(FieldFiles, ACutFileIsSaidToBeCut) {
  for (const char* ending : {"flac", "ogg", "opus", "mp3", "m4a", "wav", "aiff", "caf", "webm", "mkv", "wma"}) {
    Bytes file = tone(ending, "-ac 2");
    file.resize(file.size() * 6 / 10);
    const std::string error = error_of(file);
    EXPECT_NE(error.find("cut off"), std::string::npos) << ending << ": " << error;
  }
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Each of these kept a core busy for long, or would if a walk over it were not bounded.
TEST(FieldFiles, CheapFilesCostLittle) {
  const auto repeated = [](std::string_view head, std::string_view piece, size_t bytes) {
    Bytes file(head.begin(), head.end());
    while (file.size() < bytes) file.insert(file.end(), piece.begin(), piece.end());
    return file;
  };
  using namespace std::string_literals;
  using namespace std::string_view_literals;
  constexpr size_t kBytes = 20'000'000;
  const std::string page = "OggS\0\0"s + std::string(20, '\0') + "\xff" + std::string(30, '\xff');
  for (const Bytes& file :
       {repeated("RIFF\xff\xff\xff\xffWAVEfmt "sv, "\0\0\0\0\0\0\0\0"sv, kBytes), repeated("OggS\0\2"sv, page, kBytes),
        repeated("fLaC"sv, "\0"sv, kBytes), repeated("ID3\4"sv, "\0\0\0\0"sv, kBytes),
        repeated("\xff\xfb\x90\x00"sv, "\xff\xfb\x90\x00"sv, kBytes),
        repeated("\0\0\0\x14"
                 "ftypM4A \0\0\0\0isom"sv,
                 "\0\0\0\x08"
                 "free"sv,
                 kBytes),
        repeated("\xff\xfb\x10\x00"sv, "\xff\xfb"sv, kBytes)}) {
    const double before = cpu_seconds();
    EXPECT_EQ(error_of(file).find("no error"), std::string::npos);
    EXPECT_LT(cpu_seconds() - before, 6);
  }
}

}  // namespace
}  // namespace roundelay::field_files_test
