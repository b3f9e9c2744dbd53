#include "server/singer/heard_recording.h"

#include <algorithm>

namespace roundelay {
namespace {

// Puts frames of `channels` samples at frame `first`; frames before 0 and beyond the longest song are left out.
void put(std::vector<float>& into, int64_t first, std::span<const float> samples, int channels) {
  const auto frames = static_cast<int64_t>(samples.size()) / channels;
  const int64_t from = std::max<int64_t>(0, -first);
  const int64_t to = std::min(frames, HeardRecording::kMostSeconds * kSampleRate - first);
  if (from >= to) return;
  const auto needed = static_cast<size_t>((first + to) * channels);
  if (into.size() < needed) into.resize(needed);
  std::copy(samples.begin() + from * channels, samples.begin() + to * channels, into.begin() + (first + from) * channels);
}

}  // namespace

void HeardRecording::add_mix(Position at, std::span<const float> mono) {
  put(mix_, at.samples - start_.samples, mono, 1);
}

void HeardRecording::add_backing(Position at, std::span<const float> stereo) {
  put(backing_, at.samples - start_.samples, stereo, 2);
}

void HeardRecording::add_metronome(Position at, std::span<const float> mono) {
  put(metronome_, at.samples - start_.samples, mono, 1);
}

void HeardRecording::add_part(Position at, std::span<const float> mono) {
  put(part_, at.samples - start_.samples, mono, 1);
}

void HeardRecording::count_block(Position at) {
  const int64_t block = blocks_between(at, start_).count;
  if (block < 0 || block >= kMostSeconds * kSampleRate / kBlockSamples) return;
  if (came_.size() <= static_cast<size_t>(block)) came_.resize(static_cast<size_t>(block) + 1);
  came_[static_cast<size_t>(block)] = true;
}

size_t HeardRecording::length(std::optional<Position> end) const {
  const int64_t longest = kMostSeconds * kSampleRate;
  if (end) return static_cast<size_t>(std::clamp<int64_t>(end->samples - start_.samples, 0, longest));
  return came_.size() * kBlockSamples;
}

std::vector<float> HeardRecording::mix(std::optional<Position> end) const {
  std::vector<float> out = mix_;
  out.resize(length(end));
  return out;
}

std::vector<float> HeardRecording::backing(std::optional<Position> end) const {
  std::vector<float> out = backing_;
  out.resize(2 * length(end));
  return out;
}

std::vector<float> HeardRecording::metronome(std::optional<Position> end) const {
  std::vector<float> out = metronome_;
  out.resize(length(end));
  return out;
}

std::vector<float> HeardRecording::part(std::optional<Position> end) const {
  std::vector<float> out = part_;
  out.resize(length(end));
  return out;
}

std::vector<float> HeardRecording::sum(std::optional<Position> end, float backing_factor, float metronome_factor,
                                       int channels) const {
  std::vector<float> voices = mix(end);
  const std::vector<float> clicks = metronome(end);
  for (size_t i = 0; i < voices.size(); ++i) voices[i] += metronome_factor * clicks[i];
  const std::vector<float> track = backing(end);
  std::vector<float> out(voices.size() * static_cast<size_t>(channels));
  for (size_t i = 0; i < voices.size(); ++i) {
    const float left = backing_factor * track[2 * i];
    const float right = backing_factor * track[2 * i + 1];
    if (channels == 1) {
      out[i] = voices[i] + (left + right) / 2;
    } else {
      out[2 * i] = voices[i] + left;
      out[2 * i + 1] = voices[i] + right;
    }
  }
  return out;
}

HeardRecording::Counts HeardRecording::counts(std::optional<Position> end) const {
  const size_t blocks = (length(end) + kBlockSamples - 1) / kBlockSamples;
  Counts counts;
  bool begun = false;
  for (size_t b = 0; b < blocks; ++b) {
    const bool came = b < came_.size() && came_[b];
    begun = begun || came;
    ++(came ? counts.blocks : begun ? counts.missing : counts.before);
  }
  return counts;
}

}  // namespace roundelay
