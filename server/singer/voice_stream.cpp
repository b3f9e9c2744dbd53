#include "server/singer/voice_stream.h"

#include <algorithm>

namespace roundelay {
namespace {

constexpr int kFadeSamples = kOpusBlock / 2;

}  // namespace

SilenceGate::Step SilenceGate::next(bool silent_input) {
  if (!silent_input) {
    silent_blocks_ = 0;
    return Step::kEncode;
  }
  silent_blocks_ = std::min(silent_blocks_ + 1, 3);
  if (silent_blocks_ == 1) return Step::kEncode;
  return silent_blocks_ == 2 ? Step::kResetAndEncode : Step::kSkip;
}

VoiceStream::VoiceStream(VoiceSource& source, const Settings& settings)
    : source_(source), settings_(settings), encoder_(settings.encoder) {}

void VoiceStream::begin_song(Position start, Position music) {
  start_ = start;
  music_ = music;
  next_ = {-1};
}

void VoiceStream::read_input(VoiceSource& source, Position start, Position at, int delay_samples,
                             std::span<float, kOpusBlock> input) {
  source.read(at.samples - start.samples + delay_samples, input);
}

bool VoiceStream::is_silence(std::span<const float> input) {
  return std::all_of(input.begin(), input.end(), [](float x) { return x == 0.0F; });
}

void VoiceStream::restart(Position at) {
  encoder_.reset();
  gate_.start_again();
  fade_from_ = {-1};
  if (at > start_) fade_from_ = {at.samples + kBlockSamples + encoder_.delay_samples()};
}

void VoiceStream::fade(Position at, std::span<float, kOpusBlock> input) const {
  if (fade_from_.samples < 0) return;
  const int64_t first = at.samples + encoder_.delay_samples() - fade_from_.samples;  // of the input, on the fade's clock
  if (first >= kFadeSamples) return;
  for (size_t i = 0; i < input.size(); ++i) {
    const auto t = static_cast<float>(first + static_cast<int64_t>(i)) / kFadeSamples;
    input[i] *= std::clamp(t, 0.0F, 1.0F);
  }
}

std::span<const uint8_t> VoiceStream::packet(Position at) {
  std::array<float, kOpusBlock> input;
  bool reset_decoder = false;
  if (at != next_) {
    restart(at);
    reset_decoder = at > start_;
  }
  next_ = at + Blocks{1};
  read_input(source_, music_, at, encoder_.delay_samples(), input);
  fade(at, input);
  SilenceGate::Step step = gate_.next(is_silence(input));
  if (step == SilenceGate::Step::kSkip && (reset_decoder || !settings_.skip_silence)) step = SilenceGate::Step::kEncode;
  if (step == SilenceGate::Step::kSkip) return {};
  if (step == SilenceGate::Step::kResetAndEncode) encoder_.reset();
  const int len = encoder_.encode(input, bytes_);
  return std::span<const uint8_t>(bytes_).first(static_cast<size_t>(std::max(len, 0)));
}

}  // namespace roundelay
