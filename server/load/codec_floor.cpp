#include "server/load/codec_floor.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "codec/opus.h"

namespace roundelay {
namespace {

constexpr int64_t kDecodes = 60'000;  // of one measurement, about 1.2 s
constexpr int64_t kEncodedBlocks = 200;
constexpr size_t kMixed = 12;

}  // namespace

double own_cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

double decode_alone_ms(std::span<const std::unique_ptr<LoadVoice>> voices) {
  if (voices.empty()) return -1;
  const auto n = static_cast<int64_t>(voices.size());
  const int64_t blocks = std::clamp<int64_t>(kDecodes / n, 50, 500);
  std::vector<BlockDecoder> decoders;
  for (int64_t i = 0; i < n; ++i) decoders.emplace_back(1);
  std::array<float, kOpusBlock> pcm{};
  int64_t refused = 0;
  const double before = own_cpu_seconds();
  for (int64_t block = 0; block < blocks; ++block) {
    for (size_t i = 0; i < voices.size(); ++i) refused += decoders[i].decode(voices[i]->packet(block), pcm) ? 0 : 1;
  }
  const double cpu_s = own_cpu_seconds() - before;
  return refused == 0 ? 1000 * cpu_s / static_cast<double>(n) / (static_cast<double>(blocks) / 50) : -1;
}

nlohmann::json encode_alone_us(std::span<const std::unique_ptr<LoadVoice>> voices, int bitrate) {
  std::vector<std::array<float, kOpusBlock>> mix(kEncodedBlocks);
  const size_t n = std::min(voices.size(), kMixed);
  for (size_t v = 0; v < n; ++v) {
    BlockDecoder decoder(1);
    std::array<float, kOpusBlock> pcm{};
    for (size_t b = 0; b < mix.size(); ++b) {
      (void)decoder.decode(voices[v]->packet(static_cast<int64_t>(b)), pcm);
      for (size_t i = 0; i < pcm.size(); ++i) mix[b][i] += pcm[i] / static_cast<float>(n) * 2;
    }
  }
  nlohmann::json costs = nlohmann::json::object();
  for (const int complexity : {0, 3, 5, 8, 10}) {
    EncoderSettings settings;
    settings.bitrate = bitrate;
    settings.complexity = complexity;
    BlockEncoder encoder(settings);
    std::array<uint8_t, kMaxPacketBytes> packet;
    const double before = own_cpu_seconds();
    for (const auto& block : mix) (void)encoder.encode(block, packet);
    costs[std::to_string(complexity)] = 1e6 * (own_cpu_seconds() - before) / static_cast<double>(kEncodedBlocks);
  }
  return costs;
}

}  // namespace roundelay
