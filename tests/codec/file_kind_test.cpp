#include "codec/file_kind.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/codec/test_sound.h"

namespace roundelay::file_kind_test {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(FileKind, KnowsFilesByTheirFirstBytes) {
  const struct {
    int format;
    FileKind kind;
  } cases[] = {{test::kWav, FileKind::kWav},
               {SF_FORMAT_RF64 | SF_FORMAT_PCM_16, FileKind::kWav},
               {SF_FORMAT_AIFF | SF_FORMAT_PCM_16, FileKind::kAiff},
               {SF_FORMAT_CAF | SF_FORMAT_PCM_16, FileKind::kCaf},
               {SF_FORMAT_W64 | SF_FORMAT_PCM_16, FileKind::kOther},
               {test::kFlac, FileKind::kFlac},
               {test::kVorbis, FileKind::kOgg},
               {test::kOpus, FileKind::kOgg}};
  for (const auto& c : cases) {
    const Bytes file = test::sound_file(c.format, 48'000, 1, test::sample(test::glide, 48'000, 1, 0.1));
    EXPECT_EQ(strong_kind(file), c.kind) << std::hex << c.format;
    EXPECT_EQ(file_kind(file), c.kind) << std::hex << c.format;
    EXPECT_EQ(file_kind(std::span(file).first(3)), FileKind::kUnknown);
  }
}

TEST(FileKind, NamesWhatHoldsNoSound) {
  EXPECT_EQ(foreign_fault(Bytes{'M', 'T', 'h', 'd', 0, 0, 0, 6}), "midi_is_no_sound");
  EXPECT_EQ(foreign_fault(Bytes{'%', 'P', 'D', 'F'}), "pdf_is_no_sound");
  EXPECT_EQ(foreign_fault(Bytes{'h', 'e', 'l', 'l', 'o'}), "");
}

TEST(Id3Tag, HasALengthInSevenBitBytes) {
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0, 0, 2, 1}), 10 + 257);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 4, 0, 0x10, 0, 0, 2, 1}), 20 + 257);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F}), 10 + 0xFFFFFFF);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0, 0, 0x80, 1}), 0);
  EXPECT_EQ(id3_tag_bytes(Bytes{'I', 'D', '3', 3, 0, 0, 0, 0, 2}), 0);
  EXPECT_EQ(id3_tag_bytes({}), 0);
}

}  // namespace
}  // namespace roundelay::file_kind_test
