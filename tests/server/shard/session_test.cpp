// Session over a real stage and segment, with a socket of the test's and the test's time: what becomes of a singer whose line
// stalls, of errors, of voice that nobody asked for, and how many blocks her messages hold.
#include "server/shard/session.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>

#include "server/shard/hold_up.h"
#include "server/shard/housekeeping.h"
#include "server/shard/stage.h"
#include "server/wire/sound/mix_message.h"
#include "tests/server/shard/fake_socket.h"

namespace roundelay::session_test {
namespace {

using nlohmann::json;

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr int64_t kPeriod = 48'000;  // samples after which the voice repeats itself

// Noise that repeats itself after a second, and its packets: one loop of an encoder that has settled.
class Voice {
 public:
  Voice() {
    std::mt19937 random(5);
    std::normal_distribution<float> normal(0, 0.05F);
    for (float& sample : sound_) sample = normal(random);
    BlockEncoder encoder{EncoderSettings{}};
    for (int64_t block = 0; block < 2 * kBlocks; ++block) {
      float pcm[kBlockSamples];
      for (int64_t i = 0; i < kBlockSamples; ++i) pcm[i] = at(block * kBlockSamples + encoder.delay_samples() + i);
      std::vector<uint8_t> packet(kMaxPacketBytes);
      packet.resize(static_cast<size_t>(encoder.encode(pcm, packet)));
      packets_[static_cast<size_t>(block % kBlocks)] = std::move(packet);
    }
  }
  [[nodiscard]] float at(int64_t sample) const { return sound_[static_cast<size_t>(sample % kPeriod)]; }
  [[nodiscard]] const std::vector<uint8_t>& packet(Position position) const {
    return packets_[static_cast<size_t>(position.block_index() % kBlocks)];
  }

 private:
  static constexpr int64_t kBlocks = kPeriod / kBlockSamples;
  std::vector<float> sound_ = std::vector<float>(kPeriod);
  std::array<std::vector<uint8_t>, kBlocks> packets_;
};

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() {
    state.generation = 5;
    state.song_number = 1;
    state.song_start = now.samples;
    state.song_end = kNoEnd;
    state.interval_blocks = 50;
    state.ring_blocks = 512;
    uv_loop_init(&loop_);
    tracks_.emplace(&loop_, "/nonexistent");
    publish();
    stage = std::make_unique<Stage>(segment, 0, 5, 0, *tracks_, clicks_, EncoderSettings{.complexity = 0});
    housekeeping.add(session);
  }
  ~SessionTest() override {
    if (session.stage() != nullptr) session.stage()->leave(session.hears(), &session);
    stage.reset();
    uv_run(&loop_, UV_RUN_DEFAULT);
    uv_loop_close(&loop_);
    Segment::remove(name_);
  }

  void publish() { segment.room(0).state.store(state); }
  void admit(Role role = Role::kSinger, int bucket = 1) {
    session.greeted = true;
    session.admit({.person = 1, .row = 0, .generation = 5, .room = "room", .name = "Ann", .bucket = bucket, .role = role},
                  stage.get());
  }
  void receive(std::span<const uint8_t> bytes) { session.on_binary(bytes, {now, ns, hold_up.until(), &old_blocks}, row); }
  void send(Position at, const std::vector<uint8_t>& packet, uint32_t song = 1, int count = 1) {
    wire::VoiceMessage message;
    message.count = static_cast<uint8_t>(count);
    message.song = song;
    message.position = at;
    for (int i = 0; i < count; ++i) message.packets[static_cast<size_t>(i)] = packet;
    std::array<uint8_t, wire::kMaxVoiceMessageBytes> bytes;
    receive(std::span(bytes).first(wire::build_voice(message, bytes)));
  }
  void send_nonsense() { receive(std::array<uint8_t, 3>{9, 9, 9}); }
  void pass(Blocks blocks) {
    now = now + blocks;
    ns += blocks.count * kBlockNanos;
  }

  static Segment make_segment(const std::string& name) {
    Segment::remove(name);
    return std::move(*Segment::create(name, SegmentSize{1, 1, 512}, Timeline{0, {0}}));
  }

  const std::string name_ = "/roundelay-session-test-" + std::to_string(getpid());
  Segment segment = make_segment(name_);
  RoomState state;
  std::unique_ptr<Stage> stage;
  Position now{960'000'000};
  int64_t ns = kSecondNs;
  HoldUp hold_up;
  OldBlocks old_blocks;
  BatchPolicy batches;
  ProbePolicy probes;
  FakeSocket socket;
  Session session{7, socket, ns, batches, probes};
  Housekeeping housekeeping{10, batches};
  ShardRow& row = segment.shard(0);

 private:
  uv_loop_t loop_{};
  std::optional<TrackCache> tracks_;
  ClickPackets clicks_;
};

class StallTest : public SessionTest {
 protected:
  // What the line carries of one block: her voice around the stalls, silence between (an hour of decoding takes too long for a
  // test).
  void sing(bool sound) {
    const Position at = now - kLoop;
    waiting_.emplace_back(at, sound);
  }
  void deliver() {
    static const std::vector<uint8_t> kNothing;
    for (; !waiting_.empty(); waiting_.pop_front())
      send(waiting_.front().first, waiting_.front().second ? voice.packet(waiting_.front().first) : kNothing);
  }
  // By how many samples what the lane holds at `at` is beside what was sung there; 1000 if nothing like it is there.
  int error_samples(Position at) const {
    float lane[kBlockSamples] = {};
    LaneReader(segment.lane(0, 0), state.ring_blocks).add_to(lane, at);
    constexpr int kAround = 48;
    int best = 1000;
    double most = 0.5;  // a correlation
    for (int shift = -kAround; shift <= kAround; ++shift) {
      double product = 0, sung = 1e-9, heard = 1e-9;
      for (int i = 0; i < kBlockSamples; ++i) {
        const double s = voice.at(at.samples + i + shift);
        product += s * lane[i];
        sung += s * s;
        heard += static_cast<double>(lane[i]) * lane[i];
      }
      const double correlation = product / std::sqrt(sung * heard);
      if (correlation > most) {
        most = correlation;
        best = shift;
      }
    }
    return best;
  }

  static constexpr Blocks kLoop{5};
  Voice voice;

 private:
  std::deque<std::pair<Position, bool>> waiting_;
};

TEST_F(StallTest, AHundredStallsOfOneToTwentySecondsInAnHourAndSheIsStillInAndInTime) {
  constexpr int kStalls = 100;
  constexpr int kEvery = 36 * 50;
  std::mt19937 random(3);
  admit();
  pass(kLoop);
  for (int stall = 0; stall < kStalls; ++stall) {
    const int length = std::uniform_int_distribution<int>(50, 20 * 50)(random);
    for (int i = 0; i < kEvery; ++i) {
      const bool held = i < length;
      sing(i < length + 10);
      if (!held) deliver();
      if (i == length + 8) {
        ASSERT_EQ(error_samples(now - kLoop), 0) << "stall " << stall << " of " << length << " blocks";
      }
      housekeeping.visit_due_sessions(now.block_index(), ns, 1);
      pass({1});
    }
    ASSERT_EQ(socket.closed, 0) << "after stall " << stall;
  }
  EXPECT_EQ(socket.errors(""), 0) << "nothing that a network did is said to be her error";
  EXPECT_GT(row.blocks_late.get(), 10'000U);
  EXPECT_EQ(row.blocks_refused.get(), 0U);
  const VoiceDrops& drops = session.voice()->drops();
  EXPECT_EQ(row.blocks_dropped.get(), drops.sum());
  EXPECT_GT(drops.past, 1'000U) << "what the ring does not hold any more";
  EXPECT_EQ(drops.future + drops.order, 0U);
  EXPECT_NEAR(session.voice()->meter().read().loop_ms, 100, 2 * LoopMeter::kBinMs) << "no interval is made for stalls";
  const auto told =
      std::find_if(socket.texts.rbegin(), socket.texts.rend(), [](const json& text) { return text["type"] == "loop"; });
  ASSERT_NE(told, socket.texts.rend());
  EXPECT_GT(told->at("dropped").at("past"), 1'000) << *told;
}

TEST_F(StallTest, ABacklogThatTheRingStillHoldsIsHeardByTheLaterBuckets) {
  admit();
  pass(kLoop);
  for (int i = 0; i < 6 * 50; ++i) {
    sing(true);
    pass({1});
  }
  deliver();
  EXPECT_EQ(session.voice()->drops(), VoiceDrops{});
  // Bucket 6 reads five seconds behind.
  for (int i = 2; i < 290; i += 10) EXPECT_EQ(error_samples(now - Blocks{1} - kLoop - Blocks{i}), 0) << i << " blocks ago";
}

TEST_F(StallTest, APausedMachineThatSendsEarlyAndTwiceCostsNothing) {
  admit();
  for (int i = 0; i < 200; ++i) {
    send(now + Blocks{100}, voice.packet(now + Blocks{100}));
    send(now, voice.packet(now));
    send(now, voice.packet(now));
    pass({1});
  }
  EXPECT_EQ(socket.closed, 0);
  EXPECT_EQ(socket.errors(""), 0);
  EXPECT_EQ(session.voice()->drops(), (VoiceDrops{.future = 200, .order = 200}));
  EXPECT_EQ(error_samples(now - Blocks{5}), 0);
}

TEST_F(SessionTest, ErrorsAreForgivenWithTime) {
  admit();
  for (int i = 0; i < 2'000; ++i) {
    send_nonsense();
    pass({50});
  }
  EXPECT_EQ(socket.closed, 0) << "one a second";
  for (int i = 0; i < Session::kMostErrors - 2; ++i) send_nonsense();
  EXPECT_EQ(socket.closed, 0);
  pass({50 * Session::kMostErrors});
  for (int i = 0; i < Session::kMostErrors; ++i) send_nonsense();
  EXPECT_EQ(socket.closed, 0) << "a fresh start";
  send_nonsense();
  EXPECT_EQ(socket.closed, 4008);
}

TEST_F(SessionTest, ErrorsOfPacketsAreErrorsAndAtMostOneMessageASecondTellsOfThem) {
  admit();
  for (int i = 0; i < 50; ++i) send(now, {0xFF, 0xFF, 0xFF, 0xFF});
  EXPECT_EQ(socket.errors("bad_packet"), 3);
  EXPECT_EQ(row.blocks_refused.get(), 50U);
  EXPECT_EQ(socket.closed, 0);
  for (int i = 0; i <= 50; ++i) send(now, {0xFF, 0xFF, 0xFF, 0xFF});
  EXPECT_EQ(socket.closed, 4008);
}

TEST_F(SessionTest, VoiceBeforeHelloIsDroppedAndCountedAndSaidOnce) {
  for (int i = 0; i < 300; ++i) send(now, {});
  EXPECT_EQ(socket.errors("not_singing"), 1);
  EXPECT_EQ(socket.errors(""), 1);
  EXPECT_EQ(socket.closed, 0);
  EXPECT_EQ(row.blocks_dropped.get(), 300U);
}

TEST_F(SessionTest, VoiceOfAListenerIsDroppedAndCountedAndSaidOnce) {
  admit(Role::kListener);
  for (int i = 0; i < 300; ++i) send(now, {});
  EXPECT_EQ(socket.errors("not_singing"), 1);
  EXPECT_EQ(socket.closed, 0);
  EXPECT_EQ(row.blocks_dropped.get(), 300U);
  admit(Role::kSinger);
  send(now, {});
  EXPECT_EQ(row.blocks_dropped.get(), 300U) << "and now she sings";
}

TEST_F(SessionTest, WhoWaitsToBeLetInIsToldNothing) {
  session.greeted = true;
  send(now, {});
  EXPECT_TRUE(socket.texts.empty());
  EXPECT_EQ(row.blocks_dropped.get(), 1U);
}

TEST_F(SessionTest, AFloodThatNoLineCanHaveHeldBackIsAnError) {
  admit();
  for (int i = 0; i < Session::kMostBlocksAtOnce / 5; ++i) send(now - Blocks{1'000}, {}, 1, 5);
  EXPECT_EQ(socket.errors(""), 0);
  for (int i = 0; i < Session::kMostErrors; ++i) send(now - Blocks{1'000}, {}, 1, 5);
  EXPECT_GT(socket.errors("too_fast"), 0);
  EXPECT_EQ(socket.closed, 0);
  send(now - Blocks{1'000}, {}, 1, 5);
  EXPECT_EQ(socket.closed, 4008);
}

// A client that answers what it hears after a while, with as many blocks a message as it heard.
class BatchTest : public SessionTest {
 protected:
  void start_song(int interval_blocks) {
    state.interval_blocks = interval_blocks;
    state.song_number = 2;
    state.song_start = (now + Blocks{75}).samples;  // after a lead-in, in which she still gets probes
    state.song_end = kNoEnd;
    publish();
  }
  void tick() {
    pass({1});
    segment.shard(0).heartbeat_ns.store(ns);
    stage->refresh();
    (void)stage->produce(now, ns);
    stage->send(now, buffer_);
    housekeeping.visit_due_sessions(now.block_index(), ns, 1);
    for (; !socket.binaries.empty(); socket.binaries.pop_front()) {
      const auto heard = wire::parse_mix(socket.binaries.front());
      ASSERT_TRUE(heard);
      if (heard->song != 0) {
        ++messages;
        blocks += heard->count;
      }
      answers_.push_back({now + kLine, heard->song, heard->position, heard->count});
    }
    for (; !answers_.empty() && answers_.front().due <= now; answers_.pop_front())
      send(answers_.front().position, {}, answers_.front().song, answers_.front().count);
  }
  void run(int seconds) {
    for (int i = 0; i < seconds * 50; ++i) tick();
  }

  static constexpr Blocks kLine{5};
  int messages = 0;  // of the song
  int blocks = 0;

 private:
  struct Answer {
    Position due;
    uint32_t song;
    Position position;
    int count;
  };
  std::vector<uint8_t> buffer_ = std::vector<uint8_t>(kWebsocketHeadroom + wire::kMaxMixMessageBytes);
  std::deque<Answer> answers_;
};

TEST_F(BatchTest, AtAnIntervalByHandOfThreeSecondsMessagesHoldFiveBlocksAndNothingIsLate) {
  state.song_end = state.song_start;
  publish();
  admit();
  run(12);
  EXPECT_NEAR(session.voice()->meter().read().loop_ms, 100, 2 * LoopMeter::kBinMs);
  EXPECT_EQ(session.batch(), 1) << "loop times are measured block by block";
  start_song(150);
  run(12);
  ASSERT_GT(blocks, 450);
  EXPECT_EQ(session.batch(), 5);
  EXPECT_LE(messages, blocks / 5 + 1);
  EXPECT_EQ(row.blocks_late.get(), 0U);
}

TEST_F(BatchTest, WhatTheIntervalLeavesBesideTheLoopTimeIsTheBatch) {
  state.song_end = state.song_start;
  publish();
  admit();
  run(12);
  start_song(11);  // 220 ms
  run(6);
  EXPECT_EQ(session.batch(), 2);
  EXPECT_EQ(row.blocks_late.get(), 0U);
}

TEST_F(BatchTest, BetweenSongsSheIsProbedBlockByBlockAgainAndTheNextSongIsBatchedAsWell) {
  state.song_end = state.song_start;
  publish();
  admit();
  run(12);
  for (int song = 0; song < 2; ++song) {
    start_song(150);
    state.song_number = static_cast<uint32_t>(2 + song);
    publish();
    run(8);
    EXPECT_EQ(session.batch(), 5) << "song " << song;
    state.song_end = (now - Blocks{1}).samples / kBlockSamples * kBlockSamples;
    publish();
    run(5);
    EXPECT_EQ(session.batch(), 1);
    EXPECT_NEAR(session.voice()->meter().read().loop_ms, 100, 2 * LoopMeter::kBinMs);
  }
}

TEST_F(BatchTest, WhoComesIntoASongIsMeasuredBlockByBlock) {
  start_song(150);
  run(4);
  admit();
  run(4);
  EXPECT_EQ(session.batch(), 1);
}

TEST_F(BatchTest, WhoIsMovedInASongIsServedBlockByBlock) {
  state.song_end = state.song_start;
  publish();
  admit();
  run(12);
  start_song(12);
  run(4);
  EXPECT_EQ(session.batch(), 2);
  admit(Role::kSinger, 2);
  run(4);
  EXPECT_EQ(session.batch(), 1);
}

}  // namespace
}  // namespace roundelay::session_test
