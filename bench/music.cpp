#include "bench/music.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <random>
#include <span>
#include <utility>

#include "codec/opus.h"

namespace roundelay::bench {
namespace {

constexpr double kRate = 48'000;

std::vector<float> make_music(unsigned seed) {
  using std::numbers::pi;
  std::mt19937 random(seed);
  std::vector<float> samples(static_cast<size_t>(kMusicBlocks) * kOpusBlock);
  double phase = 0;
  double pitch = 220;
  for (size_t i = 0; i < samples.size(); ++i) {
    const size_t in_note = i % 12'000;
    if (in_note == 0) pitch = 110 * std::exp2(static_cast<double>(random() % 25) / 12);
    const double t = static_cast<double>(i) / kRate;
    phase += pitch * (1 + 0.006 * std::sin(2 * pi * 5.5 * t)) / kRate;
    double sum = 0;
    for (int k = 1; k <= 12; ++k) sum += std::sin(2 * pi * phase * k) / (k * std::sqrt(k));
    const double breath = (static_cast<double>(random() % 2'001) - 1'000) / 1'000;
    const double shape = std::exp(-static_cast<double>(in_note) / 9'000);
    samples[i] = static_cast<float>(0.2 * shape * sum + 0.004 * breath);
  }
  return samples;
}

Packets encode(const std::vector<float>& samples, int bitrate) {
  BlockEncoder encoder({.channels = 1, .bitrate = bitrate});
  Packets packets;
  for (size_t at = 0; at < samples.size(); at += kOpusBlock) {
    std::vector<uint8_t> packet(kMaxPacketBytes);
    packet.resize(static_cast<size_t>(encoder.encode(std::span(samples).subspan(at, kOpusBlock), packet)));
    packets.push_back(std::move(packet));
  }
  return packets;
}

}  // namespace

const std::vector<float>& music(unsigned voice) {
  static std::map<unsigned, std::vector<float>> made;
  auto& samples = made[voice];
  if (samples.empty()) samples = make_music(voice + 1);
  return samples;
}

const Packets& packets_of(unsigned voice, int bitrate) {
  static std::map<std::pair<unsigned, int>, Packets> made;
  auto& packets = made[{voice, bitrate}];
  if (packets.empty()) packets = encode(music(voice), bitrate);
  return packets;
}

double mean_bytes(const Packets& packets) {
  double sum = 0;
  for (const auto& packet : packets) sum += static_cast<double>(packet.size());
  return sum / static_cast<double>(packets.size());
}

double signal_to_noise_db(const std::vector<float>& wanted, const Packets& packets, int channels) {
  constexpr size_t kSettled = 5;
  BlockDecoder decoder(channels);
  const auto block = static_cast<size_t>(kOpusBlock * channels);
  const auto delay = static_cast<size_t>(kLowDelaySamples * channels);
  std::vector<float> out(block);
  double signal = 0;
  double noise = 1e-9;
  for (size_t b = 0; b < packets.size(); ++b) {
    if (!decoder.decode(packets[b], out)) return -1000;
    if (b < kSettled) continue;
    for (size_t i = 0; i < block; ++i) {
      const double x = wanted[b * block + i - delay];
      signal += x * x;
      noise += (out[i] - x) * (out[i] - x);
    }
  }
  return 10 * std::log10(signal / noise);
}

}  // namespace roundelay::bench
