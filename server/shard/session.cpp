#include "server/shard/session.h"

#include <nlohmann/json.hpp>

#include "server/shard/stage.h"

namespace roundelay {

void Session::admit(Admission admission, Stage* stage) {
  const bool moved = admission.bucket != admission_.bucket || stage != stage_;
  const bool sings = admission.role == "singer";
  if (stage_ != nullptr && moved) stage_->leave(admission_.bucket, this);
  if (moved) stage->join(admission.bucket, this);
  stage_ = stage;
  const bool other_role = !admitted() || sings != (voice_ != nullptr);
  if (sings && !voice_) voice_ = std::make_unique<VoiceInput>();
  if (!sings) voice_.reset();
  if (voice_ && moved) voice_->restart();
  if (moved) probes_.restart();
  // A singer who comes into a song is measured first.
  if (moved || other_role) batch_by(voice_ ? policy_.for_singer(0, std::nullopt) : policy_.for_listener());
  admission_ = std::move(admission);
}

void Session::tell_loop(double loop_ms, double late_percent) {
  if (loop_ms == told_loop_ms_ && late_percent == told_late_percent_) return;
  told_loop_ms_ = loop_ms;
  told_late_percent_ = late_percent;
  socket_.send_text(nlohmann::json{{"type", "loop"}, {"loop_ms", loop_ms}, {"late_percent", late_percent}}.dump());
}

void Session::batch_by(int blocks) {
  if (blocks == batch()) return;
  set_batch(blocks);
  if (voice_) voice_->meter().forget_times();
}

void Session::follow_policy() {
  if (!voice_) batch_by(policy_.for_listener());
}

void Session::song_begins(const RoomState& room) {
  probes_.restart();
  if (!voice_) return;
  const LoopMeter::Reading reading = voice_->meter().read();
  const double interval_ms = room.interval_blocks * 1000.0 * kBlockSamples / kSampleRate;
  batch_by(policy_.for_singer(interval_ms, reading.blocks > 0 ? std::optional(reading.loop_ms) : std::nullopt));
}

bool Session::wants_probe(Position at) {
  if (!voice_ || !probes_.due(at)) return false;
  batch_by(policy_.for_singer(0, std::nullopt));  // what the next song leaves for batches is counted from there
  return true;
}

void Session::on_binary(std::span<const uint8_t> bytes, Position now, int64_t now_ns, ShardRow& row) {
  const auto message = wire::parse_voice(bytes);
  if (!message) {
    row.blocks_refused.add();
    return report_error("bad_message", std::string("This message was not understood: ") + wire::describe(message.error()) + ".",
                        "voice", now_ns);
  }
  if (stage_ == nullptr || !voice_) return;  // not in a room yet, or a listener: nothing to sing into
  const VoiceInput::Place place{admission_.bucket, admission_.muted, admission_.leader ? kLeaderBoost : 1.0F, &stage_->state()};
  const VoiceError error = voice_->receive(*message, place, now, now_ns, stage_->lane(), row);
  if (error == VoiceError::kNone) return;
  row.blocks_refused.add(message->count);
  report_error(code_of(error), sentence_of(error), "voice", now_ns);
}

void Session::fall_silent(Position now, ShardRow& row) {
  if (voice_ && voice_->sounding() && stage_ != nullptr && !stage_->stale())
    voice_->leave(stage_->state(), now, stage_->lane(), row);
}

void Session::report_error(const char* code, const std::string& message, const std::string& about, int64_t now_ns,
                           const nlohmann::json& id) {
  if (++errors_ > kMaxErrors) return socket_.close(4008, "too many errors");
  if (!error_messages_.take(now_ns)) return;
  nlohmann::json error{{"type", "error"}, {"code", code}, {"message", message}};
  if (!about.empty()) error["about"] = about;
  if (id.is_number()) error["id"] = id;
  socket_.send_text(error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace roundelay
