#include "codec/track_writer.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "codec/file_view.h"
#include "codec/track.h"
#include "codec/track_format.h"

namespace roundelay {
namespace {

constexpr int kMonoBitrate = 96'000;
constexpr int kStereoBitrate = 128'000;
constexpr int kComplexity = 10;
constexpr size_t kWriteBytes = 1 << 16;
constexpr int64_t kMaxSamples = int64_t{24} * 3600 * 48'000;  // keeps the blob's 32-bit offsets from overflowing

EncoderSettings settings_for(int channels) {
  return {.channels = channels,
          .bitrate = channels == 1 ? kMonoBitrate : kStereoBitrate,
          .complexity = kComplexity,
          .low_delay = false};
}

int64_t index_end(size_t packets) {
  return static_cast<int64_t>(track_format::kOffsetsAt + 4 * (packets + 1));
}

tl::expected<void, std::string> write_fully(int fd, std::span<const uint8_t> bytes, int64_t at) {
  if (!write_at(fd, at, bytes)) return tl::unexpected<std::string>(std::strerror(errno));
  return {};
}

}  // namespace

TrackWriter::TrackWriter(int fd, int channels, int64_t max_samples)
    : fd_(fd),
      channels_(channels),
      max_packets_(
          static_cast<size_t>(kTrackPreroll + (std::clamp<int64_t>(max_samples, 1, kMaxSamples) + kOpusBlock - 1) / kOpusBlock)),
      encoder_(settings_for(channels)),
      packets_begin_(index_end(max_packets_)),
      packets_end_(packets_begin_) {
  // What goes in comes out delay_samples() later. So the track starts that much before the end of the preroll.
  pending_.assign(static_cast<size_t>((kTrackPreroll * kOpusBlock - encoder_.delay_samples()) * channels), 0.0F);
}

tl::expected<void, std::string> TrackWriter::add(std::span<const float> interleaved) {
  length_samples_ += static_cast<int64_t>(interleaved.size()) / channels_;
  pending_.insert(pending_.end(), interleaved.begin(), interleaved.end());
  const auto block = static_cast<size_t>(kOpusBlock * channels_);
  size_t used = 0;
  for (; pending_.size() - used >= block; used += block) {
    if (auto done = encode_block(std::span<const float>(pending_).subspan(used, block)); !done) return done;
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(used));
  return {};
}

tl::expected<void, std::string> TrackWriter::encode_block(std::span<const float> block) {
  if (lengths_.size() == max_packets_) return tl::unexpected<std::string>(std::strerror(EFBIG));
  std::array<uint8_t, kMaxPacketBytes> packet{};
  const int len = encoder_.encode(block, packet);
  if (len < 1) return tl::unexpected<std::string>("the encoder failed");
  lengths_.push_back(static_cast<uint16_t>(len));
  unwritten_.insert(unwritten_.end(), packet.begin(), packet.begin() + len);
  return unwritten_.size() < kWriteBytes ? tl::expected<void, std::string>{} : flush();
}

tl::expected<void, std::string> TrackWriter::flush() {
  if (auto written = write_fully(fd_, unwritten_, packets_end_); !written) return written;
  packets_end_ += static_cast<int64_t>(unwritten_.size());
  unwritten_.clear();
  return {};
}

tl::expected<void, std::string> TrackWriter::finish() {
  const auto blocks = static_cast<size_t>((length_samples_ + kOpusBlock - 1) / kOpusBlock);
  const size_t packets = kTrackPreroll + blocks;
  while (lengths_.size() < packets) {
    pending_.resize(static_cast<size_t>(kOpusBlock * channels_), 0.0F);
    if (auto done = encode_block(pending_); !done) return done;
    pending_.clear();
  }
  if (auto flushed = flush(); !flushed) return flushed;
  if (auto moved = move_packets(index_end(packets)); !moved) return moved;

  using namespace track_format;
  std::vector<uint8_t> head(static_cast<size_t>(packets_begin_));
  std::copy(kMagic.begin(), kMagic.end(), head.begin());
  store_u32(&head[kChannelsAt], static_cast<uint32_t>(channels_));
  store_u32(&head[kPrerollAt], kTrackPreroll);
  store_u32(&head[kBlocksAt], static_cast<uint32_t>(blocks));
  store_u64(&head[kLengthAt], static_cast<uint64_t>(length_samples_));
  auto offset = static_cast<uint32_t>(packets_begin_);
  for (size_t i = 0; i < packets; ++i) {
    store_u32(&head[kOffsetsAt + 4 * i], offset);
    offset += lengths_[i];
  }
  store_u32(&head[kOffsetsAt + 4 * packets], offset);
  return write_fully(fd_, head, 0);
}

tl::expected<void, std::string> TrackWriter::move_packets(int64_t to) {
  std::vector<uint8_t> piece(kWriteBytes);
  int64_t from = packets_begin_;
  packets_begin_ = to;
  while (to < from && from < packets_end_) {
    const auto wanted = static_cast<size_t>(std::min<int64_t>(kWriteBytes, packets_end_ - from));
    const ssize_t n = pread(fd_, piece.data(), wanted, from);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return tl::unexpected<std::string>(std::strerror(n < 0 ? errno : EIO));
    if (auto written = write_fully(fd_, std::span(piece).first(static_cast<size_t>(n)), to); !written) return written;
    from += n;
    to += n;
  }
  if (to < from) packets_end_ = to;
  if (ftruncate(fd_, packets_end_) != 0) return tl::unexpected<std::string>(std::strerror(errno));
  return {};
}

}  // namespace roundelay
