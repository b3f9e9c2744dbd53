// Opus, one block (960 samples at 48 kHz) a packet: the only place that includes <opus.h>.
// An encoder or decoder belongs to one thread. encode() and decode() do not allocate and are safe in the tick;
// making and destroying one allocates and is not.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

struct OpusDecoder;
struct OpusEncoder;

namespace roundelay {

inline constexpr int kOpusRate = 48'000;  // Hz: of all sound here
inline constexpr int kOpusBlock = 960;    // samples per channel
// Samples by which decoded sound lags what was encoded (libopus 1.3, 48 kHz, both measured and documented:
// OPUS_GET_LOOKAHEAD): restricted low delay, and application audio.
inline constexpr int kLowDelaySamples = 120;
inline constexpr int kAudioDelaySamples = 312;
inline constexpr int kMaxPacketBytes = 1275;  // one frame, RFC 6716 section 3.2.1
inline constexpr int kSilentPacketBytes = 3;  // packets up to this long are digital silence (or DTX)

// Looks at a packet's table of contents (RFC 6716 section 3.1) without decoding: true if it is exactly one
// 20 ms block of mono or stereo, well-formed, and at most kMaxPacketBytes long.
[[nodiscard]] bool is_block_packet(std::span<const uint8_t> packet);
[[nodiscard]] bool packet_is_stereo(std::span<const uint8_t> packet);

// A block of digital silence, as the encoder itself writes it.
[[nodiscard]] constexpr std::array<uint8_t, 3> silent_packet(int channels) {
  return {static_cast<uint8_t>(channels == 2 ? 0xFC : 0xF8), 0xFF, 0xFE};
}

class BlockDecoder {
 public:
  explicit BlockDecoder(int channels = 1);  // 1 or 2; throws std::bad_alloc
  // Decodes into out (kOpusBlock x channels, interleaved). An empty packet means "lost": concealed.
  // False if the packet is not a block or libopus refuses it: then out is silence. NaN, infinities and absurd values
  // (beyond +-kSaneAmplitude) come out as silence and false too, and the decoder is reset, so that they die here (rule 11).
  static constexpr float kSaneAmplitude = 8.0F;
  [[nodiscard]] bool decode(std::span<const uint8_t> packet, std::span<float> out);
  void reset();
  [[nodiscard]] int channels() const { return channels_; }

 private:
  struct Free {
    void operator()(OpusDecoder* d) const;
  };
  std::unique_ptr<OpusDecoder, Free> decoder_;
  int channels_;
};

struct EncoderSettings {
  int channels = 1;
  int bitrate = 64'000;   // bits per second
  int complexity = 10;    // 0 to 10
  bool low_delay = true;  // restricted low delay (CELT only, 120 samples); otherwise audio with signal music (312)
};

class BlockEncoder {
 public:
  explicit BlockEncoder(const EncoderSettings& settings);  // throws std::bad_alloc; wrong settings abort
  // Encodes kOpusBlock x channels interleaved floats; returns the packet's length in bytes (>= 1, <= out.size()), 0 on failure.
  // Variable bitrate; DTX off. out.size() caps the packet.
  [[nodiscard]] int encode(std::span<const float> in, std::span<uint8_t> out);
  void set_complexity(int complexity);
  void reset();
  [[nodiscard]] int delay_samples() const;  // what libopus reports as its lookahead

 private:
  struct Free {
    void operator()(OpusEncoder* e) const;
  };
  std::unique_ptr<OpusEncoder, Free> encoder_;
  int channels_;
};

}  // namespace roundelay
