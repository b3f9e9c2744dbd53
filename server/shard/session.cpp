#include "server/shard/session.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "server/shard/stage.h"
#include "server/wire/control/error.h"
#include "server/wire/control/loop.h"

namespace roundelay {

void Session::admit(Admission admission, Stage* stage) {
  const bool moved = admission.bucket != admission_.bucket || stage != stage_;
  const bool sings = admission.role == Role::kSinger;
  const int to = heard_by(admission);
  if (to != hears() || stage != stage_) {
    if (stage_ != nullptr) stage_->leave(hears(), this);
    stage->join(to, this, louder_for(admission));
  } else {
    stage->want_part(to, this, louder_for(admission));
  }
  stage_ = stage;
  const bool other_role = !admitted() || sings != (voice_ != nullptr);
  if (sings && !voice_) {
    voice_ = std::make_unique<VoiceInput>();
    probes_.restart();
  }
  if (!sings) voice_.reset();
  if (voice_ && moved) voice_->restart();
  // A singer who comes into a song is measured first.
  if (moved || other_role) batch_by(voice_ ? policy_.for_singer(0, std::nullopt) : policy_.for_listener());
  const bool other_mind = admission.left_out != admission_.left_out;
  admission_ = std::move(admission);
  // At once, though she may not sing any more.
  if (VoiceTap* tap = other_mind && voice_ ? aimed_tap() : nullptr) tap->introduce();
}

VoiceTap* Session::aimed_tap() {
  if (stage_->log() == 0) return nullptr;
  const RoomState& room = stage_->state();
  tap_.aim(stage_->recorder(), stage_->log(), tapped(), {room.song_start}, {room.song_end});
  return &tap_;
}

void Session::keep_late(const wire::VoiceMessage& message, const Stage::Tail& tail, VoiceInput::Place place) {
  tail_tap_.aim(stage_->recorder(), tail.log, tapped(), {tail.state.song_start}, {tail.state.song_end});
  place.tap = &tail_tap_;
  voice_->keep(message, place);
}

void Session::tell_loop(const LoopMeter::Reading& reading, double late_percent) {
  const VoiceDrops drops = voice_ ? voice_->drops() : VoiceDrops{};
  if (reading.blocks == 0 && drops == told_drops_) return;
  const double loop_ms = reading.blocks > 0 ? reading.loop_ms : std::max(told_loop_ms_, 0.0);
  if (loop_ms == told_loop_ms_ && late_percent == told_late_percent_ && drops == told_drops_) return;
  told_loop_ms_ = loop_ms;
  told_late_percent_ = late_percent;
  told_drops_ = drops;
  control::Loop message{loop_ms, late_percent, {}};
  if (drops.sum() > 0)
    message.dropped = {.past = drops.past, .future = drops.future, .order = drops.order, .backlog = drops.backlog};
  socket_.send_text(message.to_json().dump());
}

std::optional<link::Timing::Row> Session::visit_timing(Position now) {
  const EnergyRing* heard = voice_ && stage_ != nullptr ? stage_->heard(admission_.bucket) : nullptr;
  if (heard == nullptr) return std::nullopt;
  const RoomState& room = stage_->state();
  const auto judged = voice_->visit_timing(*heard, room, now - room.offset_of(admission_.bucket - 1));
  return judged ? std::optional(link::Timing::Row{id_, judged->song, judged->late_ms}) : std::nullopt;
}

void Session::batch_by(int blocks, Position sent) {
  if (blocks == batch()) return;
  set_batch(blocks);
  if (!voice_) return;
  voice_->measure_anew(sent);
  probes_.restart();
}

void Session::follow_policy() {
  if (!voice_) batch_by(policy_.for_listener());
}

void Session::song_reaches(const RoomState& room, bool in_the_middle) {
  if (!voice_) return;
  const LoopMeter::Reading reading = voice_->meter().read();
  const double interval_ms = room.interval_blocks * 1000.0 * kBlockSamples / kSampleRate;
  const bool known = !in_the_middle && reading.blocks >= ProbePolicy::kLeast;
  batch_by(policy_.for_singer(interval_ms, known ? std::optional(reading.loop_ms) : std::nullopt));
}

bool Session::wants_probe(Position at) {
  if (!voice_) return false;
  const Position sent = at + stage_->state().offset_of(admission_.bucket - 1) - Blocks{1};
  batch_by(policy_.for_singer(0, std::nullopt), sent);  // what the next song leaves for batches is counted from there
  return probes_.due(at, probe_policy_.enough(voice_->meter().times(), quick_line_));
}

void Session::on_binary(std::span<const uint8_t> bytes, const VoiceInput::Arrival& arrival, ShardRow& row) {
  const auto message = wire::parse_voice(bytes);
  if (!message) {
    row.blocks_refused.add();
    return report_error("bad_message", std::string("This message was not understood: ") + wire::describe(message.error()) + ".",
                        "voice", arrival.now_ns);
  }
  if (!blocks_.take(arrival.now_ns, message->count)) {
    row.blocks_refused.add(message->count);
    return report_error("too_fast", "Voice blocks come too fast; 50 a second are normal, 60 allowed.", "voice", arrival.now_ns);
  }
  if (stage_ == nullptr || !voice_) return refuse_voice(message->count, arrival.now_ns, row);
  const VoiceInput::Place place{.bucket = admission_.bucket,
                                .muted = admission_.muted,
                                .gain = static_cast<float>(admission_.gain),
                                .lane = admission_.leader ? LaneKind::kLeader : LaneKind::kVoices,
                                .soloed = admission_.soloed && stage_->state().has_solo != 0,
                                .part = stage_->part_is_wanted(admission_.part_lane) ? admission_.part_lane : -1,
                                .room = &stage_->state(),
                                .tap = aimed_tap()};
  if (const Stage::Tail* tail = stage_->tail(); tail != nullptr && message->song == tail->state.song_number)
    return keep_late(*message, *tail, place);
  if (voice_->receive(*message, place, arrival, stage_->lanes(place.lane, place.soloed, place.part), row) == VoiceError::kNone)
    return;
  row.blocks_refused.add(message->count);
  report_error("bad_packet", "A voice packet is not one Opus block of 20 ms.", "voice", arrival.now_ns);
}

void Session::refuse_voice(int blocks, int64_t now_ns, ShardRow& row) {
  row.blocks_dropped.add(static_cast<uint64_t>(blocks));
  // It is said, but does not count: it may have been in flight when she stopped singing. Who waits to be let in, or sings in a
  // room that is gone, is told nothing.
  if (told_not_singing_ || (greeted && !admitted()) || voice_) return;
  told_not_singing_ = true;
  send_error("not_singing", "Voice was sent by somebody who does not sing here: it is not used.", "voice", now_ns);
}

void Session::fall_silent(Position now, ShardRow& row) {
  if (voice_ && voice_->sounding() && stage_ != nullptr && !stage_->stale())
    voice_->leave(stage_->state(), now, stage_->lanes(), row);
}

void Session::report_error(const char* code, const std::string& message, const std::string& about, int64_t now_ns,
                           const nlohmann::json& id) {
  if (!errors_.take(now_ns)) return socket_.close(4008, "too many errors");
  send_error(code, message, about, now_ns, id);
}

void Session::send_error(const char* code, const std::string& message, const std::string& about, int64_t now_ns,
                         const nlohmann::json& id) {
  if (!error_messages_.take(now_ns)) return;
  const nlohmann::json error = control::Error{{code, message}, about, id}.to_json();
  socket_.send_text(error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace roundelay
