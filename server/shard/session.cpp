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
  if (sings && !voice_) voice_ = std::make_unique<VoiceInput>();
  if (!sings) voice_.reset();
  if (voice_ && moved) voice_->restart();
  admission_ = std::move(admission);
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

void Session::report_error(const char* code, const std::string& message, const std::string& about, int64_t now_ns) {
  if (++errors_ > kMaxErrors) return socket_.close(4008, "too many errors");
  if (!error_messages_.take(now_ns)) return;
  nlohmann::json error{{"type", "error"}, {"code", code}, {"message", message}};
  if (!about.empty()) error["about"] = about;
  socket_.send_text(error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace roundelay
