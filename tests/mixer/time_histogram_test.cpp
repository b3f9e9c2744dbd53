#include "mixer/time_histogram.h"

#include <gtest/gtest.h>

#include <memory>

namespace roundelay::time_histogram_test {
namespace {

TEST(TimeHistogram, EdgesRiseByAtMostAQuarterAndReachOneSecond) {
  for (int bin = 1; bin + 1 < TimeHistogram::kBins; ++bin) {
    EXPECT_GT(TimeHistogram::upper_ns(bin), TimeHistogram::upper_ns(bin - 1));
    EXPECT_LE(static_cast<double>(TimeHistogram::upper_ns(bin)), 1.25 * static_cast<double>(TimeHistogram::upper_ns(bin - 1)));
  }
  EXPECT_GE(TimeHistogram::upper_ns(TimeHistogram::kBins - 2), 1'000'000'000);
}

TEST(TimeHistogram, EachTimeLiesInTheBinThatEndsAtOrAboveIt) {
  for (int64_t ns = 0; ns < 3'000'000'000; ns += 1 + ns / 7) {
    const int bin = TimeHistogram::bin_of(ns);
    EXPECT_LE(ns, TimeHistogram::upper_ns(bin));
    if (bin > 0) {
      EXPECT_GT(ns, TimeHistogram::upper_ns(bin - 1));
    }
  }
  for (int bin = 0; bin + 1 < TimeHistogram::kBins; ++bin) EXPECT_EQ(TimeHistogram::bin_of(TimeHistogram::upper_ns(bin)), bin);
}

TEST(TimeHistogram, QuantilesAreAtMostAQuarterTooHigh) {
  const auto histogram = std::make_unique<TimeHistogram>();
  for (int64_t us = 1; us <= 10'000; ++us) histogram->add(us * 1000);
  const auto counts = histogram->read();
  EXPECT_EQ(counts.count, 10'000U);
  EXPECT_EQ(counts.worst_ns, 10'000'000);
  EXPECT_EQ(counts.sum_ns, uint64_t{50'005'000} * 1000);
  for (const double quantile : {0.5, 0.99, 0.999}) {
    const double exact = quantile * 10'000'000;
    EXPECT_GE(static_cast<double>(counts.quantile_ns(quantile)), exact);
    EXPECT_LE(static_cast<double>(counts.quantile_ns(quantile)), 1.25 * exact);
  }
  EXPECT_EQ(counts.quantile_ns(1), 10'000'000);
}

TEST(TimeHistogram, AnEmptyOneHasNoQuantiles) {
  EXPECT_EQ(std::make_unique<TimeHistogram>()->read().quantile_ns(0.99), 0);
}

TEST(TimeHistogram, TimesBeyondTheRangeAreKeptInTheLastBinAndAsTheWorst) {
  const auto histogram = std::make_unique<TimeHistogram>();
  histogram->add(5'000'000'000);
  histogram->add(-3);
  const auto counts = histogram->read();
  EXPECT_EQ(counts.bins.front(), 1U);
  EXPECT_EQ(counts.bins.back(), 1U);
  EXPECT_EQ(counts.quantile_ns(0.999), 5'000'000'000);
}

}  // namespace
}  // namespace roundelay::time_histogram_test
