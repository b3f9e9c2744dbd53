#include "server/singer/heard_stream.h"

namespace roundelay {

HeardStream::HeardStream(HeardSamples& out) : out_(out) {}

void HeardStream::begin(Position song_start, int mix_delay_samples) {
  song_start_ = song_start;
  mix_delay_ = mix_delay_samples;
  next_ = {-1};
  backing_on_ = false;
  part_on_ = false;
}

void HeardStream::start_new(BlockDecoder& decoder, Settling& settling, bool in_the_middle) {
  decoder.reset();
  settling = {in_the_middle ? kSettleBlocks : 0, in_the_middle};
}

bool HeardStream::settle(Settling& settling, std::span<float> samples, int channels) {
  if (settling.blocks_left > 0) {
    --settling.blocks_left;
    return false;
  }
  if (settling.fade) {
    settling.fade = false;
    for (size_t i = 0; i < samples.size(); ++i) {
      const size_t frame = i / static_cast<size_t>(channels);
      samples[i] *= static_cast<float>(frame) / kOpusBlock;
    }
  }
  return true;
}

void HeardStream::conceal() {
  std::array<float, 2 * kOpusBlock> lost;
  (void)mix_.decode({}, std::span(lost).first<kOpusBlock>());
  if (part_on_) (void)part_.decode({}, std::span(lost).first<kOpusBlock>());
  if (backing_on_) (void)backing_.decode({}, lost);
}

void HeardStream::take_part(Position at, std::span<const uint8_t> packet) {
  if (packet.empty()) {
    part_on_ = false;
    return;
  }
  if (!part_on_) start_new(part_, part_settling_, at > song_start_);
  part_on_ = true;
  std::array<float, kOpusBlock> samples{};
  (void)part_.decode(packet, samples);
  if (settle(part_settling_, samples, 1)) out_.part_heard({at.samples - mix_delay_}, samples);
}

void HeardStream::take_metronome(Position at, std::span<const uint8_t> packet) {
  if (packet.empty()) {
    click_on_ = false;
    return;
  }
  std::array<float, kOpusBlock> samples{};
  if (!click_on_) metronome_.reset();
  click_on_ = true;
  if (metronome_.decode(packet, samples)) out_.metronome_heard(at, samples);
}

void HeardStream::take(Position at, const wire::MixBlock& block) {
  const int64_t lost = blocks_between(at, next_).count;
  if (next_.samples < 0 || lost < 0 || lost > kMostConcealed) {
    const bool middle = at > song_start_;
    start_new(mix_, mix_settling_, middle);
    start_new(backing_, backing_settling_, middle);
    backing_on_ = false;
    part_on_ = false;
  } else {
    for (int64_t i = 0; i < lost; ++i) conceal();
    if (lost > 0) click_on_ = false;
  }
  next_ = at + Blocks{1};

  std::array<float, 2 * kOpusBlock> samples{};
  const auto mono = std::span(samples).first<kOpusBlock>();
  if (block.mix.empty()) {
    start_new(mix_, mix_settling_, false);
  } else {
    (void)mix_.decode(block.mix, mono);  // a packet that cannot be decoded is silence
  }
  if (settle(mix_settling_, mono, 1)) out_.mix_heard({at.samples - mix_delay_}, mono);

  take_part(at, block.part);
  take_metronome(at, block.metronome);
  if (block.backing.empty()) {
    if (backing_on_) start_new(backing_, backing_settling_, false);
    backing_on_ = false;
    return;
  }
  backing_on_ = true;
  (void)backing_.decode(block.backing, samples);
  if (settle(backing_settling_, samples, 2)) out_.backing_heard(at, samples);
}

}  // namespace roundelay
