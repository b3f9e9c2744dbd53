// The parts of a shard over a real segment of two shards and two rooms, with the test's own time.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "server/shard/headroom_watch.h"
#include "server/shard/housekeeping.h"
#include "server/shard/session_table.h"
#include "server/shard/stages.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/shard/fake_socket.h"

namespace roundelay {

class ShardParts : public testing::Test {
 protected:
  static constexpr int kShard = 1;
  static constexpr int64_t kSecondNs = 1'000'000'000;

  ShardParts() {
    cpu_ns_ = 0;
    for (const int row : {0, 1}) publish(row, 5);
  }
  ~ShardParts() override {
    for (const auto& [id, session] : sessions_.all()) {
      if (session->stage() != nullptr) session->stage()->leave(session->hears(), session.get());
    }
    Segment::remove(name_);
  }

  void publish(int row, uint32_t generation) {
    RoomState state;
    state.generation = generation;
    state.interval_blocks = 50;
    segment_.room(row).state.store(state);
  }
  // A session, and the socket that it has.
  Session& open() {
    return sessions_.open(*held_.emplace_back(std::make_unique<FakeSocket>()), now_ns_, headroom_.batch_policy(),
                          headroom_.probe_policy());
  }
  static FakeSocket& socket_of(Session& session) { return static_cast<FakeSocket&>(session.socket()); }
  static link::SessionFacts facts(int row = 0, uint32_t generation = 5, Role role = Role::kSinger) {
    return {.person = 12, .row = row, .generation = generation, .room = "room", .name = "Ann", .bucket = 1, .role = role};
  }

  static Segment make_segment(const std::string& name) {
    Segment::remove(name);
    return std::move(*Segment::create(name, SegmentSize{2, 2, 512}, Timeline{0, {0}}));
  }

  static inline int64_t cpu_ns_ = 0;  // what the loop's thread has used
  const std::string name_ = "/roundelay-shard-parts-" + std::to_string(getpid());
  Segment segment_ = make_segment(name_);
  Loop loop_;
  int64_t now_ns_ = 20 * kSecondNs;
  ShardRow& row_ = segment_.shard(kShard);
  HeadroomWatch headroom_{row_, {.most_complexity = 4}, 0, [] { return cpu_ns_; }};
  Housekeeping housekeeping_{10, headroom_.batch_policy()};
  std::vector<std::unique_ptr<FakeSocket>> held_;
  SessionTable sessions_{kShard, row_, now_ns_};
  Stages stages_{loop_.get(), segment_, kShard, {.tracks_dir = "/nonexistent", .mix_bitrate = 64'000, .complexity = 4}};
};

}  // namespace roundelay
