#include "server/load/load_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace roundelay::load_report_test {
namespace {

constexpr int64_t kBlock = 960;

ClientReport heard(uint32_t song, int bucket, int64_t first_block, int64_t last_block, int64_t missing = 0) {
  ClientReport client;
  client.counts.runs.push_back({song, bucket, first_block * kBlock, last_block * kBlock, last_block - first_block + 1 - missing});
  return client;
}

TEST(LoadReport, AllIsDeliveredWhenEverybodyOfABucketHeardTheSame) {
  const std::vector<ClientReport> clients = {heard(1, 1, 10, 109), heard(1, 1, 10, 109), heard(1, 2, 30, 129)};
  const Delivery delivery = count_delivery(clients);
  EXPECT_EQ(delivery.expected, 300);
  EXPECT_EQ(delivery.blocks, 300);
  EXPECT_EQ(delivery.stream_blocks, 200);
}

TEST(LoadReport, OfWhoLostHerConnectionOnlyTheGapsWithinAConnectionCount) {
  std::vector<ClientReport> clients = {heard(1, 1, 10, 109), heard(1, 1, 10, 39)};
  clients[1].came_back = true;
  clients[1].counts.runs.push_back({1, 1, 60 * kBlock, 109 * kBlock, 50});
  const auto sum = summarize(clients);
  EXPECT_EQ(sum.at("expected"), 100);
  EXPECT_EQ(sum.at("delivered"), 1.0);
  EXPECT_EQ(sum.at("gap_blocks"), 0);
  EXPECT_EQ(sum.at("came_back"), 1);
  clients[1].counts.runs.back().blocks = 48;
  EXPECT_EQ(summarize(clients).at("gap_blocks"), 2);
}

TEST(LoadReport, WhatOneOfABucketHeardIsExpectedOfAllOfIt) {
  const std::vector<ClientReport> clients = {heard(1, 1, 10, 109), heard(1, 1, 20, 109), heard(1, 1, 10, 99),
                                             heard(1, 1, 10, 109, 5)};
  const Delivery delivery = count_delivery(clients);
  EXPECT_EQ(delivery.expected, 400);
  EXPECT_EQ(delivery.blocks, 375);
  EXPECT_EQ(summarize(clients)["gap_blocks"], 5);
}

TEST(LoadReport, WhoHeardNothingOfASongShouldHaveHeardAsMuchAsAnybody) {
  std::vector<ClientReport> clients = {heard(1, 1, 10, 109), heard(2, 1, 1000, 1049), ClientReport{}};
  clients[0].counts.runs.push_back({2, 1, 1000 * kBlock, 1049 * kBlock, 50});
  const Delivery delivery = count_delivery(clients);
  EXPECT_EQ(delivery.blocks, 200);
  EXPECT_EQ(delivery.expected, 150 + 150 + 150);  // the second missed song 1, the third both
}

TEST(LoadReport, WhoWasDisturbedDoesNotCount) {
  std::vector<ClientReport> clients = {heard(1, 1, 10, 109), heard(1, 1, 10, 109, 40)};
  clients[1].disturbed = true;
  EXPECT_DOUBLE_EQ(count_delivery(clients).share(), 1);
  const auto summary = summarize(clients);
  EXPECT_EQ(summary["gap_blocks"], 0);
  EXPECT_EQ(summary["gap_blocks_disturbed"], 40);
}

TEST(LoadReport, WhoComesLateShouldHearEverythingFromThenOn) {
  std::vector<ClientReport> clients = {heard(1, 1, 10, 109), heard(1, 1, 60, 109), heard(1, 1, 60, 99)};
  clients[1].late = clients[2].late = true;
  clients[1].counts.first_block_ms = 42;
  const Delivery delivery = count_delivery(clients);
  EXPECT_EQ(delivery.expected, 100 + 50 + 50);
  EXPECT_EQ(delivery.blocks, 100 + 50 + 40);
  EXPECT_EQ(summarize(clients)["join_ms_p50"], 42);
}

TEST(LoadReport, RoomsAreCountedApart) {
  std::vector<ClientReport> clients = {heard(1, 1, 10, 109), heard(1, 1, 500, 519)};
  clients[1].room = 1;
  EXPECT_EQ(count_delivery(clients).expected, 120);
}

TEST(LoadReport, PercentilesAreValuesThatOccurred) {
  std::vector<double> values;
  for (int i = 200; i >= 1; --i) values.push_back(i);
  EXPECT_EQ(percentile(values, 0.5), 101);
  EXPECT_EQ(percentile(values, 0.99), 199);
  EXPECT_EQ(percentile(values, 1), 200);
  EXPECT_TRUE(percentile({}, 0.5).is_null());
}

}  // namespace
}  // namespace roundelay::load_report_test
