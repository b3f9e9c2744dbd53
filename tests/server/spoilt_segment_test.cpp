#include "tests/server/spoilt_segment.h"

#include <gtest/gtest.h>

#include <random>

namespace roundelay::spoilt_segment_test {
namespace {

// Words that do harm more often than others.
uint64_t a_word(std::mt19937_64& random) {
  static constexpr uint64_t kBad[] = {0,          1,          ~uint64_t{0},       uint64_t{1} << 63,  INT64_MAX,
                                      0xffffffff, 0x80000000, 0x7ff8000000000000, 0x7f8000007fc00000, uint64_t{9} << 16 | 0xffff};
  return random() % 2 == 0 ? kBad[random() % std::size(kBad)] : random() >> random() % 64;
}

TEST(SpoiltSegmentTest, WhateverItHoldsNobodyWhoReadsItFalls) {
  SpoiltSegment segment;
  std::mt19937_64 random(2026);
  for (int round = 0; round < 300; ++round) {
    std::vector<uint8_t> script;
    for (int i = 0; i < 120; ++i) {
      const auto place = static_cast<uint32_t>(random());
      const uint64_t word = a_word(random);
      script.insert(script.end(), reinterpret_cast<const uint8_t*>(&place), reinterpret_cast<const uint8_t*>(&place + 1));
      script.insert(script.end(), reinterpret_cast<const uint8_t*>(&word), reinterpret_cast<const uint8_t*>(&word + 1));
    }
    ASSERT_NO_THROW(segment.run(script)) << round;
  }
}

}  // namespace
}  // namespace roundelay::spoilt_segment_test
