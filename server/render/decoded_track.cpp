#include "server/render/decoded_track.h"

namespace roundelay::render {

DecodedTrack::DecodedTrack(int fd, int channels) : file_(OpusFileReader::open(fd)) {
  if (!file_) return;
  channels_ = channels == 0 ? file_->head().channels : channels;
  decoder_ = std::make_unique<BlockDecoder>(channels_);
  block_.resize(static_cast<size_t>(channels_ * kOpusBlock));
  for (int skipped = 0; skipped < file_->head().pre_skip; skipped += kOpusBlock) (void)next();
}

std::span<const float> DecodedTrack::next() {
  const auto packet = file_->next();
  if (!packet) return {};
  (void)decoder_->decode(*packet, block_);
  return block_;
}

}  // namespace roundelay::render
