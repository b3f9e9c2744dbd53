// A small server's shared memory that somebody writes nonsense into, and all who read it: for tests and the fuzzer. It is well
// when nothing crashes, aborts or reads beyond its memory (rule 9).
#pragma once

#include <uv.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "server/conductor/rooms.h"
#include "server/http/metrics.h"
#include "server/shard/stage.h"
#include "server/shard/voice_input.h"
#include "server/wire/sound/mix_message.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay {

class SpoiltSegment {
 public:
  static constexpr SegmentSize kSize{.max_shards = 2, .max_rooms = 2, .lane_blocks = 256};

  SpoiltSegment() : store_(folder_.path() + "/roundelay.db") {
    config_.data_dir = folder_.path();
    name_ = config_.segment_name();
    if (!store_.add_room({.id = kRoom, .name = "Choir", .key_hash = "", .settings = nlohmann::json::object()}, 1))
      throw std::runtime_error("no room");
    uv_loop_init(&loop_);
  }
  ~SpoiltSegment() {
    while (uv_run(&loop_, UV_RUN_DEFAULT) != 0) {
    }
    uv_loop_close(&loop_);
    Segment::remove(name_);
  }
  SpoiltSegment(const SpoiltSegment&) = delete;
  SpoiltSegment& operator=(const SpoiltSegment&) = delete;

  // `script`: places and words (place: 4 bytes, word: 8) that are written while the readers work, a few before each tick.
  void run(std::span<const uint8_t> script) {
    Segment::remove(name_);
    Segment segment = *Segment::create(name_, kSize, Timeline{0, {0}});
    RoomState state = song();
    segment.room(0).state.store(state);
    {
      TrackCache tracks(&loop_, folder_.path());
      ClickPackets clicks;
      Ear ears[4];
      Stage first(segment, 0, state.generation, 0, tracks, clicks, EncoderSettings{.complexity = 0});
      Stage second(segment, 0, state.generation, 1, tracks, clicks, EncoderSettings{.complexity = 0});
      first.join(1, &ears[0]);
      first.join(3, &ears[1]);
      second.join(1, &ears[2]);
      second.join(8, &ears[3]);
      VoiceInput voice;
      for (int tick = 0; tick < 24; ++tick) {
        now_ = now_ + Blocks{1};
        ns_ += kBlockNanos;
        spoil(segment, script, 4);
        for (int i = 0; i < 2; ++i) {
          Stage& stage = i == 0 ? first : second;
          segment.shard(i).heartbeat_ns.store(ns_);
          segment.shard(i).ticks.add();
          segment.shard(i).tick_time.add(5'000);
          stage.refresh();
          (void)stage.produce(now_, ns_);
          stage.send(now_, buffer_);
          (void)stage.needed();
        }
        sing(voice, first, segment.shard(0));
      }
      spoil(segment, script, SIZE_MAX);
      first.leave(1, &ears[0]);
      first.leave(3, &ears[1]);
      second.leave(1, &ears[2]);
      second.leave(8, &ears[3]);
    }
    while (uv_run(&loop_, UV_RUN_DEFAULT) != 0) {
    }
    segment.forget_shard(1);
    read_counters(segment);
    (void)segment.all_shards_ticked_since(ns_);
    const Moment moment{ns_, now_};
    Rooms rooms(config_, segment, store_);
    (void)rooms.adopt(moment);
    for (const auto& [id, open] : rooms.all()) {
      Effects effects;
      open->room.tick(moment, effects);
      rooms.publish(*open);
    }
    rooms.tick(moment);
    if (const auto again = Segment::open(name_)) read_counters(*again);
  }

 private:
  static constexpr const char* kRoom = "abcdefghij";

  class Ear final : public Listener {
   public:
    Ear() : Listener(0) {}
    bool wants_probe(Position) override { return true; }
    void song_reaches(const RoomState&, bool) override {}
    void tell(const ControlText&) override {}
    bool hear(std::span<uint8_t> message) override {
      if (!wire::parse_mix(message)) throw std::logic_error("a message that no client understands");
      return true;
    }
  };

  [[nodiscard]] RoomState song() const {
    RoomState state;
    state.generation = 5;
    state.song_number = 1;
    state.song_start = (now_ + Blocks{6}).samples;
    state.song_end = kNoEnd;
    state.interval_blocks = 2;
    state.ring_blocks = 256;
    std::strncpy(state.id, kRoom, sizeof state.id - 1);
    return state;
  }

  void spoil(const Segment& segment, std::span<const uint8_t>& script, size_t most) {
    struct Area {
      void* begin;
      size_t bytes;
    };
    const Area areas[] = {
        {const_cast<SegmentHeader*>(&segment.header()), sizeof(SegmentHeader)},
        {&segment.shard(0), sizeof(ShardRow)},
        {&segment.shard(1), sizeof(ShardRow)},
        {&segment.room(0), sizeof(RoomRow)},
        {&segment.room(1), sizeof(RoomRow)},
        {segment.stream(0, 0).slots, sizeof(StreamSlots)},
        {segment.lane(0, 0), 256 * sizeof(LaneBlock)},
        {segment.lane(0, 1), 256 * sizeof(LaneBlock)},
        {segment.lane(0, 0, LaneKind::kLeader), 256 * sizeof(LaneBlock)},
    };
    constexpr size_t kRecord = 12;
    for (size_t i = 0; i < most && script.size() >= kRecord; ++i, script = script.subspan(kRecord)) {
      uint32_t place = 0;
      std::memcpy(&place, script.data(), sizeof place);
      const Area& area = areas[place % std::size(areas)];
      const size_t words = area.bytes / 8;
      std::memcpy(static_cast<char*>(area.begin) + place / std::size(areas) % words * 8, script.data() + 4, 8);
    }
  }

  void sing(VoiceInput& voice, Stage& stage, ShardRow& row) {
    static constexpr uint8_t kSilence[] = {0xf8, 0xff, 0xfe};  // CELT, 20 ms, mono
    wire::VoiceMessage message;
    message.count = 1;
    message.song = stage.state().song_number;
    message.position = now_ - Blocks{8};
    message.packets[0] = kSilence;
    (void)voice.receive(message, {.bucket = 1, .room = &stage.state()}, {now_, ns_, {}, &old_blocks_},
                        stage.lanes(LaneKind::kVoices, false), row);
  }

  void read_counters(const Segment& segment) const {
    (void)metrics_text(segment, std::nullopt, ns_, 1'700'000'000);
    for (int i = 0; i < static_cast<int>(segment.size().max_shards); ++i)
      (void)segment.shard(i).tick_time.read().quantile_ns(0.99);
  }

  OldBlocks old_blocks_;
  TemporaryFolder folder_;
  Config config_;
  std::string name_;
  Store store_;
  uv_loop_t loop_{};
  std::vector<uint8_t> buffer_ = std::vector<uint8_t>(kWebsocketHeadroom + wire::kMaxMixMessageBytes);
  Position now_{960'000'000};
  int64_t ns_ = 1'000'000'000;
};

}  // namespace roundelay
