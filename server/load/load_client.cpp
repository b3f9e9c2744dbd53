#include "server/load/load_client.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "codec/opus.h"
#include "mixer/position.h"
#include "server/wire/control/error.h"
#include "server/wire/control/hello.h"
#include "server/wire/control/loop.h"
#include "server/wire/control/welcome.h"

namespace roundelay {
namespace {

using nlohmann::json;

// Messages about other people, most of all in a large room: not worth parsing.
bool is_about_others(std::string_view text) {
  constexpr std::array<std::string_view, 5> kTypes = {R"("type":"person")", R"("type":"people")", R"("type":"gone")",
                                                      R"("type":"listeners")", R"("type":"notice")"};
  return std::any_of(kTypes.begin(), kTypes.end(), [&](std::string_view type) { return text.find(type) != text.npos; });
}

double ms_since(uint64_t from_ns) {
  return static_cast<double>(uv_hrtime() - from_ns) / 1e6;
}

}  // namespace

LoadClient::LoadClient(ClientLoop& loop, const Settings& settings, const LoadVoice* voice, LoadDelay* delay, LoadTally& tally)
    : settings_(settings), voice_(voice), delay_(delay), tally_(tally), connection_(loop, *this) {}

void LoadClient::join() {
  if (!started_) opened_ns_ = uv_hrtime();
  started_ = true;
  gone_ = false;
  cut_ = false;
  counts_.begins_anew = settings_.comes_back;
  ++tally_.open;
  connection_.open(settings_.connection);
}

void LoadClient::leave() {
  leaving_ = true;
  connection_.close();
}

void LoadClient::cut() {
  cut_ = true;
  connection_.cut();
}

void LoadClient::send(const json& message) {
  connection_.send_text(message.dump());
}

void LoadClient::send_binary(std::span<uint8_t> message) {
  connection_.send_binary(message);
  counts_.unsent_messages = connection_.dropped_messages();
}

void LoadClient::on_open() {
  control::Hello hello{
      .room = settings_.room, .name = settings_.name, .role = settings_.listener ? Role::kListener : Role::kSinger};
  if (!settings_.key.empty()) hello.key = settings_.key;
  if (!view_.token.empty()) hello.token = view_.token;
  send(hello.to_json());
}

void LoadClient::on_text(std::string_view text) {
  if (is_about_others(text)) return;
  const json message = json::parse(text, nullptr, false);
  const std::string type = control::type_of(message);
  if (type == control::Loop::kType) {
    const auto loop = control::Loop::read(message);
    if (!loop) {
      ++counts_.bad_messages;
      return;
    }
    counts_.loop_ms = loop->loop_ms;
    counts_.late_percent = loop->late_percent;
    return;
  }
  if (type == control::Error::kType) {
    ++counts_.errors;
    const auto error = control::Error::read(message);
    last_error_ = error ? error->refusal.message : "an error that cannot be read: " + error.error();
    if (!joined_ && error && error->refusal.code != "busy") connection_.close();  // hello was refused
    return;
  }
  if (!apply_message(view_, message)) {
    ++counts_.bad_messages;
    return;
  }
  if (type != control::Welcome::kType) return;
  if (counts_.welcome_ms < 0) counts_.welcome_ms = ms_since(opened_ns_);
  if (!joined_) ++tally_.joined;
  joined_ = true;
  view_.people.clear();
}

void LoadClient::on_binary(std::span<const uint8_t> bytes) {
  const auto heard = wire::parse_mix(bytes);
  if (!heard) {
    ++counts_.bad_messages;
    return;
  }
  if (settings_.slow) connection_.pause_reading(true);
  if (heard->song == 0) {
    ++counts_.probes;
  } else {
    if (late && counts_.first_block_ms < 0) first_block(*heard);
    count_mix(*heard, counts_);
  }
  if (voice_ != nullptr && (heard->song == view_.song.number || heard->song == 0)) answer(*heard);
}

void LoadClient::first_block(const wire::MixMessage& heard) {
  BlockDecoder decoder(1);
  std::array<float, kOpusBlock> pcm;
  if (heard.blocks[0].mix.empty() || decoder.decode(heard.blocks[0].mix, pcm)) counts_.first_block_ms = ms_since(opened_ns_);
}

// The same positions, with this voice; without one for a probe.
void LoadClient::answer(const wire::MixMessage& heard) {
  wire::VoiceMessage message;
  message.bucket = heard.bucket;
  message.song = heard.song;
  for (int i = 0; i < heard.count; ++i) {
    const Position at = heard.position + Blocks{i};
    const int64_t sample = heard.song == 0 ? 0 : at.samples - view_.song.start;
    if (sample < 0) continue;
    if (message.count == 0) message.position = at;
    message.packets[message.count++] = heard.song == 0 ? std::span<const uint8_t>() : voice_->packet(sample / kBlockSamples);
  }
  if (message.count == 0) return;
  std::array<uint8_t, Connection::kSpare + wire::kMaxVoiceMessageBytes> buffer;
  const auto body = std::span(buffer).subspan(Connection::kSpare);
  const size_t length = wire::build_voice(message, body);
  if (heard.song != 0) counts_.sent += message.count;
  if (delay_ != nullptr) {
    delay_->push(*this, body.first(length));
  } else {
    send_binary(body.first(length));
  }
}

void LoadClient::on_closed(int code, const std::string& reason) {
  if (joined_) --tally_.joined;
  --tally_.open;
  joined_ = false;
  gone_ = true;
  if (leaving_) return;
  if (cut_ || settings_.slow) {
    ++counts_.reconnects;
    return;
  }
  if (settings_.comes_back) {
    came_back = true;
    ++counts_.reconnects;
    return;
  }
  ++tally_.lost;
  if (last_error_.empty()) last_error_ = "connection closed (" + std::to_string(code) + "): " + reason;
  if (tally_.lost == 1) std::fprintf(stderr, "%s: %s\n", settings_.name.c_str(), last_error_.c_str());
}

}  // namespace roundelay
