#include "server/render/choir.h"

#include <algorithm>

#include "mixer/tempo.h"

namespace roundelay::render {
namespace {

constexpr int64_t kLeastRing = 4;  // the block at hand, the one before and the one after it

}  // namespace

Choir::Choir(const wire::SongRecord& song, int64_t blocks) : song_(song), blocks_(blocks) {
  const int64_t ahead = song.round_repeats == 0 ? 0 : distance(song.round_repeats) / kBlockSamples + 2;
  ring_.resize(static_cast<size_t>(kLeastRing + std::min(ahead, blocks)));
  for (Sum& sum : ring_) sum.led = true;
}

int64_t Choir::distance(uint32_t repeat) const {
  return Tempo(song_.bpm_tenths).samples_to(int64_t{repeat} * song_.round_beats);
}

void Choir::forget(int64_t block) {
  Sum& sum = at(block);
  std::fill(std::begin(sum.voices), std::end(sum.voices), 0.0F);
  std::fill(std::begin(sum.leader), std::end(sum.leader), 0.0F);
  sum.result = {};
}

void Choir::add(int64_t block, Block voice, float from, float to, bool leader, int people) {
  if (block >= blocks_) return;
  Sum& sum = at(block);
  add_ramped(MutableBlock(leader ? sum.leader : sum.voices), voice, from, to);
  sum.result.people += people;
  const bool repeated = song_.round_repeats != 0 && (leader || !song_.round_leader_only);
  if (!repeated || song_.start.samples + block * kBlockSamples < song_.music.samples) return;
  alignas(64) float sound[kBlockSamples];
  copy_ramped(sound, voice, from, to);
  add_repeats(block, sound, leader, people);
}

void Choir::add_repeats(int64_t block, Block sound, bool leader, int people) {
  for (uint32_t repeat = 1; repeat <= song_.round_repeats; ++repeat) {
    const int64_t begins = block * kBlockSamples + distance(repeat);
    const int64_t first = begins / kBlockSamples;
    const auto shift = static_cast<size_t>(begins % kBlockSamples);
    if (first >= blocks_) return;
    add_to(first, sound.first(kBlockSamples - shift), shift, leader, people);
    if (shift > 0) add_to(first + 1, sound.last(shift), 0, leader, 0);
  }
}

void Choir::add_to(int64_t block, std::span<const float> part, size_t at_sample, bool leader, int people) {
  if (block >= blocks_) return;
  Sum& sum = at(block);
  float* to = (leader ? sum.leader : sum.voices) + at_sample;
  for (size_t i = 0; i < part.size(); ++i) to[i] += part[i];
  sum.result.people += people;
}

}  // namespace roundelay::render
