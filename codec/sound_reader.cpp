#include "codec/sound_reader.h"

#include <soxr.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>

#include "codec/downmix.h"
#include "codec/opus.h"
#include "codec/sentences.h"

namespace roundelay {
namespace {

constexpr int kRate = 48'000;
constexpr int kMinRate = 4'000;
constexpr int kMaxRate = 384'000;
constexpr int kMaxChannels = 64;
constexpr int kPieceFrames = 4096;
// An MP3 file without a Xing header does not state its length, and libsndfile 1.2 then stops at an estimate made from the file's
// size and its first frame, which with variable bitrates is far off. So MP3 files are given out as being this long (in bytes):
// the estimate then lies above kEstimateFrames and the file is read to its true end, while a stated length stays what it is.
constexpr int64_t kPretendedMp3Bytes = int64_t{1} << 40;
constexpr int64_t kEstimateFrames = int64_t{1} << 36;
// The decoder looks for a tag of this length at the end, and must be able to read there.
constexpr int64_t kMp3EndTagBytes = 128;
// A Xing header may count itself or a frame more or less.
constexpr int64_t kMp3Slack = int64_t{4} * 1152;

int64_t read_fully(int fd, uint8_t* into, int64_t len, int64_t at) {
  int64_t done = 0;
  while (done < len) {
    const ssize_t n = pread(fd, into + done, static_cast<size_t>(len - done), at + done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += n;
  }
  return done;
}

std::string format_name(const SF_INFO& info) {
  const int major = info.format & SF_FORMAT_TYPEMASK;
  const int minor = info.format & SF_FORMAT_SUBMASK;
  if (major == SF_FORMAT_WAV || major == SF_FORMAT_WAVEX || major == SF_FORMAT_RF64) return "WAV";
  if (major == SF_FORMAT_FLAC) return "FLAC";
  if (major == SF_FORMAT_OGG && minor == SF_FORMAT_VORBIS) return "Ogg Vorbis";
  if (major == SF_FORMAT_OGG && minor == SF_FORMAT_OPUS) return "Ogg Opus";
  if (major == SF_FORMAT_MPEG && minor == SF_FORMAT_MPEG_LAYER_III) return "MP3";
  return {};
}

std::string_view kind_name(FileKind kind) {
  switch (kind) {
    case FileKind::kWav:
      return "WAV";
    case FileKind::kFlac:
      return "FLAC";
    case FileKind::kOgg:
      return "Ogg";
    case FileKind::kMp3:
      return "MP3";
    case FileKind::kUnknown:
      break;
  }
  return "sound";
}

}  // namespace

tl::expected<std::unique_ptr<SoundReader>, std::string> SoundReader::open(int fd) {
  std::unique_ptr<SoundReader> reader(new SoundReader(fd));
  if (auto opened = reader->open_source(); !opened) return tl::unexpected(opened.error());
  if (auto checked = reader->check_source(); !checked) return tl::unexpected(checked.error());
  if (reader->source_.samplerate != kRate) {
    const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_error_t error = nullptr;
    reader->resampler_ = soxr_create(reader->source_.samplerate, kRate, static_cast<unsigned>(reader->channels()), &error, &io,
                                     &quality, &runtime);
    if (reader->resampler_ == nullptr) return tl::unexpected<std::string>("The server ran out of memory for this file.");
  }
  return reader;
}

SoundReader::~SoundReader() {
  if (resampler_ != nullptr) soxr_delete(resampler_);
  if (file_ != nullptr) sf_close(file_);
}

tl::expected<void, std::string> SoundReader::open_source() {
  struct stat status {};
  if (fstat(fd_, &status) != 0 || !S_ISREG(status.st_mode)) return tl::unexpected<std::string>("The file cannot be read.");
  size_ = status.st_size;
  if (size_ == 0) return tl::unexpected("The file is empty. " + allowed_sentence());

  std::array<uint8_t, kSniffBytes> bytes{};
  std::span<const uint8_t> head;
  const auto look = [&] { head = {bytes.data(), static_cast<size_t>(read_fully(fd_, bytes.data(), kSniffBytes, begin_))}; };
  for (look(); id3_tag_bytes(head) > 0; look()) begin_ += id3_tag_bytes(head);
  kind_ = file_kind(head);
  if (kind_ == FileKind::kUnknown) {
    if (begin_ >= size_) return tl::unexpected<std::string>("The file is cut off: it ends before the sound begins.");
    const std::string_view foreign = foreign_kind(head);
    const std::string what =
        foreign.empty() ? "This is not a sound file that can be read." : "This is " + std::string(foreign) + ".";
    return tl::unexpected(what + " " + allowed_sentence());
  }
  pretend_long_ = kind_ == FileKind::kMp3 && !mp3_states_length(head);
  if (kind_ == FileKind::kWav && wav_is_cut_off(fd_, begin_, size_)) {
    return tl::unexpected<std::string>(
        "The WAV file is cut off: it holds less sound than it says. Please export or copy it again.");
  }

  SF_VIRTUAL_IO callbacks = file_callbacks();
  file_ = sf_open_virtual(&callbacks, SFM_READ, &source_, this);
  if (file_ == nullptr) {
    return tl::unexpected("The " + std::string(kind_name(kind_)) +
                          " file is damaged or cut off, or holds something else than sound. " + allowed_sentence());
  }
  return {};
}

tl::expected<void, std::string> SoundReader::check_source() {
  format_ = format_name(source_);
  if (format_.empty()) {
    return tl::unexpected("The " + std::string(kind_name(kind_)) + " file holds sound in a format that is not allowed. " +
                          allowed_sentence());
  }
  if (source_.samplerate < kMinRate || source_.samplerate > kMaxRate) {
    return tl::unexpected("The sample rate of the file is " + std::to_string(source_.samplerate) + " Hz. Allowed are " +
                          std::to_string(kMinRate) + " to " + std::to_string(kMaxRate) + " Hz.");
  }
  if (source_.channels < 1 || source_.channels > kMaxChannels) {
    return tl::unexpected("The file has " + std::to_string(source_.channels) + " channels. Allowed are 1 to " +
                          std::to_string(kMaxChannels) + ".");
  }
  // libsndfile knows no length of an Ogg stream whose last page does not say that it is the last (RFC 3533, section 6).
  if (kind_ == FileKind::kOgg && !length_is_stated()) {
    return tl::unexpected("The " + format_ + " file is cut off: its end is missing. Please export or copy it again.");
  }
  piece_.resize(static_cast<size_t>(kPieceFrames) * static_cast<size_t>(source_.channels));
  return {};
}

bool SoundReader::length_is_stated() const {
  return source_.frames >= 0 && source_.frames < kEstimateFrames;
}

std::optional<double> SoundReader::stated_seconds() const {
  if (!length_is_stated()) return std::nullopt;
  return static_cast<double>(source_.frames) / source_.samplerate;
}

double SoundReader::share_read() const {
  return std::clamp(static_cast<double>(offset_) / static_cast<double>(std::max<int64_t>(size_ - begin_, 1)), 0.0, 1.0);
}

tl::expected<bool, std::string> SoundReader::read(std::vector<float>& out) {
  if (ended_) return false;
  const auto frames = read_source();
  if (!frames) return tl::unexpected(frames.error());
  if (*frames == 0) {
    ended_ = true;
    if (auto checked = check_end(); !checked) return tl::unexpected(checked.error());
    if (auto flushed = resample(nullptr, 0, out); !flushed) return tl::unexpected(flushed.error());
    return true;
  }
  const auto got = std::span<const float>(piece_).first(static_cast<size_t>(*frames) * static_cast<size_t>(source_.channels));
  mixed_.clear();
  downmix(got, source_.channels, mixed_);
  if (auto done = resample(mixed_.data(), static_cast<size_t>(*frames), out); !done) return tl::unexpected(done.error());
  return true;
}

// The next piece of the source into piece_, cleaned; 0 at the end.
tl::expected<int64_t, std::string> SoundReader::read_source() {
  const int64_t frames = sf_readf_float(file_, piece_.data(), kPieceFrames);
  const bool failed = sf_error(file_) != SF_ERR_NO_ERROR;
  if (frames < 0) return tl::unexpected("The " + format_ + " file is damaged.");
  frames_read_ += frames;
  // Bytes behind the end (a tag, say) may make a decoder complain when everything is read.
  if (failed && frames_read_ != source_.frames) {
    return tl::unexpected("The " + format_ + " file is damaged or cut off after " + duration_text(seconds_read()) +
                          ". Please export or copy it again.");
  }
  for (float& x : std::span<float>(piece_).first(static_cast<size_t>(frames) * static_cast<size_t>(source_.channels))) {
    if (!std::isfinite(x)) x = 0.0F;
    if (std::fabs(x) > BlockDecoder::kSaneAmplitude) {
      return tl::unexpected<std::string>(
          "The sound in the file is more than 8 times louder than full scale: it is damaged, or was exported "
          "with the wrong number format. Please export it again, as 16- or 24-bit WAV, say.");
    }
  }
  return frames;
}

tl::expected<void, std::string> SoundReader::check_end() const {
  const int64_t slack = kind_ == FileKind::kMp3 ? kMp3Slack : 0;
  if (length_is_stated() && frames_read_ + slack < source_.frames) {
    return tl::unexpected("The " + format_ + " file is cut off or damaged: it should last " + duration_text(*stated_seconds()) +
                          ", but only " + duration_text(seconds_read()) + " can be read. Please export or copy it again.");
  }
  return {};
}

// Appends to `out`; no input means the end: what soxr holds back comes out, so that nothing is shifted or lost.
tl::expected<void, std::string> SoundReader::resample(const float* in, size_t frames, std::vector<float>& out) {
  const auto width = static_cast<size_t>(channels());
  if (resampler_ == nullptr) {
    if (in != nullptr) out.insert(out.end(), in, in + frames * width);
    return {};
  }
  const size_t room = static_cast<size_t>(static_cast<double>(kPieceFrames) * kRate / source_.samplerate) + 64;
  size_t used = 0;
  for (;;) {
    const size_t before = out.size();
    out.resize(before + room * width);
    size_t consumed = 0;
    size_t made = 0;
    const soxr_error_t error = soxr_process(resampler_, in == nullptr ? nullptr : in + used * width, frames - used, &consumed,
                                            out.data() + before, room, &made);
    out.resize(before + made * width);
    if (error != nullptr) return tl::unexpected<std::string>("The server ran out of memory for this file.");
    used += consumed;
    if (made < room && used == frames) return {};
  }
}

int64_t SoundReader::given_length() const {
  return pretend_long_ ? kPretendedMp3Bytes : size_ - begin_;
}

// libsndfile's view of the file. Its seek callback gets offsets of which some may be absurd in a broken file.
SF_VIRTUAL_IO SoundReader::file_callbacks() const {
  SF_VIRTUAL_IO io{};
  io.get_filelen = [](void* user) -> sf_count_t {
    const auto* self = static_cast<const SoundReader*>(user);
    return self->given_length();
  };
  io.seek = [](sf_count_t offset, int whence, void* user) -> sf_count_t {
    auto* self = static_cast<SoundReader*>(user);
    const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->offset_ : self->given_length();
    if (offset > kPretendedMp3Bytes || offset < -kPretendedMp3Bytes || base + offset < 0) return -1;
    self->offset_ = std::min(base + offset, kPretendedMp3Bytes);
    return self->offset_;
  };
  io.read = [](void* into, sf_count_t len, void* user) -> sf_count_t {
    auto* self = static_cast<SoundReader*>(user);
    if (self->offset_ >= kPretendedMp3Bytes - kMp3EndTagBytes) {
      const int64_t zeros = std::clamp<int64_t>(kPretendedMp3Bytes - self->offset_, 0, len);
      std::fill_n(static_cast<uint8_t*>(into), zeros, uint8_t{0});
      self->offset_ += zeros;
      return zeros;
    }
    const int64_t got = read_fully(self->fd_, static_cast<uint8_t*>(into), len, self->begin_ + self->offset_);
    self->offset_ += got;
    return got;
  };
  io.write = [](const void*, sf_count_t, void*) -> sf_count_t { return 0; };
  io.tell = [](void* user) -> sf_count_t { return static_cast<const SoundReader*>(user)->offset_; };
  return io;
}

}  // namespace roundelay
