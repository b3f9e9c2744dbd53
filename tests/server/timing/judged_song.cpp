#include "tests/server/timing/judged_song.h"

#include <cmath>

namespace roundelay::test_parts {

JudgedSong judge(const SongScene& scene) {
  const RenderedSong song = render(scene);
  const std::vector<float> voice = through_opus(song.voice);
  const std::vector<float> mix = through_opus(song.mix);
  const Position start = Position{} + Blocks{1'000'000};
  EnergyRing sung(TimingMeter::kRingBlocks);
  EnergyRing heard(TimingMeter::kRingBlocks);
  TimingMeter meter;
  meter.restart(start);
  // The voice comes after its loop time.
  constexpr int64_t kLoopBlocks = 25;
  const auto blocks = static_cast<int64_t>(voice.size() / kBlockSamples);
  for (int64_t now = 0; now < blocks + kLoopBlocks; ++now) {
    const int64_t sent = now - kLoopBlocks;
    if (now < blocks) heard.add(start + Blocks{now}, Block(mix.data() + now * kBlockSamples, kBlockSamples));
    if (sent >= 0) sung.add(start + Blocks{sent}, Block(voice.data() + sent * kBlockSamples, kBlockSamples));
    (void)meter.take_window(sung, heard, start + Blocks{sent});
  }
  const TimingMeter::Judgement judgement = meter.judge();
  return {judgement, judgement.late_ms - scene.late_ms};
}

bool may_be_told(SingerKind singer) {
  return singer == SingerKind::kWithGroup || singer == SingerKind::kOtherPart || singer == SingerKind::kRound;
}

bool is_wrong(const SongScene& scene, const JudgedSong& judged) {
  return judged.judgement.certain && (!may_be_told(scene.singer) || std::abs(judged.error_ms) > kMostErrorMs);
}

}  // namespace roundelay::test_parts
