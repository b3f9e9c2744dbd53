#include "codec/sound_reader.h"

#include <sys/stat.h>

#include <algorithm>

#include "codec/sound_fault.h"

namespace roundelay {
namespace {

constexpr int64_t kSilentFrames = 1 << 16;  // at once

}  // namespace

tl::expected<std::unique_ptr<SoundReader>, SoundFault> SoundReader::open(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return tl::unexpected(sound_fault("server_cannot_read_the_file"));
  if (status.st_size == 0) return tl::unexpected(sound_fault("empty_track"));
  std::unique_ptr<SoundReader> reader(new SoundReader(fd, status.st_size));
  FileView file(fd, status.st_size);
  auto parts = find_parts(file);
  if (!parts) return tl::unexpected(parts.error());
  reader->parts_ = *std::move(parts);
  if (auto looked = reader->look_at_parts(); !looked) return tl::unexpected(looked.error());
  return reader;
}

// Each part is opened once before anything is read: whether there is stereo, and how long it will be, is known then, and what
// cannot be read is refused at once.
tl::expected<void, SoundFault> SoundReader::look_at_parts() {
  for (part_ = parts_.size(); part_-- > 0;) {
    if (auto begun = begin_part(); !begun) return begun;
    if (decoder_->channels() > 1) width_ = 2;
    const auto stated = decoder_->stated_seconds();
    if (!stated) stated_seconds_.reset();
    if (stated && stated_seconds_) *stated_seconds_ += *stated;
  }
  part_ = 0;  // which is the one that is open
  source_rate_ = decoder_->rate();
  format_ = decoder_->format();
  return {};
}

tl::expected<void, SoundFault> SoundReader::begin_part() {
  auto decoder = PartDecoder::open(fd_, parts_[part_], budget_);
  if (!decoder) return tl::unexpected(decoder.error());
  decoder_ = *std::move(decoder);
  return {};
}

double SoundReader::share_read() {
  const double share = stated_seconds_ && *stated_seconds_ > 0 ? seconds_read() / *stated_seconds_
                       : decoder_ ? static_cast<double>(decoder_->offset()) / static_cast<double>(size_)
                                  : 1;
  return share_ = std::clamp(share, share_, 1.0);
}

tl::expected<bool, SoundFault> SoundReader::read(std::vector<float>& out) {
  if (silence_left_ > 0) {
    finish_piece(out);
    return true;
  }
  if (part_ == parts_.size()) return false;
  if (!decoder_) {
    if (auto begun = begin_part(); !begun) return tl::unexpected(begun.error());
  }
  const auto more = decoder_->read(piece_);
  if (!more) return tl::unexpected(more.error());
  if (!*more) {
    end_part(out);
    return true;
  }
  silence_left_ = piece_.silent_frames;
  if (piece_.rate != converter_rate_) {
    if (converter_) converter_->finish(out);
    converter_.emplace(piece_.rate, width_);
    converter_rate_ = piece_.rate;
  }
  finish_piece(out);
  return true;
}

// The piece's silence, a part at a time, then its sound.
void SoundReader::finish_piece(std::vector<float>& out) {
  mixed_.clear();
  if (silence_left_ > 0) {
    const int64_t frames = std::min(silence_left_, kSilentFrames);
    silence_left_ -= frames;
    mixed_.assign(static_cast<size_t>(frames) * width_, 0.0F);
    converter_->add(mixed_, out);
    if (silence_left_ > 0) return;
    mixed_.clear();
  }
  downmix(piece_.samples, piece_.speakers, width_, mixed_);
  converter_->add(mixed_, out);
}

void SoundReader::end_part(std::vector<float>& out) {
  if (converter_) converter_->finish(out);
  converter_.reset();
  converter_rate_ = 0;
  seconds_before_ += decoder_->seconds_read();
  decoder_.reset();
  ++part_;
}

}  // namespace roundelay
