#include "codec/whole_sound.h"

#include <vector>

namespace roundelay {
namespace {

constexpr double kProgressStep = 0.01;

}  // namespace

tl::expected<void, SoundFault> read_whole_sound(SoundReader& reader, double most_seconds,
                                                const std::function<tl::expected<void, SoundFault>(std::span<const float>)>& take,
                                                const std::function<void(double)>& progress) {
  std::vector<float> piece;
  double told = 0;
  bool has_sound = false;
  for (;;) {
    piece.clear();
    const auto more = reader.read(piece);
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
    if (reader.seconds_read() > most_seconds)
      return tl::unexpected(sound_fault("track_lasts_too_long", {{"most", clock_text(most_seconds)}}));
    if (auto taken = take(piece); !taken) return taken;
    has_sound = has_sound || !piece.empty();
    if (progress && reader.share_read() >= told + kProgressStep) progress(told = reader.share_read());
  }
  if (!has_sound) return tl::unexpected(sound_fault("sound_file_has_no_length", {{"format", reader.format()}}));
  if (progress && told < 1) progress(1);
  return {};
}

}  // namespace roundelay
