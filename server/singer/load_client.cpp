#include "server/singer/load_client.h"

#include <nlohmann/json.hpp>

#include "mixer/position.h"

namespace roundelay {

using nlohmann::json;

LoadClient::LoadClient(ClientLoop& loop, const Settings& settings, const LoadVoice* voice,
                       std::function<void(LoadClient&)> changed)
    : settings_(settings), voice_(voice), changed_(std::move(changed)), connection_(loop, *this) {}

void LoadClient::send(const json& message) {
  connection_.send_text(message.dump());
}

void LoadClient::on_open() {
  json hello = {{"type", "hello"},
                {"version", 1},
                {"room", settings_.room},
                {"name", settings_.name},
                {"role", settings_.listener ? "listener" : "singer"}};
  if (!settings_.key.empty()) hello["key"] = settings_.key;
  if (settings_.bucket > 0) hello["bucket"] = settings_.bucket;
  send(hello);
}

void LoadClient::on_text(std::string_view text) {
  // In a room of hundreds, most messages tell that somebody else came or moved: not worth parsing.
  if (text.find("\"type\":\"person\"") != std::string_view::npos) return;
  const json message = json::parse(text, nullptr, false);
  if (!message.is_object() || !message.contains("type") || !message["type"].is_string()) {
    ++counts_.bad_messages;
    return;
  }
  const std::string& type = message["type"].get_ref<const std::string&>();
  if (type == "loop") {
    counts_.loop_ms = number_field(message, "loop_ms", -1);
    counts_.late_percent = number_field(message, "late_percent", -1);
    return;
  }
  if (type == "error") {
    ++counts_.errors;
    last_error_ = text_field(message, "message", "an error without a message");
    if (!joined_) connection_.close();  // hello was refused
  }
  if (!apply_message(view_, message)) ++counts_.bad_messages;
  if (type == "welcome") {
    joined_ = true;
    view_.people.clear();
  }
  if (type == "song" || type == "welcome") {
    song_ = view_.song.number;
    song_start_ = view_.song.start;
  }
  changed_(*this);
}

void LoadClient::on_binary(std::span<const uint8_t> bytes) {
  const auto heard = wire::parse_mix(bytes);
  if (!heard) {
    ++counts_.bad_messages;
    return;
  }
  const int64_t at = heard->position.samples;
  if (heard->bucket != bucket_ || at <= last_) first_ = -1;
  bucket_ = heard->bucket;
  if (first_ < 0) {
    first_ = at;
  } else {
    counts_.gap_blocks += (at - last_) / kBlockSamples - 1;
  }
  last_ = at + (heard->count - 1) * int64_t{kBlockSamples};
  ++counts_.messages;
  counts_.blocks += heard->count;
  for (int i = 0; i < heard->count; ++i) {
    const wire::MixBlock& block = heard->blocks[static_cast<size_t>(i)];
    counts_.backing_blocks += block.backing.empty() ? 0 : 1;
    counts_.silent_blocks += block.mix.empty() ? 1 : 0;
  }
  if (voice_ != nullptr && heard->song == song_) answer(*heard);
}

void LoadClient::answer(const wire::MixMessage& heard) {
  wire::VoiceMessage message;
  message.bucket = heard.bucket;
  message.song = heard.song;
  for (int i = 0; i < heard.count; ++i) {
    const Position at = heard.position + Blocks{i};
    if (at.samples < song_start_) continue;
    if (message.count == 0) message.position = at;
    message.packets[message.count++] = voice_->packet((at.samples - song_start_) / kBlockSamples);
  }
  if (message.count == 0) return;
  const auto body = std::span(buffer_).subspan(Connection::kSpare);
  connection_.send_binary(body.first(wire::build_voice(message, body)));
  counts_.sent += message.count;
  counts_.unsent_messages = connection_.dropped_messages();
}

void LoadClient::on_closed(int code, const std::string& reason) {
  joined_ = false;
  gone_ = true;
  if (code != 1000 && last_error_.empty()) last_error_ = "connection closed (" + std::to_string(code) + "): " + reason;
  changed_(*this);
}

}  // namespace roundelay
