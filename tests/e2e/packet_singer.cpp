#include "tests/e2e/packet_singer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "codec/opus.h"
#include "mixer/position.h"
#include "server/wire/sound/mix_message.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay::e2e {
namespace {

constexpr int64_t kHoldEvery = 250;  // blocks
constexpr std::chrono::milliseconds kPatience{500};

std::vector<uint8_t> packet_at(BlockEncoder& encoder, int64_t position, double hz) {
  float block[kBlockSamples];
  for (int i = 0; i < kBlockSamples; ++i)
    block[i] =
        0.1F * static_cast<float>(std::sin(2 * std::numbers::pi * hz * static_cast<double>((position + i) % 480'000) / 48'000));
  std::vector<uint8_t> packet(400);
  packet.resize(static_cast<size_t>(std::max(0, encoder.encode(block, packet))));
  return packet;
}

}  // namespace

PacketSinger::PacketSinger(int port, std::string room, std::string name, Options options)
    : port_(port), room_(std::move(room)), name_(std::move(name)), options_(std::move(options)), thread_([this] { run(); }) {}

PacketSinger::~PacketSinger() {
  over_ = true;
  thread_.join();
}

void PacketSinger::say(const nlohmann::json& message) {
  const std::lock_guard held(mutex_);
  if (client_) client_->send_json(message);
}

PacketSinger::Song PacketSinger::song() const {
  const std::lock_guard held(mutex_);
  return song_;
}

std::map<int64_t, PacketSinger::Sent> PacketSinger::sent() const {
  const std::lock_guard held(mutex_);
  return sent_;
}

size_t PacketSinger::count() const {
  const std::lock_guard held(mutex_);
  return sent_.size();
}

std::string PacketSinger::person() const {
  const std::lock_guard held(mutex_);
  return person_;
}

std::string PacketSinger::token() const {
  const std::lock_guard held(mutex_);
  return token_;
}

std::vector<nlohmann::json> PacketSinger::heard(const std::string& type) const {
  const std::lock_guard held(mutex_);
  std::vector<nlohmann::json> out;
  for (const auto& message : heard_) {
    if (message.at("type") == type) out.push_back(message);
  }
  return out;
}

void PacketSinger::run() {
  while (!over_) {
    auto client = std::make_shared<RawClient>(port_);
    nlohmann::json more = options_.hello;
    if (token_.empty()) {
      more["bucket"] = options_.bucket;
    } else {
      more["token"] = token_;
    }
    const nlohmann::json welcome = client->connected() ? client->enter(room_, name_, more) : nlohmann::json();
    if (!welcome.is_object() || welcome.value("type", "") != "welcome") {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));  // the server is not back yet
      continue;
    }
    {
      const std::lock_guard held(mutex_);
      client_ = client;
      token_ = welcome.at("token");
      person_ = welcome.at("you").at("id");
      held_.clear();
    }
    hear({{"type", "song"}, {"song", welcome.at("song")}});
    ++connections_;
    while (!over_ && !loses_line_.exchange(false)) {
      const auto asked = Clock::now();
      const auto message = client->receive(kPatience);
      if (!message && Clock::now() - asked < kPatience - std::chrono::milliseconds(20)) break;  // the connection is gone
      if (!message) continue;
      if (message->opcode == 8) break;
      if (message->opcode == 1) hear(message->json());
      if (message->opcode == 2) sing(*client, message->bytes);
    }
    const std::lock_guard held(mutex_);
    client_.reset();
  }
}

void PacketSinger::hear(const nlohmann::json& message) {
  const std::lock_guard held(mutex_);
  heard_.push_back(message);
  if (message.at("type") != "song") return;
  const nlohmann::json& song = message.at("song");
  song_ = {.number = song.at("number"),
           .start = song.at("start"),
           .end = song.at("end").is_number() ? song.at("end").get<int64_t>() : -1,
           .playing = song.at("state") == "playing",
           .recording = song.value("recording", false)};
  // What a stall of the line held back at the song's end comes after it.
  if (song_.playing || options_.delay_blocks > 0 || !client_) return;
  for (const auto& each : held_) client_->send_binary(each);
  held_.clear();
}

void PacketSinger::sing(RawClient& client, const std::vector<uint8_t>& bytes) {
  const auto mix = wire::parse_mix(bytes);
  if (!mix || mix->song == 0) return;
  const std::lock_guard held(mutex_);
  if (std::exchange(held_song_, mix->song) != mix->song) {
    for (const auto& each : held_) client.send_binary(each);
    held_.clear();
  }
  for (int i = 0; i < mix->count; ++i) {
    const Position at = mix->position + Blocks{i};
    std::vector<uint8_t> packet = packet_at(encoder_, at.samples, options_.hz);
    wire::VoiceMessage voice{
        .bucket = static_cast<uint8_t>(mix->bucket), .count = 1, .song = mix->song, .position = at, .packets = {packet}};
    std::vector<uint8_t> message(wire::kMaxVoiceMessageBytes);
    message.resize(wire::build_voice(voice, message));
    held_.push_back(std::move(message));
    sent_[at.samples] = {std::move(packet), Clock::now()};
    if (options_.delay_blocks > 0) {
      if (held_.size() <= options_.delay_blocks) continue;
      client.send_binary(held_.front());
      held_.erase(held_.begin());
      continue;
    }
    if (at.block_index() % kHoldEvery < options_.held_blocks) continue;
    for (const auto& each : held_) client.send_binary(each);
    held_.clear();
  }
}

}  // namespace roundelay::e2e
