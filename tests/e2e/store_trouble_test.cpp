// The database is locked by somebody else, or the disk is full: nobody waits, no room is given up, nothing is lost without a
// word.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::store_trouble_test {
namespace {

using Clock = std::chrono::steady_clock;

class StoreTrouble : public testing::Test {
 protected:
  StoreTrouble() { client_.enter(room_, "Ann", {{"key", made_.at("key")}}); }
  ~StoreTrouble() override { unlock(); }

  void lock() {
    EXPECT_EQ(sqlite3_open((server_.data_dir() + "/roundelay.sqlite").c_str(), &db_), SQLITE_OK);
    EXPECT_TRUE(wait_until([&] { return sqlite3_exec(db_, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK; }));
  }
  void unlock() {
    sqlite3_close(db_);
    db_ = nullptr;
  }
  // No file of the conductor may grow any more: as a full disk.
  void fill_disk(bool full) {
    const struct rlimit limit = {full ? 1'000 : RLIM_INFINITY, RLIM_INFINITY};
    ASSERT_EQ(prlimit(server_.pids("conductor").at(0), RLIMIT_FSIZE, &limit, nullptr), 0);
  }
  // What must go on, whatever the database does.
  void expect_that_nobody_waits() {
    const auto begun = Clock::now();
    client_.send_json({{"type", "settings"}, {"buckets", 3}});
    const auto settings = client_.receive_type("settings");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->at("settings").at("buckets"), 3);
    EXPECT_TRUE(client_.receive_type("notice")) << "it is said that this is not stored";
    RawClient newcomer(server_.port());
    EXPECT_EQ(newcomer.enter(room_, "Berta").value("type", ""), "welcome");
    client_.send_json({{"type", "lead"}});
    client_.send_json({{"type", "start"}});
    ASSERT_TRUE(client_.receive_type("song"));
    client_.send_json({{"type", "stop"}, {"now", true}});
    ASSERT_TRUE(client_.receive_type("song"));
    EXPECT_EQ(server_.request("GET", "/api/rooms/" + room_).status, 200);
    EXPECT_EQ(server_.request("GET", "/api/rooms/" + other_).status, 200) << "a room that nobody is in";
    RawClient elsewhere(server_.port());
    EXPECT_EQ(elsewhere.enter(other_, "Carla").value("type", ""), "welcome") << "it is not given up";
    const HttpAnswer refused = server_.request("POST", "/api/rooms", "{}");
    EXPECT_EQ(refused.status, 503) << "not promised what cannot be kept";
    EXPECT_EQ(refused.json().at("error").at("code"), "busy");
    EXPECT_LT(Clock::now() - begun, 2s) << "two seconds are more than enough for all this";
    EXPECT_EQ(server_.request("GET", "/healthz").status, 200);
    EXPECT_EQ(server_.status().at("store").at("failing"), true);
    EXPECT_NE(server_.request("GET", "/metrics").body.find("roundelay_store_failing 1"), std::string::npos);
  }
  void expect_that_all_is_stored() {
    EXPECT_TRUE(client_.receive_type("notice"));
    EXPECT_TRUE(wait_until([&] { return server_.status().at("store").at("failing") == false; }));
    EXPECT_EQ(server_.status().at("store").at("waiting"), 0);
    EXPECT_EQ(server_.request("POST", "/api/rooms", "{}").status, 201);
    // What was changed in the meantime survives the worst.
    const auto children = children_of(server_.process().pid());
    server_.process().signal(SIGKILL);
    for (const pid_t child : children) kill(child, SIGKILL);
    (void)server_.process().wait();
    server_.start();
    RawClient again(server_.port());
    EXPECT_EQ(again.enter(room_, "Dora").at("settings").at("buckets"), 3) << server_.log();
  }

  Server server_{1, {{"lead_in_ms", 300}, {"default_interval_ms", 200}}};
  nlohmann::json made_ = server_.make_room();
  std::string room_ = made_.at("room");
  std::string other_ = server_.make_room().at("room");
  RawClient client_{server_.port()};
  sqlite3* db_ = nullptr;
};

TEST_F(StoreTrouble, ADatabaseThatSomebodyElseLocks) {
  lock();
  expect_that_nobody_waits();
  unlock();
  expect_that_all_is_stored();
}

TEST_F(StoreTrouble, ADiskThatIsFull) {
  fill_disk(true);
  expect_that_nobody_waits();
  fill_disk(false);
  expect_that_all_is_stored();
}

TEST_F(StoreTrouble, AConductorThatStartsWhileItIsLockedTakesTheRoomsOver) {
  lock();
  kill(server_.pids("conductor").at(0), SIGKILL);
  RawClient newcomer(server_.port());
  EXPECT_EQ(newcomer.enter(room_, "Berta").value("type", ""), "welcome") << server_.log();
  client_.send_json({{"type", "name"}, {"name", "Anna"}});
  EXPECT_TRUE(client_.receive_type("person")) << "her room is still the same";
  unlock();
}

TEST_F(StoreTrouble, WhatCannotBeStoredAtTheEndIsSaid) {
  lock();
  client_.send_json({{"type", "settings"}, {"buckets", 3}});
  ASSERT_TRUE(client_.receive_type("notice"));
  server_.process().signal(SIGTERM);
  EXPECT_EQ(server_.process().wait(6s), 0);
  EXPECT_NE(server_.log().find("could not be stored and are lost"), std::string::npos) << server_.log();
}

}  // namespace
}  // namespace roundelay::e2e::store_trouble_test
