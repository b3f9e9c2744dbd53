#include "codec/opus.h"

#include <opus.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <new>

namespace roundelay {
namespace {

constexpr int kMaxFrames = 48;  // in one packet, RFC 6716 section 3.2.5

bool all_sane(std::span<const float> samples) {
  // The comparison is false for NaN too.
  return std::all_of(samples.begin(), samples.end(), [](float x) { return std::fabs(x) <= BlockDecoder::kSaneAmplitude; });
}

}  // namespace

bool is_block_packet(std::span<const uint8_t> packet) {
  if (packet.empty() || packet.size() > static_cast<size_t>(kMaxPacketBytes)) return false;
  const auto len = static_cast<opus_int32>(packet.size());
  const unsigned char* frames[kMaxFrames];
  opus_int16 sizes[kMaxFrames];
  if (opus_packet_parse(packet.data(), len, nullptr, frames, sizes, nullptr) < 1) return false;
  return opus_packet_get_nb_samples(packet.data(), len, kOpusRate) == kOpusBlock;
}

bool packet_is_stereo(std::span<const uint8_t> packet) {
  return !packet.empty() && opus_packet_get_nb_channels(packet.data()) == 2;
}

void BlockDecoder::Free::operator()(OpusDecoder* d) const {
  opus_decoder_destroy(d);
}

BlockDecoder::BlockDecoder(int channels) : channels_(channels) {
  if (channels != 1 && channels != 2) std::abort();
  int error = OPUS_OK;
  decoder_.reset(opus_decoder_create(kOpusRate, channels, &error));
  if (!decoder_) throw std::bad_alloc();
}

bool BlockDecoder::decode(std::span<const uint8_t> packet, std::span<float> out) {
  const auto wanted = static_cast<size_t>(kOpusBlock * channels_);
  if (out.size() < wanted) {
    std::fill(out.begin(), out.end(), 0.0F);
    return false;
  }
  const std::span<float> block = out.first(wanted);
  const bool lost = packet.empty();
  if (lost || is_block_packet(packet)) {
    const int decoded = opus_decode_float(decoder_.get(), lost ? nullptr : packet.data(), static_cast<opus_int32>(packet.size()),
                                          block.data(), kOpusBlock, 0);
    if (decoded == kOpusBlock && all_sane(block)) return true;
    reset();
  }
  std::fill(block.begin(), block.end(), 0.0F);
  return false;
}

void BlockDecoder::reset() {
  opus_decoder_ctl(decoder_.get(), OPUS_RESET_STATE);
}

void BlockEncoder::Free::operator()(OpusEncoder* e) const {
  opus_encoder_destroy(e);
}

BlockEncoder::BlockEncoder(const EncoderSettings& settings) : channels_(settings.channels) {
  int error = OPUS_OK;
  const int application = settings.low_delay ? OPUS_APPLICATION_RESTRICTED_LOWDELAY : OPUS_APPLICATION_AUDIO;
  encoder_.reset(opus_encoder_create(kOpusRate, settings.channels, application, &error));
  if (!encoder_) {
    if (error == OPUS_ALLOC_FAIL) throw std::bad_alloc();
    std::abort();
  }
  const auto must = [](int result) {
    if (result != OPUS_OK) std::abort();
  };
  OpusEncoder* e = encoder_.get();
  must(opus_encoder_ctl(e, OPUS_SET_BITRATE(settings.bitrate)));
  must(opus_encoder_ctl(e, OPUS_SET_COMPLEXITY(settings.complexity)));
  must(opus_encoder_ctl(e, OPUS_SET_VBR(1)));
  must(opus_encoder_ctl(e, OPUS_SET_DTX(0)));
  must(opus_encoder_ctl(e, OPUS_SET_INBAND_FEC(0)));
  must(opus_encoder_ctl(e, OPUS_SET_SIGNAL(OPUS_SIGNAL_MUSIC)));
  must(opus_encoder_ctl(e, OPUS_SET_BANDWIDTH(OPUS_BANDWIDTH_FULLBAND)));
  // A stereo encoder must not fall back to mono packets: a track's packets all have its channel count.
  must(opus_encoder_ctl(e, OPUS_SET_FORCE_CHANNELS(settings.channels)));
}

int BlockEncoder::encode(std::span<const float> in, std::span<uint8_t> out) {
  if (in.size() < static_cast<size_t>(kOpusBlock * channels_) || out.empty()) return 0;
  const auto room = static_cast<opus_int32>(std::min<size_t>(out.size(), static_cast<size_t>(kMaxPacketBytes)));
  const opus_int32 bytes = opus_encode_float(encoder_.get(), in.data(), kOpusBlock, out.data(), room);
  return bytes < 1 ? 0 : bytes;
}

void BlockEncoder::set_complexity(int complexity) {
  opus_encoder_ctl(encoder_.get(), OPUS_SET_COMPLEXITY(std::clamp(complexity, 0, 10)));
}

void BlockEncoder::reset() {
  opus_encoder_ctl(encoder_.get(), OPUS_RESET_STATE);
}

int BlockEncoder::delay_samples() const {
  opus_int32 samples = 0;
  opus_encoder_ctl(encoder_.get(), OPUS_GET_LOOKAHEAD(&samples));
  return samples;
}

}  // namespace roundelay
