#include "server/conductor/text.h"

#include <gtest/gtest.h>

#include <array>

namespace roundelay {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Name, IsTrimmedAndCountedInCharacters) {
  EXPECT_EQ(*checked_name("  Anna \t\n"), "Anna");
  EXPECT_EQ(*checked_name("\xC2\xA0Zo\xC3\xAB\xE3\x80\x80"), "Zo\xC3\xAB");
  EXPECT_EQ(*checked_name(repeated("\xF0\x9F\x8E\xB5", 40)), repeated("\xF0\x9F\x8E\xB5", 40));
  EXPECT_FALSE(checked_name(repeated("\xF0\x9F\x8E\xB5", 41)));
  EXPECT_FALSE(checked_name(""));
  EXPECT_FALSE(checked_name(" \xE2\x80\x8B "));
}

TEST(Name, RefusesControlCharactersAndTurningOfTheWriting) {
  for (const char* bad : {"a\nb", "a\x7F", "a\x1B[0m", "a\xC2\x85z", "a\xE2\x80\xAE z", "a\xE2\x80\xA8z", "a\xE2\x81\xA6z"}) {
    EXPECT_FALSE(checked_name(bad)) << bad;
  }
  EXPECT_FALSE(checked_name(std::string("a\0b", 3)));
}

TEST(Name, RefusesWhatIsNotUtf8) {
  for (const char* bad : {"\xFF", "\xC3", "a\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
                          "\x80", "\xC3\x28"}) {
    EXPECT_FALSE(checked_name(bad));
  }
}

TEST(Name, ErrorSaysWhatIsAllowed) {
  EXPECT_EQ(checked_name("").error(), "A name must have 1 to 40 characters.");
}

TEST(TrackName, IsTheFilesNameCleaned) {
  EXPECT_EQ(track_name("C:\\music\\Ave Maria.mp3"), "Ave Maria.mp3");
  EXPECT_EQ(track_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(track_name("a\nb"), "ab");
  EXPECT_EQ(track_name(""), "Track");
  EXPECT_EQ(track_name("\xFF"), "Track");
  EXPECT_EQ(track_name(std::string(500, 'x')), std::string(120, 'x'));
}

TEST(Hex, GoesThereAndBack) {
  const std::array<uint8_t, 3> bytes{0x00, 0xAB, 0xFF};
  EXPECT_EQ(hex(bytes), "00abff");
  std::array<uint8_t, 3> back{};
  EXPECT_TRUE(from_hex("00abff", back));
  EXPECT_EQ(back, bytes);
  EXPECT_FALSE(from_hex("00abf", back));
  EXPECT_FALSE(from_hex("00abfg", back));
  EXPECT_FALSE(from_hex("00abff00", back));
}

}  // namespace
}  // namespace roundelay
