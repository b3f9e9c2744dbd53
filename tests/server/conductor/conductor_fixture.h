// A whole conductor on a real loop, real shared memory and a real socket; the shards are scripted.
#pragma once

#include <sodium.h>

#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "server/conductor/conductor.h"
#include "tests/server/conductor/scripted_shard.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay {

class ConductorTest : public testing::Test {
 protected:
  ConductorTest() {
    std::signal(SIGPIPE, SIG_IGN);  // as in the conductor's process: a shard may be gone when something is written to it
    EXPECT_GE(sodium_init(), 0);
    config_.data_dir = folder_.path() + "/data";
    config_.port = 4711;
    config_.max_rooms = 4;
    commands_.worker = {"/bin/sh", folder_.write("worker.sh", "exit 1")};
    commands_.robots = {
        "/bin/sh", folder_.write("robots.sh", "echo \"$@ key: $ROUNDELAY_KEY\" >" + folder_.path() + "/robots; exec sleep 1000")};
    Segment::remove(config_.segment_name());
    auto segment =
        Segment::create(config_.segment_name(), {.max_shards = 2, .max_rooms = 4, .lane_blocks = 4096}, Timeline::anchored_now());
    EXPECT_TRUE(segment);
    segment_.emplace(*std::move(segment));
  }
  ~ConductorTest() override {
    conductor_.reset();
    Segment::remove(config_.segment_name());
  }

  void start() { conductor_ = std::make_unique<Conductor>(loop_.get(), config_, *segment_, commands_); }
  void stop() { conductor_.reset(); }
  [[nodiscard]] std::unique_ptr<ScriptedShard> shard(int index, nlohmann::json sessions = nlohmann::json::array()) {
    auto out = std::make_unique<ScriptedShard>(loop_, config_.control_socket());
    out->greet(index, std::move(sessions));
    return out;
  }

  static nlohmann::json http(ScriptedShard& shard, const std::string& method, const std::string& path,
                             const nlohmann::json& body = nullptr, const std::string& address = "127.0.0.1") {
    shard.say({{"op", "http"}, {"request", 7}, {"method", method}, {"path", path}, {"address", address}, {"body", body}});
    return shard.next("reply", [](const nlohmann::json& o) { return o["request"] == 7; });
  }
  struct Made {
    std::string room, key;
  };
  static Made make_room(ScriptedShard& shard) {
    const nlohmann::json reply = http(shard, "POST", "/api/rooms", {{"name", "Choir"}});
    EXPECT_EQ(reply["status"], 201) << reply;
    return {reply["body"]["room"], reply["body"]["key"]};
  }
  static nlohmann::json hello(const std::string& room, const std::string& name,
                              const nlohmann::json& more = nlohmann::json::object()) {
    nlohmann::json out = {{"type", "hello"}, {"version", 1}, {"room", room}, {"name", name}, {"role", "singer"}};
    out.update(more);
    return out;
  }
  // The welcome.
  static nlohmann::json join(ScriptedShard& shard, uint64_t session, const std::string& room, const std::string& name,
                             const nlohmann::json& more = nlohmann::json::object()) {
    shard.client(session, hello(room, name, more));
    return shard.sent(session, "welcome");
  }
  // The state of the only room in use.
  [[nodiscard]] RoomState only_room() const {
    RoomState found;
    for (int row = 0; row < 4; ++row) {
      RoomState state;
      EXPECT_TRUE(segment_->room(row).state.load(state));
      if (state.generation == 0) continue;
      EXPECT_EQ(found.generation, 0u) << "more than one";
      found = state;
    }
    return found;
  }

  TemporaryFolder folder_;
  Config config_;
  ConductorCommands commands_;
  std::optional<Segment> segment_;
  Loop loop_;
  std::unique_ptr<Conductor> conductor_;
};

}  // namespace roundelay
