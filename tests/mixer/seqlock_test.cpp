#include "mixer/seqlock.h"

#include <gtest/gtest.h>

namespace roundelay::seqlock_test {
namespace {

constexpr auto kAlways = [] { return true; };

TEST(SeqlockTest, ACopyWithoutAWriterSucceedsAtOnce) {
  const std::atomic<uint64_t> sequence{4};
  int copies = 0;
  EXPECT_EQ(seqlock_read(sequence, kAlways, [&] { ++copies; }), SeqlockRead::kCopied);
  EXPECT_EQ(copies, 1);
}

TEST(SeqlockTest, ACopyDuringWhichSomebodyWroteIsMadeAgain) {
  std::atomic<uint64_t> sequence{4};
  int value = 1;
  int copied = 0;
  int copies = 0;
  const SeqlockRead read = seqlock_read(sequence, kAlways, [&] {
    copied = value;
    if (++copies == 1) {
      const SeqlockWrite write = seqlock_open(sequence);
      value = 2;
      seqlock_close(sequence, write);
    }
  });
  EXPECT_EQ(read, SeqlockRead::kCopied);
  EXPECT_EQ(copies, 2);
  EXPECT_EQ(copied, 2);
}

TEST(SeqlockTest, ACopyThatAWriteBeganInIsNotBelieved) {
  std::atomic<uint64_t> sequence{4};
  int copies = 0;
  EXPECT_EQ(seqlock_read(sequence, kAlways,
                         [&] {
                           ++copies;
                           seqlock_open(sequence);
                         }),
            SeqlockRead::kTorn);
  EXPECT_EQ(copies, 1);
}

TEST(SeqlockTest, AWriterThatNeverRestsIsGivenUp) {
  std::atomic<uint64_t> sequence{4};
  int copies = 0;
  const SeqlockRead read = seqlock_read(sequence, kAlways, [&] {
    ++copies;
    seqlock_close(sequence, seqlock_open(sequence));
  });
  EXPECT_EQ(read, SeqlockRead::kTorn);
  EXPECT_EQ(copies, kSeqlockTries);
}

TEST(SeqlockTest, TheCounterGoesOnOverItsEnd) {
  std::atomic<uint64_t> sequence{UINT64_MAX - 1};
  const SeqlockWrite write = seqlock_open(sequence);
  EXPECT_FALSE(write.broken);
  EXPECT_EQ(seqlock_read(sequence, kAlways, [] {}), SeqlockRead::kTorn);
  seqlock_close(sequence, write);
  EXPECT_EQ(sequence.load(), 0U);
  EXPECT_EQ(seqlock_read(sequence, kAlways, [] {}), SeqlockRead::kCopied);
}

TEST(SeqlockTest, NothingIsCopiedWhileAWriteIsOpen) {
  std::atomic<uint64_t> sequence{4};
  const SeqlockWrite write = seqlock_open(sequence);
  EXPECT_FALSE(write.broken);
  int copies = 0;
  EXPECT_EQ(seqlock_read(sequence, kAlways, [&] { ++copies; }), SeqlockRead::kTorn);
  EXPECT_EQ(copies, 0);
  seqlock_close(sequence, write);
  EXPECT_EQ(sequence.load(), 6U);
  EXPECT_EQ(seqlock_read(sequence, kAlways, [&] { ++copies; }), SeqlockRead::kCopied);
  EXPECT_EQ(copies, 1);
}

TEST(SeqlockTest, UnwantedDataEndTheSearchEvenWhileAWriteIsOpen) {
  std::atomic<uint64_t> sequence{4};
  int asked = 0;
  const auto never = [&] {
    ++asked;
    return false;
  };
  EXPECT_EQ(seqlock_read(sequence, never, [] { FAIL(); }), SeqlockRead::kUnwanted);
  seqlock_open(sequence);
  EXPECT_EQ(seqlock_read(sequence, never, [] { FAIL(); }), SeqlockRead::kUnwanted);
  EXPECT_EQ(asked, 2);
}

TEST(SeqlockTest, TheNextWriterSeesThatTheLastOneDiedInTheMiddle) {
  std::atomic<uint64_t> sequence{4};
  seqlock_open(sequence);
  const SeqlockWrite write = seqlock_open(sequence);
  EXPECT_TRUE(write.broken);
  EXPECT_EQ(sequence.load() % 2, 1U);
  seqlock_close(sequence, write);
  EXPECT_EQ(sequence.load(), 6U);
  EXPECT_FALSE(seqlock_open(sequence).broken);
}

}  // namespace
}  // namespace roundelay::seqlock_test
