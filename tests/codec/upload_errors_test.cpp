// What a singer is told about a file that cannot be a backing track.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "codec/track.h"
#include "tests/codec/test_sound.h"

namespace roundelay::upload_errors_test {
namespace {

using Bytes = std::vector<uint8_t>;

constexpr std::string_view kAllowed = "Allowed are MP3, M4A, WAV, AIFF, CAF, FLAC, Ogg Vorbis, Opus and WMA files";

std::string error_of(const Bytes& file, const TrackLimits& limits = {}) {
  const auto made = test::make(file, limits);
  return made.info ? "no error" : made.info.error().text;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Bytes good(int format, double seconds = 2) {
  const int rate = format == test::kOpus ? 48'000 : 44'100;
  return test::sound_file(format, rate, 2, test::sample(test::glide, rate, 2, seconds));
}

Bytes text(std::string_view content) {
  return {content.begin(), content.end()};
}

TEST(UploadError, SaysThatAFileIsEmpty) {
  EXPECT_EQ(error_of({}), "This file is empty. Choose a file with sound in it.");
}

TEST(UploadError, SaysThatAFileIsNotSound) {
  Bytes noise(5'000);
  for (size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<uint8_t>(i * i * 31 >> 4);
  for (const Bytes& file :
       {text("x"), text("Dear choir, here is the song."), noise, Bytes(100'000), text("<html><body></body></html>")}) {
    const std::string error = error_of(file);
    EXPECT_TRUE(has(error, "not a sound file")) << error;
    EXPECT_TRUE(has(error, kAllowed)) << error;
  }
}

TEST(UploadError, NamesFilesThatHoldNoSound) {
  EXPECT_TRUE(
      has(error_of(text("MThd and so on, far longer than a header")), "This is a MIDI file, which holds notes and no sound. "));
  EXPECT_TRUE(has(error_of(text("%PDF-1.7 and so on, far longer than a header")), kAllowed));
}

TEST(UploadError, SaysWhereAFileIsCutOff) {
  for (const int format :
       {test::kWav, test::kFloatWav, test::kFlac, test::kVorbis, test::kOpus, test::kMp3, SF_FORMAT_RF64 | SF_FORMAT_PCM_16}) {
    const Bytes whole = good(format, 20);
    ASSERT_EQ(error_of(whole), "no error");
    for (const double share : {0.001, 0.01, 0.3, 0.6, 0.95}) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(whole.size())));
      const std::string error = error_of(cut);
      EXPECT_TRUE(has(error, "cut off")) << std::hex << format << std::dec << " at " << share << ": " << error;
    }
  }
  const std::string error = error_of([] {
    Bytes flac = good(test::kFlac, 20);
    flac.resize(flac.size() / 2);
    return flac;
  }());
  EXPECT_TRUE(has(error, "0:1") || has(error, "0:0")) << error;
}

TEST(UploadError, SaysThatAFileIsDamagedInTheMiddle) {
  for (const int format : {test::kFlac, test::kVorbis, test::kOpus}) {
    Bytes file = good(format, 20);
    std::fill_n(file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2), 60, uint8_t{0});
    const std::string error = error_of(file);
    EXPECT_TRUE(has(error, "damaged")) << std::hex << format << ": " << error;
  }
}

TEST(UploadError, SaysThatAFileWithASoundHeaderHoldsNothingElse) {
  for (const int format : {test::kWav, test::kFlac, test::kVorbis, test::kOpus, test::kMp3}) {
    Bytes file = good(format);
    for (size_t i = 12; i < file.size(); ++i) file[i] = static_cast<uint8_t>(i * 7);
    const std::string error = error_of(file);
    EXPECT_TRUE(has(error, "damaged") || has(error, "cut off")) << std::hex << format << ": " << error;
  }
}

TEST(UploadError, SaysThatAFileHoldsNoSound) {
  for (const int format : {test::kWav, test::kFloatWav, SF_FORMAT_RF64 | SF_FORMAT_PCM_16}) {
    const std::string error = error_of(good(format, 0));
    EXPECT_TRUE(has(error, "no sound")) << error;
  }
  Bytes tag = text("ID3\x04");
  tag.resize(10 + 50);
  tag[9] = 50;
  EXPECT_TRUE(has(error_of(tag), "cut off"));
}

TEST(UploadError, NamesTheLengthAndTheLimit) {
  for (const int format : {test::kWav, test::kFlac, test::kVorbis, test::kOpus, test::kMp3}) {
    EXPECT_EQ(error_of(good(format, 62), {.max_seconds = 61}),
              "The track is too long: it lasts 1:02, and up to 1:01 minutes are allowed. Cut it, or "
              "upload it in parts.");
  }
  // Not stated by the file: found on the way.
  Bytes flac = good(test::kFlac, 3);
  flac[21] &= 0xF0;
  std::fill_n(flac.begin() + 22, 4, uint8_t{0});
  EXPECT_EQ(error_of(flac, {.max_seconds = 2}), "The track is too long: up to 0:02 minutes are allowed.");
}

TEST(UploadError, AllowsExactlyTheLimits) {
  const Bytes file = good(test::kWav, 2);
  EXPECT_EQ(error_of(file, {.max_bytes = static_cast<int64_t>(file.size()), .max_seconds = 2}), "no error");
}

TEST(UploadError, NamesTheSizeAndTheLimit) {
  const Bytes file = good(test::kWav, 2);
  EXPECT_EQ(error_of(file, {.max_bytes = 100'000}), "The file is too large: it has 353 kB, and up to 100 kB are allowed.");
  EXPECT_EQ(error_of(Bytes(2'000'001), {.max_bytes = 2'000'000}),
            "The file is too large: it has 2.1 MB, and up to 2 MB are allowed.");
}

TEST(UploadError, NamesTheSampleRatesAllowed) {
  for (const int rate : {1'000, 3'999, 384'001, 4'000'000}) {
    const std::string error = error_of(test::sound_file(test::kWav, rate, 1, std::vector<float>(5'000)));
    EXPECT_EQ(error, "The sample rate of the file is " + std::to_string(rate) + " Hz. Allowed are 4000 to 384000 Hz.");
  }
}

TEST(UploadError, SaysThatSamplesAreFarBeyondFullScale) {
  const std::string error = error_of(test::sound_file(test::kFloatWav, 44'100, 1, std::vector<float>(5'000, 20'000.0F)));
  EXPECT_TRUE(has(error, "louder than full scale")) << error;
}

TEST(UploadError, NamesTheChannelsAllowed) {
  const std::string error = error_of(test::sound_file(test::kWav, 44'100, 100, std::vector<float>(100 * 500)));
  EXPECT_EQ(error, "The file has 100 channels. Allowed are 1 to 64.");
}

TEST(UploadError, IsAlwaysASentence) {
  for (const Bytes& file : {Bytes{}, text("hello hello hello"), good(test::kWav, 0)}) {
    const std::string error = error_of(file);
    ASSERT_FALSE(error.empty());
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(error.front())) != 0);
    EXPECT_EQ(error.back(), '.');
  }
}

TEST(UploadError, ComesFromADirectoryOrAClosedDescriptorToo) {
  const test::MemoryFile out;
  const auto made = make_track(-1, out.fd(), {}, {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "server_cannot_read_the_file");
}

TEST(UploadError, SaysThatTheServerCouldNotStore) {
  const test::MemoryFile in(good(test::kWav));
  const auto made = make_track(in.fd(), -1, {}, {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "track_not_stored");
  EXPECT_EQ(made.error().reason, "Bad file descriptor");
}

}  // namespace
}  // namespace roundelay::upload_errors_test
