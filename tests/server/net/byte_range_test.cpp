#include "server/net/byte_range.h"

#include <gtest/gtest.h>

#include <string>

namespace roundelay::byte_range_test {
namespace {

constexpr const char* kTag = "\"abc\"";

// "STATUS FIRST LENGTH" of a resource of 1,000 bytes.
std::string asked(const std::string& range, const std::string& if_range = {}, int64_t bytes = 1'000) {
  const RangeAnswer answer = range_answer(range, if_range, kTag, bytes);
  return std::to_string(answer.status) + " " + std::to_string(answer.first) + " " + std::to_string(answer.bytes);
}

TEST(ByteRange, IsAPartOfWhatIsThere) {
  EXPECT_EQ(asked("bytes=0-0"), "206 0 1");
  EXPECT_EQ(asked("bytes=100-199"), "206 100 100");
  EXPECT_EQ(asked("bytes=100-"), "206 100 900");
  EXPECT_EQ(asked("bytes=-100"), "206 900 100");
  EXPECT_EQ(asked("bytes=0-999"), "206 0 1000");
  EXPECT_EQ(asked("Bytes= 5 - 9 "), "206 5 5");
}

TEST(ByteRange, BehindTheEndIsCutOff) {
  EXPECT_EQ(asked("bytes=900-5000"), "206 900 100");
  EXPECT_EQ(asked("bytes=-5000"), "206 0 1000");
  EXPECT_EQ(asked("bytes=0-99999999999999999999999"), "206 0 1000");
}

TEST(ByteRange, WhollyBehindTheEndCannotBe) {
  for (const char* range : {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999999-"}) {
    EXPECT_EQ(asked(range), "416 0 0") << range;
  }
  EXPECT_EQ(range_answer("bytes=1000-", {}, kTag, 1'000).content_range, "content-range: bytes */1000\r\n");
  EXPECT_EQ(asked("bytes=0-", {}, 0), "416 0 0") << "an empty file has no part";
}

TEST(ByteRange, WhatIsNoRangeGetsAll) {
  for (const char* range : {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1-2,5-6", "lines=1-2", "bytes=--5",
                            "bytes=+1-5", "bytes=1.5-2", "bytes=0x1-5"}) {
    EXPECT_EQ(asked(range), "200 0 1000") << range;
    EXPECT_EQ(range_answer(range, {}, kTag, 1'000).content_range, "") << range;
  }
}

TEST(ByteRange, OfAnotherContentGetsAll) {
  EXPECT_EQ(asked("bytes=5-9", kTag), "206 5 5");
  EXPECT_EQ(asked("bytes=5-9", "\"other\""), "200 0 1000");
  EXPECT_EQ(asked("bytes=5-9", "W/\"abc\""), "200 0 1000") << "a weak tag does not do for a part";
  EXPECT_EQ(asked("bytes=5-9", "Wed, 25 Nov 2026 10:00:00 GMT"), "200 0 1000");
}

TEST(ByteRange, SaysWhichPartItIs) {
  EXPECT_EQ(range_answer("bytes=5-9", {}, kTag, 1'000).content_range, "content-range: bytes 5-9/1000\r\n");
}

TEST(EntityTag, IsKnownWhenItIsAmongThose) {
  for (const char* known : {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*", " \"abc\" ,\"y\""})
    EXPECT_TRUE(etag_is_known(known, kTag)) << known;
  for (const char* other : {"", "\"x\"", "abc", ",", "\"abcd\""}) EXPECT_FALSE(etag_is_known(other, kTag)) << other;
}

}  // namespace
}  // namespace roundelay::byte_range_test
