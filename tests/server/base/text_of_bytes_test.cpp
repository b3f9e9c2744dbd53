#include "server/base/text_of_bytes.h"

#include <gtest/gtest.h>

namespace roundelay::text_of_bytes_test {
namespace {

using namespace std::string_literals;

TEST(TextOfBytes, Utf8Utf16AndLatin1GiveTheSameText) {
  const std::string words = "Noël, “fête”\nça va";
  EXPECT_EQ(text_of_bytes(words), words);
  EXPECT_EQ(text_of_bytes("\xEF\xBB\xBF" + words), words);
  const std::string little = "\xFF\xFEN\0o\0\xEB\0l\0\r\0\n\0\x1C\x20"s, big = "\xFE\xFF\0N\0o\0\xEB\0l\0\r\0\n\x20\x1C"s;
  EXPECT_EQ(text_of_bytes(little), "Noël\n“");
  EXPECT_EQ(text_of_bytes(big), "Noël\n“");
  EXPECT_EQ(text_of_bytes("No\xEBl, \x93"
                          "f\xEAte\x94\n\xE7"
                          "a va"),
            words)
      << "as Windows writes Latin-1";
}

TEST(TextOfBytes, IsComposedWithPlainLinesAndWithoutMarksOfDirection) {
  EXPECT_EQ(text_of_bytes("Noe\u0308l\r\nde\rux\u2028trois\tx\u202E\uFEFF."), "Noël\nde\nux\ntrois    x.");
  EXPECT_EQ(text_of_bytes(""), "");
}

TEST(TextOfBytes, WhatIsNoTextIsRefusedWithItsLine) {
  EXPECT_EQ(text_of_bytes("one\ntwo\0three"s).error(),
            "Line 2: this is no text: it holds control characters. Choose a text file, or paste the words.");
  EXPECT_EQ(text_of_bytes("\xFF\xFE"
                          "a\0\n\0\x00\xD8"
                          "b\0"s)
                .error(),
            "Line 2: half a letter stands here. Save the text as UTF-8 and try again.");
  EXPECT_EQ(text_of_bytes("\xFF\xFE"
                          "a"s)
                .error(),
            "The text ends in the middle of a letter. Save it as UTF-8 and try again.");
}

}  // namespace
}  // namespace roundelay::text_of_bytes_test
