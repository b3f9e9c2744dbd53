#include "server/render/mix_again.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "server/render/decoded_track.h"
#include "server/render/final_mix.h"

namespace roundelay::render {
namespace {

constexpr double kTracksShare = 0.6;  // of the work
constexpr int64_t kAgainProgressBlocks = 250;

// A track that plays: its blocks, added to both sides.
class PlayingTrack {
 public:
  explicit PlayingTrack(const MixedTrack& track) : track_(track.fd) {
    const double gain = std::pow(10, track.gain_db / 20);
    const double angle = (std::clamp(track.balance, -1.0, 1.0) + 1) * std::numbers::pi / 4;
    // Equal power; 1 on both sides in the middle.
    gains_ = {static_cast<float>(gain * std::numbers::sqrt2 * std::cos(angle)),
              static_cast<float>(gain * std::numbers::sqrt2 * std::sin(angle))};
  }

  [[nodiscard]] bool is_file() const { return track_.is_file(); }

  // False at its end.
  bool add(std::span<float> stereo) {
    const auto block = track_.next();
    if (block.empty()) return false;
    const auto channels = static_cast<size_t>(track_.channels());
    for (size_t i = 0; i < kOpusBlock; ++i) {
      stereo[2 * i] += gains_[0] * block[i * channels];
      stereo[2 * i + 1] += gains_[1] * block[i * channels + channels - 1];
    }
    return true;
  }

 private:
  DecodedTrack track_;
  std::array<float, 2> gains_{};
};

}  // namespace

tl::expected<void, std::string> mix_again(const std::vector<MixedTrack>& tracks, const MixAgainFiles& files,
                                          const std::function<void(double)>& progress) {
  std::vector<PlayingTrack> playing;
  for (const MixedTrack& track : tracks) {
    playing.emplace_back(track);
    if (!playing.back().is_file()) return tl::unexpected<std::string>("A track of this recording is damaged.");
  }
  FinalMix mix(files.scratch);
  std::vector<float> stereo(2 * kOpusBlock);
  int64_t blocks = 0;
  for (bool any = true; any;) {
    std::fill(stereo.begin(), stereo.end(), 0.0F);
    any = false;
    for (PlayingTrack& track : playing) any = track.add(stereo) || any;
    if (!any && blocks > 0) break;
    if (auto added = mix.add(stereo); !added) return added;
    ++blocks;
    if (blocks % kAgainProgressBlocks == 0) progress(kTracksShare * (1 - 1 / (1 + static_cast<double>(blocks) / 10'000)));
  }
  const auto written = mix.write({.flac = files.flac, .opus = files.opus, .tags = {{"TITLE", "Mix"}}}, blocks * kOpusBlock,
                                 [&](double share) { progress(kTracksShare + share * (1 - kTracksShare)); });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace roundelay::render
