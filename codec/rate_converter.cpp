#include "codec/rate_converter.h"

#include <soxr.h>

#include <new>

#include "codec/opus.h"

namespace roundelay {
namespace {

constexpr size_t kPieceFrames = 8'192;

}  // namespace

void RateConverter::Delete::operator()(soxr* resampler) const {
  soxr_delete(resampler);
}

RateConverter::RateConverter(int rate, size_t width) : rate_(rate), width_(width) {
  if (rate == kOpusRate) return;
  const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
  soxr_error_t error = nullptr;
  resampler_.reset(soxr_create(rate, kOpusRate, static_cast<unsigned>(width), &error, &io, &quality, &runtime));
  if (!resampler_) throw std::bad_alloc();
}

void RateConverter::add(std::span<const float> interleaved, std::vector<float>& out) {
  if (!resampler_) {
    out.insert(out.end(), interleaved.begin(), interleaved.end());
  } else {
    process(interleaved.data(), interleaved.size() / width_, out);
  }
}

void RateConverter::finish(std::vector<float>& out) {
  if (resampler_) process(nullptr, 0, out);
}

void RateConverter::process(const float* in, size_t frames, std::vector<float>& out) {
  const size_t room = static_cast<size_t>(static_cast<double>(kPieceFrames) * kOpusRate / rate_) + 64;
  size_t used = 0;
  for (;;) {
    const size_t before = out.size();
    out.resize(before + room * width_);
    size_t consumed = 0;
    size_t made = 0;
    const soxr_error_t error = soxr_process(resampler_.get(), in == nullptr ? nullptr : in + used * width_, frames - used,
                                            &consumed, out.data() + before, room, &made);
    out.resize(before + made * width_);
    if (error != nullptr) throw std::bad_alloc();
    used += consumed;
    if (made < room && used == frames) return;
  }
}

}  // namespace roundelay
