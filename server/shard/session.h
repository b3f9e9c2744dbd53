// One client on its WebSocket: who it is, where it hears, what it sings. Loop thread only.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "server/base/rate_limit.h"
#include "server/net/client_socket.h"
#include "server/shard/batch_policy.h"
#include "server/shard/bucket_feed.h"
#include "server/shard/probe_schedule.h"
#include "server/shard/stage.h"
#include "server/shard/voice_input.h"
#include "server/wire/link/session_facts.h"
#include "server/wire/link/timing.h"

namespace roundelay {

class Stage;

// What the conductor said about a session (`admit` in INTERNALS.md).
using Admission = link::SessionFacts;

class Session final : public Listener {
 public:
  // The policies outlive the session.
  Session(uint64_t id, ClientSocket& socket, int64_t now_ns, const BatchPolicy& policy, const ProbePolicy& probe_policy)
      : Listener(static_cast<uint32_t>(id)),
        id_(id),
        socket_(socket),
        opened_ns_(now_ns),
        policy_(policy),
        probe_policy_(probe_policy) {}

  bool hear(std::span<uint8_t> message) override { return socket_.write_binary(message); }
  void tell(const ControlText& text) override { socket_.send_text(text); }
  bool wants_probe(Position at) override;
  void song_reaches(const RoomState& room, bool in_the_middle) override;

  [[nodiscard]] uint64_t id() const { return id_; }
  [[nodiscard]] ClientSocket& socket() { return socket_; }
  [[nodiscard]] int64_t opened_ns() const { return opened_ns_; }
  [[nodiscard]] bool admitted() const { return admission_.row >= 0; }
  [[nodiscard]] const Admission& admission() const { return admission_; }

  // Which bucket she hears, from 1, or kSoloBucket.
  [[nodiscard]] int hears() const { return heard_by(admission_); }

  // New facts from the conductor; makes or drops what a singer needs (allocates). `stage` is where it hears from now on.
  void admit(Admission admission, Stage* stage);
  [[nodiscard]] Stage* stage() const { return stage_; }
  void detach() { stage_ = nullptr; }

  // A binary message from the client. Answers errors itself.
  void on_binary(std::span<const uint8_t> bytes, const VoiceInput::Arrival& arrival, ShardRow& row);
  // The singer leaves where she stands: her voice is faded out there.
  void fall_silent(Position now, ShardRow& row);
  // Null for listeners.
  [[nodiscard]] VoiceInput* voice() { return voice_.get(); }

  // Tells a singer her loop time, her share of late blocks and what was dropped of hers, if any has changed.
  void tell_loop(const LoopMeter::Reading& reading, double late_percent);
  // Once a second: by how much a singer was late in the song that is over for her, told once and only where it is certain.
  [[nodiscard]] std::optional<link::Timing::Row> visit_timing(Position now);
  // What is known of her loop time by now: decides how many probes she still gets.
  void judge_probes(const LoopMeter::Reading& reading) { quick_line_ = probe_policy_.is_quick(reading.blocks, reading.loop_ms); }
  // From now on so many blocks a message; a singer's loop times with other batches do not count any more, nor do those of what
  // was sent to her until `sent`.
  void batch_by(int blocks, Position sent = {});
  // The policy has changed: matters to those who only listen.
  void follow_policy();

  // Sends an error, at most one a second; closes with 4008 when there were kMostErrors more than time has forgiven.
  // `id` is that of the message that is answered, if it has one.
  void report_error(const char* code, const std::string& message, const std::string& about, int64_t now_ns,
                    const nlohmann::json& id = nullptr);
  // True while control messages come at a human rate.
  [[nodiscard]] bool may_talk(int64_t now_ns) { return talk_.take(now_ns); }

  bool greeted = false;             // hello came
  bool known_to_conductor = false;  // something of hers was passed on to it

  static constexpr int kMostErrors = 100;
  static constexpr double kErrorsForgivenPerS = 1;
  // What is normal is 50 a second; what an honest line holds back comes at once, after a stall of up to 80 s.
  static constexpr double kBlocksPerS = 60;
  static constexpr int kMostBlocksAtOnce = 4'000;

 private:
  // What she hears louder, from 0; -1: nothing.
  [[nodiscard]] static int louder_for(const Admission& admission) {
    return admission.hears_part && !admission.hears_solo ? admission.part_lane : -1;
  }
  [[nodiscard]] static int heard_by(const Admission& admission) { return admission.hears_solo ? kSoloBucket : admission.bucket; }
  // Her packets go where the room's song is recorded; null where nothing is.
  [[nodiscard]] VoiceTap* aimed_tap();
  [[nodiscard]] VoiceTap::Who tapped() const {
    return {.person = admission_.person, .left_out = admission_.left_out, .name = admission_.name, .part = admission_.part};
  }
  // Voice of a song that is over: it is kept, nobody hears it.
  void keep_late(const wire::VoiceMessage& message, const Stage::Tail& tail, VoiceInput::Place place);
  // Voice from whoever is not singing.
  void refuse_voice(int blocks, int64_t now_ns, ShardRow& row);
  void send_error(const char* code, const std::string& message, const std::string& about, int64_t now_ns,
                  const nlohmann::json& id = nullptr);

  uint64_t id_;
  ClientSocket& socket_;
  int64_t opened_ns_;
  const BatchPolicy& policy_;
  const ProbePolicy& probe_policy_;
  Admission admission_;
  Stage* stage_ = nullptr;
  std::unique_ptr<VoiceInput> voice_;
  VoiceTap tap_;
  VoiceTap tail_tap_;
  double told_loop_ms_ = -1;
  double told_late_percent_ = -1;
  VoiceDrops told_drops_;
  ProbeSchedule probes_;
  RateLimit talk_{20, 60};
  RateLimit blocks_{kBlocksPerS, kMostBlocksAtOnce};
  RateLimit error_messages_{1, 3};
  RateLimit errors_{kErrorsForgivenPerS, kMostErrors};
  bool quick_line_ = false;        // as ProbePolicy says
  bool told_not_singing_ = false;  // once is enough
};

}  // namespace roundelay
