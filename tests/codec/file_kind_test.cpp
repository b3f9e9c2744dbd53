#include "codec/file_kind.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/codec/test_sound.h"

namespace roundelay {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(FileKind, KnowsTheAllowedFormatsByTheirFirstBytes) {
  const struct {
    int format;
    FileKind kind;
  } cases[] = {{test::kWav, FileKind::kWav},
               {SF_FORMAT_RF64 | SF_FORMAT_PCM_16, FileKind::kWav},
               {test::kFlac, FileKind::kFlac},
               {test::kVorbis, FileKind::kOgg},
               {test::kOpus, FileKind::kOgg},
               {test::kMp3, FileKind::kMp3},
               {SF_FORMAT_AIFF | SF_FORMAT_PCM_16, FileKind::kUnknown}};
  for (const auto& c : cases) {
    const Bytes file = test::sound_file(c.format, 48'000, 1, test::sample(test::glide, 48'000, 1, 0.1));
    EXPECT_EQ(file_kind(file), c.kind) << std::hex << c.format;
    EXPECT_EQ(file_kind(std::span(file).first(3)), FileKind::kUnknown);
  }
}

TEST(FileKind, TellsMp3FromAac) {
  EXPECT_EQ(file_kind(Bytes{0xFF, 0xFB, 0x90, 0x00}), FileKind::kMp3);
  EXPECT_EQ(file_kind(Bytes{0xFF, 0xF1, 0x50, 0x80}), FileKind::kUnknown);
  EXPECT_EQ(foreign_kind(Bytes{0xFF, 0xF1, 0x50, 0x80}), "an AAC file");
  EXPECT_EQ(file_kind(Bytes{0xFF, 0xFF, 0xFF, 0xFF}), FileKind::kUnknown);
}

TEST(Id3Tag, HasALengthInSevenBitBytes) {
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0, 0, 2, 1}), 10 + 257);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 4, 0, 0x10, 0, 0, 2, 1}), 20 + 257);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F}), 10 + 0xFFFFFFF);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0, 0, 0x80, 1}), 0);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0, 0, 2}), 0);
  EXPECT_EQ(id3_tag_bytes({}), 0);
}

TEST(Mp3StatesLength, FindsTheCountOfFramesInTheFirstFrame) {
  for (const int channels : {1, 2}) {
    for (const int rate : {22'050, 44'100}) {
      Bytes file = test::sound_file(test::kMp3, rate, channels, test::sample(test::glide, rate, channels, 0.5));
      EXPECT_TRUE(mp3_states_length(file)) << rate << " Hz, " << channels << " channels";
      EXPECT_FALSE(mp3_states_length(std::span(file).first(10)));
      const std::string text(file.begin(), file.begin() + 64);
      const size_t at = std::min(text.find("Xing"), text.find("Info"));
      file[at + 7] &= 0xFE;  // the flag of the field
      EXPECT_FALSE(mp3_states_length(file));
    }
  }
}

bool cut_off(const Bytes& file) {
  const test::MemoryFile memory(file);
  return wav_is_cut_off(memory.fd(), 0, static_cast<int64_t>(file.size()));
}

TEST(WavIsCutOff, ComparesTheDataChunkWithTheFile) {
  for (const int format : {test::kWav, SF_FORMAT_RF64 | SF_FORMAT_PCM_16}) {
    Bytes file = test::sound_file(format, 48'000, 1, std::vector<float>(1'000));
    EXPECT_FALSE(cut_off(file));
    Bytes longer = file;
    longer.push_back(0);
    EXPECT_FALSE(cut_off(longer));
    file.pop_back();
    EXPECT_TRUE(cut_off(file));
  }
}

TEST(WavIsCutOff, TakesLengthsThatNobodyKnewForNothing) {
  Bytes file = test::sound_file(test::kWav, 48'000, 1, std::vector<float>(1'000));
  for (const std::array<uint8_t, 4>& length :
       {std::array<uint8_t, 4>{0, 0, 0, 0}, {0xFF, 0xFF, 0xFF, 0xFF}, {0xFF, 0xFF, 0xFF, 0x7F}, {0xD8, 0xFF, 0xFF, 0x7F}}) {
    std::copy(length.begin(), length.end(), file.begin() + 40);
    EXPECT_FALSE(cut_off(file));
  }
}

TEST(WavIsCutOff, EndsOnAnyChunks) {
  EXPECT_FALSE(cut_off({}));
  Bytes file(4'000);
  EXPECT_FALSE(cut_off(file));
  std::fill(file.begin(), file.end(), uint8_t{0xFF});
  EXPECT_FALSE(cut_off(file));
}

}  // namespace
}  // namespace roundelay
