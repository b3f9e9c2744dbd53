#include "server/base/text.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace roundelay::text_test {
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

TEST(Name, LosesWhatKeyboardsAndAddressBooksLeaveBehind) {
  for (const char* invisible :
       {"\u200F", "\u200E", "\u202A", "\u202C", "\u202E", "\u2066", "\u2069", "\u061C", "\uFEFF", "\u00AD",
        "\u200B", "\u200C", "\u200D", "\u2060", "\u3164", "\u115F", "\uFFA0", "\u034F", "\uFE0F", "\U000E0041"}) {
    const std::string mark = invisible;
    EXPECT_EQ(*checked_name(mark + "An" + mark + "na" + mark), "Anna") << mark;
    EXPECT_EQ(checked_name(mark + " " + mark).error(), "A name must have 1 to 40 characters that can be seen.") << mark;
  }
  EXPECT_EQ(*checked_name("\u200F\u05D3\u05E0\u05D4\u200F"), "\u05D3\u05E0\u05D4");
}

TEST(Text, KeepsItsLinesAndAtMostOneEmptyOneBetweenThem) {
  const auto text = [](const std::string& raw) { return checked_text(raw, 2'000, 8'000).value_or("-"); };
  EXPECT_EQ(text("\n\n  one\ttwo \r\nthree\rfour\u2028five\n\n \n\nsix\n"), "one two\nthree\nfour\nfive\n\nsix");
  EXPECT_EQ(text("Zoe\u0308\u202E"), "Zo\u00EB");
  EXPECT_EQ(text(" \n\u200B\n"), "-");
  EXPECT_EQ(text("a\x01"), "-");
  EXPECT_EQ(text("\xFF"), "-");
  EXPECT_EQ(text(text("a \n\n\n b")), "a\n\nb");
}

TEST(Text, IsCountedInWhatAReaderTakesForACharacterAndInBytes) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
  EXPECT_TRUE(checked_text(repeated(family, 300), 300, 8'000));
  EXPECT_FALSE(checked_text(repeated(family, 301), 300, 8'000));
  EXPECT_FALSE(checked_text(repeated(family, 300), 300, 7'000));
  EXPECT_TRUE(checked_text(repeated("\u00EB", 2'000), 2'000, 8'000));
  EXPECT_EQ(checked_text(repeated("a", 2'001), 2'000, 8'000).error(),
            "This is too long: 2000 characters at most can be said at once.");
}

TEST(Name, HasSingleSpaces) {
  EXPECT_EQ(*checked_name("Anna \t\r\n\u2028 Maria"), "Anna Maria");
  EXPECT_EQ(*checked_name("Anna\u2800\u00A0Maria\u2800"), "Anna Maria");
  EXPECT_FALSE(checked_name("\u2800"));
}

TEST(Name, IsComposed) {
  EXPECT_EQ(*checked_name("Zoe\u0308"), "Zo\u00EB");
  EXPECT_EQ(*checked_name("Zoe\u034F\u0308"), "Zo\u00EB");
  EXPECT_EQ(*checked_name(repeated("e\u0301", 40)), repeated("\u00E9", 40));
  // Twenty letters of which none has a composed form with its two marks.
  EXPECT_EQ(*checked_name(repeated("q\u0323\u0307", 40)), repeated("q\u0323\u0307", 40));
}

TEST(Name, CountsWhatAReaderTakesForOneCharacter) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
  EXPECT_EQ(*checked_name(repeated(family, 20) + repeated("x", 20)), repeated(family, 20) + repeated("x", 20));
  EXPECT_FALSE(checked_name(repeated(family, 20) + repeated("x", 21)));
}

TEST(Name, KeepsWhatEmojiAndScriptsNeed) {
  for (const char* name : {"Anna \U0001F469\U0001F3FD\u200D\U0001F3A4", "\u2764\uFE0F", "\U0001F3F3\uFE0F\u200D\U0001F308",
                           "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "\U0001F1E9\U0001F1EA",
                           "\u0645\u06CC\u200C\u062E", "\u0DC1\u0DCA\u200D\u0DBB\u0DD3", "\u845B\U000E0100", "1\uFE0F\u20E3"}) {
    EXPECT_EQ(checked_name(name), name);
  }
  // Tags that make no flag, a joiner with nothing to join.
  EXPECT_EQ(*checked_name("\U0001F3F4\U000E0067"), "\U0001F3F4");
  EXPECT_EQ(*checked_name("\U0001F468\u200D"), "\U0001F468");
  EXPECT_EQ(*checked_name("\U0001F468\u200D\u200F\U0001F469"), "\U0001F468\u200D\U0001F469");
}

TEST(Name, IsTakenAsItIsOnceItIsClean) {
  constexpr std::array kParts{"a",          " ",          "\u0301",     "\u0323",     "\u034F", "\u200C",     "\u200D",
                              "\uFE0F",     "\u0645",     "\u06CC",     "\u0DCA",     "\u0DBB", "\U0001F468", "\U0001F3FD",
                              "\U0001F3F4", "\U000E0067", "\U000E007F", "\U0001F1E9", "\u200F", "\u3164",     "\u1100",
                              "\u1161",     "\u845B",     "\U000E0100", "\u0600",     "\uAC00"};
  std::mt19937 random(1);
  for (int round = 0; round < 4'000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += kParts[random() % kParts.size()];
    const auto name = checked_name(text);
    if (name) {
      ASSERT_EQ(checked_name(*name), name) << text;
    }
    const std::string track = track_name(repeated("x", 114) + text);
    const auto again = checked_name(track, kMaxTrackNameCharacters);
    ASSERT_EQ(again.value_or("refused"), track) << text << (again ? "" : again.error().text);
  }
}

TEST(Name, IsBoundedInBytes) {
  EXPECT_EQ(checked_name("a" + repeated("\u0323", 5'000)).error(),
            "This name has too many accents or composed emoji: use fewer of them.");
}

TEST(Name, RefusesControlCharacters) {
  for (const char* bad : {"a\x7F", "a\x1B[0m", "a\bz", "a\u0086z"}) EXPECT_FALSE(checked_name(bad)) << bad;
  EXPECT_FALSE(checked_name(std::string("a\0b", 3)));
}

TEST(Name, RefusesWhatIsNotUtf8) {
  for (const char* bad : {"\xFF", "\xC3", "a\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80",
                          "\x80", "\xC3\x28"}) {
    EXPECT_FALSE(checked_name(bad));
  }
}

TEST(Name, ErrorSaysWhatIsAllowed) {
  EXPECT_EQ(checked_name("").error(), "A name must have 1 to 40 characters that can be seen.");
  EXPECT_EQ(checked_name(std::string(41, 'x')).error(), "A name must have 1 to 40 characters.");
}

TEST(TrackName, IsTheFilesNameCleaned) {
  EXPECT_EQ(track_name("C:\\music\\Ave Maria.mp3"), "Ave Maria.mp3");
  EXPECT_EQ(track_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(track_name("a\nb"), "a b");
  EXPECT_EQ(track_name(std::string("a\0b\x1B", 4)), "ab");
  EXPECT_EQ(track_name("\u3164"), "Track");
  EXPECT_EQ(track_name("Ave\u0301.mp3\u200F"), "Av\u00E9.mp3");
  EXPECT_EQ(track_name(""), "Track");
  EXPECT_EQ(track_name("\xFF"), "Track");
  EXPECT_EQ(track_name(std::string(500, 'x')), std::string(120, 'x'));
}

TEST(TrackName, IsCutBetweenCharacters) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
  EXPECT_EQ(track_name(repeated("x", 119) + family + "yz"), repeated("x", 119) + family);
  EXPECT_EQ(track_name(repeated("x", 120) + family), repeated("x", 120));
  // 1,920 bytes are the most: 76 families of 25.
  EXPECT_EQ(track_name(repeated(family, 100)), repeated(family, 76));
  // A joiner with nothing behind it any more goes too.
  EXPECT_EQ(track_name(repeated("x", 119) + "\u0645\u200C\u062E"), repeated("x", 119) + "\u0645");
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

TEST(Text, WhatIsUtf8) {
  for (const std::string_view good :
       {"", "a", "\xC3\xA9", "\xE2\x99\xAA", "\xF0\x9F\x8E\xB6", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
    EXPECT_TRUE(is_utf8(good)) << good;
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
  // Cut off, alone, longer than it must be, a surrogate, beyond Unicode.
  for (const std::string_view bad :
       {"\xC3", "a\xA9", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xE2\x99"})
    EXPECT_FALSE(is_utf8(bad));
}

}  // namespace
}  // namespace roundelay::text_test
