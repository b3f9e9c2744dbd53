#include "server/singer/singer.h"

#include <nlohmann/json.hpp>

#include "server/wire/control/error.h"
#include "server/wire/control/hear_part.h"
#include "server/wire/control/hello.h"
#include "server/wire/control/leave.h"
#include "server/wire/control/welcome.h"

namespace roundelay {
namespace {

using nlohmann::json;

// Blocks that the server passed over are sung all the same, up to this many: others hear a voice without a hole.
constexpr int64_t kMostCaughtUp = 25;

// From being told that the last bucket has heard the end until a client that has not got that far gives up waiting for it.
constexpr int64_t kLastBlocksMs = 500;

constexpr int kTooManyErrors = 4008;
// Whoever is sent away for errors comes back, but not after so many times within so long.
constexpr size_t kMostErrorCloses = 3;
constexpr int64_t kErrorClosesMs = 600'000;

// What PROTOCOL.md 3.3 says about coming back.
bool may_reconnect(int code) {
  return code != 1009 && code != 4001 && code != 4003;
}

std::string refusal_sentence(int code, const std::string& error, const std::string& reason) {
  if (!error.empty()) return error;
  if (code == 4001) return "The same person has connected from elsewhere.";
  if (code == kTooManyErrors) return "The server closed the connection: too many errors.";
  if (code == 1009) return "The server closed the connection: a message was too large.";
  return "The server closed the connection (" + std::to_string(code) + "): " + reason;
}

}  // namespace

Singer::Singer(ClientLoop& loop, const SingerSettings& settings, VoiceSource& voice, SingerEvents& events)
    : loop_(loop),
      settings_(settings),
      events_(events),
      connection_(loop, *this),
      again_(loop, [this] { connection_.open(settings_.connection); }),
      last_blocks_(loop, [this] { end_song(); }),
      random_(settings.seed),
      backoff_([this] { return std::uniform_real_distribution<double>(0, 1)(random_); }),
      heard_(events),
      voice_(voice, settings.voice) {}

void Singer::join() {
  uv_update_time(loop_.uv());
  trying_since_ms_ = loop_.now_ms();
  connection_.open(settings_.connection);
}

void Singer::leave() {
  if (leaving_) return;
  leaving_ = true;
  if (connection_.is_open()) {
    if (joined_) send(control::Leave{}.to_json());  // the place is free at once
    connection_.close();
    return;
  }
  again_.stop();
  events_.left();
}

void Singer::send(const json& message) {
  if (connection_.is_open()) connection_.send_text(message.dump());
}

void Singer::on_open() {
  control::Hello hello{.room = settings_.room,
                       .name = settings_.name,
                       .role = settings_.listener ? Role::kListener : Role::kSinger,
                       .robot = settings_.robot};
  if (!view_.token.empty()) hello.token = view_.token;
  if (!settings_.key.empty()) hello.key = settings_.key;
  if (settings_.bucket > 0) hello.bucket = settings_.bucket;
  if (!settings_.part.empty()) hello.part = settings_.part;
  send(hello.to_json());
}

void Singer::on_text(std::string_view text) {
  const json message = json::parse(text, nullptr, false);
  const std::string type = control::type_of(message);
  if (type.empty() || !apply_message(view_, message)) {
    ++counts_.bad_messages;
    return;
  }
  if (type == control::Welcome::kType) {
    joined_ = true;
    if (was_joined_) ++counts_.reconnects;
    was_joined_ = true;
    refusal_.clear();
    backoff_.reset();
    if (settings_.hears_part) send(control::HearPart{true}.to_json());
  } else if (type == control::Error::kType) {
    const auto error = control::Error::read(message);
    if (!error) {
      ++counts_.bad_messages;
      return;
    }
    take_error(*error);
  }
  events_.room_changed(message);
  if (type == control::SongNews::kType || type == control::Welcome::kType) check_song_end();
}

void Singer::take_error(const control::Error& error) {
  if (joined_) return;
  const std::string& code = error.refusal.code;
  if (code == "busy") return;  // to be tried again
  refusal_ = error.refusal.message;
  token_forgotten_ = code == "bad_token" && !view_.token.empty();
  if (token_forgotten_) view_.token.clear();  // the next hello is a stranger's
  connection_.close();                        // the server may leave it open for another hello
}

void Singer::on_binary(std::span<const uint8_t> bytes) {
  const auto message = wire::parse_mix(bytes);
  if (!message) {
    ++counts_.bad_messages;
    return;
  }
  if (message->song == 0) {
    if (!settings_.listener) answer_probe(*message);
    return;
  }
  if (message->song != view_.song.number) {
    counts_.unknown_song += message->count;
    return;
  }
  const Position after = last_heard_ + Blocks{1};
  enter_song(*message);
  for (int i = 0; i < message->count; ++i) {
    const Position at = message->position + Blocks{i};
    if (last_heard_.samples >= 0 && at > last_heard_ + Blocks{1})
      counts_.blocks_lost += blocks_between(at, last_heard_).count - 1;
    heard_.take(at, message->blocks[static_cast<size_t>(i)]);
    last_heard_ = at;
    ++counts_.blocks_heard;
    events_.block_taken(at, message->blocks[static_cast<size_t>(i)].people);
  }
  if (!settings_.listener) {
    const int64_t missed = blocks_between(message->position, after).count;
    const bool catch_up = last_sung_.samples >= 0 && missed > 0 && missed <= kMostCaughtUp;
    sing(*message, catch_up ? after : message->position);
  }
  check_song_end();
}

// Between songs the server measures the loop: the same block comes back without a voice.
void Singer::answer_probe(const wire::MixMessage& probe) {
  wire::VoiceMessage answer;
  answer.bucket = probe.bucket;
  answer.count = probe.count;
  answer.position = probe.position;
  std::array<uint8_t, Connection::kSpare + wire::kMaxVoiceMessageBytes> buffer;
  const auto body = std::span(buffer).subspan(Connection::kSpare);
  connection_.send_binary(body.first(wire::build_voice(answer, body)));
  ++counts_.probes_answered;
}

// Notices a new song, another bucket or a hole too long to be carried over.
void Singer::enter_song(const wire::MixMessage& message) {
  const bool new_song = message.song != current_.number;
  current_ = view_.song;
  if (!new_song && message.bucket == bucket_ && message.position > last_heard_) return;
  bucket_ = message.bucket;
  last_heard_ = {-1};
  last_sung_ = {-1};
  heard_.begin({current_.start}, view_.mix_delay);
  if (new_song) {
    song_heard_ = false;
    // In a round by parts she begins when hers comes in.
    const auto bucket = static_cast<size_t>(message.bucket) - 1;
    const int64_t begins = bucket < current_.parts.size() ? current_.parts[bucket].enters : current_.music;
    voice_.begin_song({current_.start}, {begins});
    events_.song_begins(current_);
  }
}

// Sends the voice from `from` to the end of the message that was heard.
void Singer::sing(const wire::MixMessage& heard, Position from) {
  const Position end = heard.position + Blocks{heard.count};
  std::array<std::array<uint8_t, wire::kMaxVoicePacketBytes>, wire::kMaxBlocksPerMessage> packets;
  std::array<uint8_t, Connection::kSpare + wire::kMaxVoiceMessageBytes> buffer;
  wire::VoiceMessage message;
  message.bucket = heard.bucket;
  message.song = heard.song;
  const auto flush = [&] {
    if (message.count == 0) return;
    const auto body = std::span(buffer).subspan(Connection::kSpare);
    connection_.send_binary(body.first(wire::build_voice(message, body)));
    message.count = 0;
  };
  for (Position at = from; at < end; at = at + Blocks{1}) {
    if (at.samples < current_.start || (current_.end && at.samples >= *current_.end)) continue;
    if (message.count == 0) message.position = at;
    const std::span<const uint8_t> packet = voice_.packet(at);
    ++(packet.empty() ? counts_.blocks_silent : counts_.blocks_sung);
    auto& copy = packets[message.count];
    std::copy(packet.begin(), packet.end(), copy.begin());
    message.packets[message.count++] = std::span<const uint8_t>(copy).first(packet.size());
    last_sung_ = at;
    if (message.count == wire::kMaxBlocksPerMessage) flush();
  }
  flush();
}

void Singer::check_song_end() {
  if (song_heard_ || current_.number == 0) return;
  if (view_.song.number == current_.number) current_ = view_.song;
  const bool past = current_.end && last_heard_.samples >= 0 && last_heard_.samples + kBlockSamples > *current_.end;
  if (past || view_.song.number != current_.number) {
    end_song();
  } else if (!current_.playing) {
    last_blocks_.start(kLastBlocksMs);
  }
}

void Singer::end_song() {
  last_blocks_.stop();
  if (song_heard_) return;
  song_heard_ = true;
  events_.song_heard(current_);
}

// True when the server closed for errors once too often.
bool Singer::errors_again() {
  const int64_t now_ms = loop_.now_ms();
  std::erase_if(error_closes_ms_, [&](int64_t ms) { return now_ms - ms > kErrorClosesMs; });
  error_closes_ms_.push_back(now_ms);
  return error_closes_ms_.size() >= kMostErrorCloses;
}

void Singer::on_closed(int code, const std::string& reason) {
  const bool was_joined = joined_;
  joined_ = false;
  if (leaving_) {
    events_.left();
    return;
  }
  uv_update_time(loop_.uv());
  if (was_joined) trying_since_ms_ = loop_.now_ms();
  const bool refused = !was_joined && !refusal_.empty() && !token_forgotten_;
  const bool hopeless = code == kTooManyErrors && errors_again();
  if ((!may_reconnect(code) || hopeless || refused) && !token_forgotten_) {
    events_.gave_up(refusal_sentence(code, refusal_, reason));
    return;
  }
  const int64_t patience = was_joined_ ? settings_.lost_connection_ms : settings_.first_connection_ms;
  const int64_t wait = backoff_.next_ms();
  if (loop_.now_ms() + wait - trying_since_ms_ > patience) {
    events_.gave_up("There was no connection to the server for " + std::to_string(patience / 1000) + " s: " + reason + ".");
    return;
  }
  token_forgotten_ = false;
  refusal_.clear();
  if (was_joined) {
    last_heard_ = {-1};
    last_sung_ = {-1};
    heard_.begin({current_.start}, view_.mix_delay);
    events_.connection_lost(reason);
  }
  again_.start(wait);
}

}  // namespace roundelay
