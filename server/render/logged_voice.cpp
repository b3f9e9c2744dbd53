#include "server/render/logged_voice.h"

#include <algorithm>

namespace roundelay::render {
namespace {

// As VoiceInput's.
constexpr int kSilentPacketsDecoded = 3;
constexpr int kFadeInSilent = 144;
constexpr int kFadeInEnd = 480;

}  // namespace

void LoggedVoice::add(int64_t block, int64_t blocks, const wire::PacketRecord* packet, Choir& choir) {
  const Gains target = packet == nullptr ? Gains{} : packet->leader ? Gains{0, packet->gain} : Gains{packet->gain, 0};
  const bool silent = target == Gains{};
  if (packet == nullptr || (silent && !sounding_)) {
    if (sounding_) fade_out(block, choir);
    return;
  }
  const bool begins = !sounding_;
  if (begins) {
    decoder_.reset();
    silent_packets_ = 0;
    sounding_ = true;
    gains_ = target;
  }
  silent_packets_ = packet->opus.size() <= kSilentPacketBytes ? silent_packets_ + 1 : 0;
  if (silent_packets_ > kSilentPacketsDecoded) {
    gains_ = target;
    return;
  }
  if (!decoder_.decode(packet->opus, block_)) {
    sounding_ = false;
    return;
  }
  if (begins || block == 0) fade_in();
  add_to(block, target, block == blocks - 1, choir);
  if (silent) sounding_ = false;
}

void LoggedVoice::fade_out(int64_t block, Choir& choir) {
  sounding_ = false;
  if (decoder_.decode({}, block_)) add_to(block, {}, false, choir);
}

void LoggedVoice::fade_in() {
  std::fill_n(block_, kFadeInSilent, 0.0F);
  for (int i = kFadeInSilent; i < kFadeInEnd; ++i)
    block_[i] *= static_cast<float>(smoothstep((i - kFadeInSilent + 1.0) / (kFadeInEnd - kFadeInSilent)));
}

void LoggedVoice::add_to(int64_t block, const Gains& to, bool ends, Choir& choir) {
  const Gains from = gains_;
  gains_ = ends ? Gains{} : to;
  for (size_t lane = 0; lane < from.size(); ++lane) {
    if (from[lane] == 0 && gains_[lane] == 0) continue;
    choir.add(block, block_, from[lane], gains_[lane], lane == 1, to[lane] > 0 ? 1 : 0);
  }
}

}  // namespace roundelay::render
