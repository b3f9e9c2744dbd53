#include "server/render/final_mix.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "codec/flac_writer.h"
#include "codec/gain_curve.h"
#include "codec/opus.h"
#include "codec/opus_file_writer.h"

namespace roundelay::render {
namespace {

constexpr size_t kHopSamples = 2 * kCurveHop;
constexpr size_t kBlockFloats = 2 * kOpusBlock;
constexpr size_t kKeptFloats = 16 * kBlockFloats;
constexpr double kMostGainDb = 40;
constexpr double kMarginDb = 0.1;        // what the curve and another meter's filter may be off
constexpr double kOpusHeadroomDb = 0.7;  // what encoding usually adds to a peak
constexpr double kCloseLu = 0.1;
constexpr int kFits = 4;
constexpr int kEncodings = 4;
constexpr int kMixBitrate = 160'000;
constexpr int kMixComplexity = 5;  // a higher one takes twice as long, which nobody hears at this rate

float factor_of(double db) {
  return static_cast<float>(std::pow(10, db / 20));
}

double db_of(double factor) {
  return 20 * std::log10(std::max(factor, 1e-6));
}

tl::unexpected<std::string> system_error() {
  return tl::unexpected<std::string>(std::strerror(errno));
}

}  // namespace

tl::expected<void, std::string> FinalMix::keep() {
  const auto* bytes = reinterpret_cast<const char*>(unwritten_.data());
  const size_t length = unwritten_.size() * sizeof(float);
  for (size_t done = 0; done < length;) {
    const ssize_t n = ::write(scratch_, bytes + done, length - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return system_error();
    done += static_cast<size_t>(n);
  }
  unwritten_.clear();
  return {};
}

tl::expected<void, std::string> FinalMix::add(std::span<const float> stereo) {
  for (size_t at = 0; at < stereo.size(); at += kHopSamples) {
    meter_.add(stereo.subspan(at, kHopSamples));
    peaks_.push_back(static_cast<float>(meter_.last_true_peak()));
  }
  unwritten_.insert(unwritten_.end(), stereo.begin(), stereo.end());
  frames_ += static_cast<int64_t>(stereo.size() / 2);
  return unwritten_.size() >= kKeptFloats ? keep() : tl::expected<void, std::string>();
}

tl::expected<void, std::string> FinalMix::play(std::span<const float> curve, const Piece& piece) const {
  std::vector<float> block(kBlockFloats);
  for (int64_t frame = 0; frame < frames_; frame += kOpusBlock) {
    const size_t bytes = kBlockFloats * sizeof(float);
    const int64_t at = frame * static_cast<int64_t>(2 * sizeof(float));
    ssize_t n = 0;
    do {
      n = pread(scratch_, block.data(), bytes, at);
    } while (n < 0 && errno == EINTR);
    if (n < 0) return system_error();
    std::fill(block.begin() + n / static_cast<ssize_t>(sizeof(float)), block.end(), 0.0F);
    apply_curve(block, 2, static_cast<size_t>(frame), curve);
    if (auto done = piece(block); !done) return done;
  }
  return {};
}

tl::expected<float, std::string> FinalMix::fit(float ceiling) const {
  const auto loudness = meter_.integrated();
  if (!loudness) return 1.0F;
  double gain_db = std::min(kMixLufs - *loudness, kMostGainDb);
  const float most = peaks_.empty() ? 0 : *std::max_element(peaks_.begin(), peaks_.end());
  for (int i = 0; i < kFits && most * factor_of(gain_db) > ceiling; ++i) {
    LoudnessMeter limited(2);
    const auto curve = limiting_curve(peaks_, factor_of(gain_db), ceiling);
    const auto played = play(curve, [&](std::span<const float> block) {
      limited.add(block);
      return tl::expected<void, std::string>();
    });
    if (!played) return tl::unexpected(played.error());
    const double missing = kMixLufs - limited.integrated().value_or(kMixLufs);
    if (std::fabs(missing) <= kCloseLu) break;
    gain_db = std::min(gain_db + missing, kMostGainDb);
  }
  return factor_of(gain_db);
}

double FinalMix::true_peak_under(std::span<const float> curve) const {
  float most = 0;
  for (size_t i = 0; i < curve.size(); ++i) {
    const float before = curve[i > 0 ? i - 1 : 0];
    const float after = curve[std::min(i + 1, curve.size() - 1)];
    most = std::max(most, peaks_[i] * std::max({before, curve[i], after}));
  }
  return most;
}

tl::expected<FinalMix::Result, std::string> FinalMix::write_flac(const Files& files, int64_t frames) const {
  const float ceiling = factor_of(kMostTruePeakDb - kMarginDb);
  const auto gain = fit(ceiling);
  if (!gain) return tl::unexpected(gain.error());
  FlacWriter flac(files.flac, 2);
  LoudnessMeter meter(2);
  Result result;
  result.waveform.assign(kWaveformParts, 0.0F);
  int64_t frame = 0;
  const auto curve = limiting_curve(peaks_, *gain, ceiling);
  const auto played = play(curve, [&](std::span<const float> block) {
    const auto kept = block.first(2 * static_cast<size_t>(std::clamp<int64_t>(frames - frame, 0, kOpusBlock)));
    for (size_t i = 0; i < kept.size(); ++i) {
      const int64_t part = (frame + static_cast<int64_t>(i / 2)) * static_cast<int64_t>(kWaveformParts) / frames;
      float& most = result.waveform[static_cast<size_t>(part)];
      most = std::max(most, std::fabs(kept[i]));
    }
    frame += kOpusBlock;
    meter.add(kept);
    return flac.add(kept);
  });
  if (!played) return tl::unexpected(played.error());
  if (auto finished = flac.finish(); !finished) return tl::unexpected(finished.error());
  result.loudness = meter.integrated();
  result.true_peak_db = db_of(true_peak_under(curve));
  return result;
}

tl::expected<double, std::string> FinalMix::write_opus(const Files& files, int64_t frames, float ceiling) const {
  const auto gain = fit(ceiling);
  if (!gain) return tl::unexpected(gain.error());
  if (ftruncate(files.opus, 0) != 0 || lseek(files.opus, 0, SEEK_SET) != 0) return system_error();
  BlockEncoder encoder({.channels = 2, .bitrate = kMixBitrate, .complexity = kMixComplexity, .low_delay = false});
  BlockDecoder decoder(2);
  OpusFileWriter opus(files.opus, {.channels = 2, .pre_skip = encoder.delay_samples(), .serial = 1, .tags = files.tags});
  LoudnessMeter decoded(2, true);
  std::vector<uint8_t> packet(kMaxPacketBytes);
  std::vector<float> heard(kBlockFloats);
  int64_t block_index = 0;
  const Piece encode = [&](std::span<const float> block) -> tl::expected<void, std::string> {
    const int length = encoder.encode(block, packet);
    const auto bytes = std::span<const uint8_t>(packet).first(static_cast<size_t>(length));
    (void)decoder.decode(bytes, heard);
    decoded.add(heard);
    return opus.add(block_index++, bytes);
  };
  if (auto played = play(limiting_curve(peaks_, *gain, ceiling), encode); !played) return tl::unexpected(played.error());
  // What the encoder still holds.
  const std::vector<float> silence(kBlockFloats, 0.0F);
  if (auto drained = encode(silence); !drained) return tl::unexpected(drained.error());
  if (auto finished = opus.finish(frames); !finished) return tl::unexpected(finished.error());
  return db_of(decoded.true_peak());
}

tl::expected<FinalMix::Result, std::string> FinalMix::write(const Files& files, int64_t frames, const Progress& progress) {
  if (auto kept = keep(); !kept) return tl::unexpected(kept.error());
  auto result = write_flac(files, std::min(frames, frames_));
  if (!result) return result;
  progress(0.5);
  double ceiling_db = kMostTruePeakDb - kMarginDb - kOpusHeadroomDb;
  for (int i = 0; i < kEncodings; ++i) {
    const auto peak_db = write_opus(files, std::min(frames, frames_), factor_of(ceiling_db));
    if (!peak_db) return tl::unexpected(peak_db.error());
    const double over = *peak_db - kMostTruePeakDb;
    if (over <= 0 || i + 1 == kEncodings) {
      result->true_peak_db = std::max(result->true_peak_db, *peak_db);
      break;
    }
    ceiling_db -= over + kMarginDb;
  }
  progress(1);
  return result;
}

}  // namespace roundelay::render
