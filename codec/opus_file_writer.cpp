#include "codec/opus_file_writer.h"

#include <ogg/ogg.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>

#include "codec/ogg_stream.h"
#include "codec/opus.h"

namespace roundelay {
namespace {

constexpr int kPagePackets = 50;  // a page is a second
constexpr size_t kUnwrittenBytes = 1 << 16;
constexpr uint8_t kStereoBit = 4;

}  // namespace

OpusFileWriter::OpusFileWriter(int fd, OpusFileSettings settings)
    : fd_(fd), settings_(std::move(settings)), ogg_(std::make_unique<OggStream>(settings_.serial)) {
  last_toc_ = static_cast<uint8_t>(31 << 3 | (settings_.channels == 2 ? kStereoBit : 0));
}

OpusFileWriter::~OpusFileWriter() = default;

void OpusFileWriter::put(std::span<const uint8_t> packet, int64_t granule, bool last) {
  ogg_packet out{};
  out.packet = const_cast<uint8_t*>(packet.data());  // libogg copies it
  out.bytes = static_cast<long>(packet.size());
  out.b_o_s = ogg_->packets == 0 ? 1 : 0;
  out.e_o_s = last ? 1 : 0;
  out.granulepos = granule;
  out.packetno = ogg_->packets++;
  if (ogg_stream_packetin(&ogg_->stream, &out) != 0) throw std::bad_alloc();
}

tl::expected<void, std::string> OpusFileWriter::write_pages(bool all) {
  ogg_page page{};
  while (ogg_stream_flush(&ogg_->stream, &page) != 0) {
    unwritten_.insert(unwritten_.end(), page.header, page.header + page.header_len);
    unwritten_.insert(unwritten_.end(), page.body, page.body + page.body_len);
  }
  unpaged_ = 0;
  if (!all && unwritten_.size() < kUnwrittenBytes) return {};
  for (size_t done = 0; done < unwritten_.size();) {
    const ssize_t n = write(fd_, unwritten_.data() + done, unwritten_.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return tl::unexpected<std::string>(std::strerror(n < 0 ? errno : ENOSPC));
    done += static_cast<size_t>(n);
  }
  unwritten_.clear();
  return {};
}

tl::expected<void, std::string> OpusFileWriter::write_headers() {
  if (std::exchange(begun_, true)) return {};
  put(opus_head(settings_.channels, settings_.pre_skip), 0, false);
  if (auto written = write_pages(false); !written) return written;
  put(opus_tags(settings_.tags), 0, false);
  return write_pages(false);
}

tl::expected<void, std::string> OpusFileWriter::put_held(bool last) {
  if (held_.empty()) return {};
  put(held_, std::min(next_block_ * kOpusBlock, granule_end_), last);
  held_.clear();
  if (++unpaged_ < kPagePackets && !last) return {};
  return write_pages(last);
}

tl::expected<void, std::string> OpusFileWriter::put_block(std::span<const uint8_t> packet) {
  if (auto put_before = put_held(false); !put_before) return put_before;
  held_.assign(packet.begin(), packet.end());
  ++next_block_;
  return {};
}

tl::expected<void, std::string> OpusFileWriter::fill_until(int64_t block) {
  const bool concealed = !sounded_ || block - next_block_ <= kConcealedBlocks;
  const std::array<uint8_t, 1> nothing = {static_cast<uint8_t>(last_toc_ & ~3)};
  const std::array<uint8_t, 3> silence = silent_packet(settings_.channels);
  while (next_block_ < block) {
    const std::span<const uint8_t> packet = concealed ? std::span<const uint8_t>(nothing) : std::span<const uint8_t>(silence);
    if (auto put_in = put_block(packet); !put_in) return put_in;
  }
  return {};
}

tl::expected<void, std::string> OpusFileWriter::add(int64_t block, std::span<const uint8_t> packet) {
  if (auto begun = write_headers(); !begun) return begun;
  if (auto filled = fill_until(block); !filled) return filled;
  last_toc_ = packet.empty() ? last_toc_ : packet[0];
  sounded_ = true;
  return put_block(packet);
}

tl::expected<void, std::string> OpusFileWriter::finish(int64_t samples) {
  if (auto begun = write_headers(); !begun) return begun;
  granule_end_ = samples + settings_.pre_skip;
  const int64_t blocks = std::max<int64_t>(1, (granule_end_ + kOpusBlock - 1) / kOpusBlock);
  if (auto filled = fill_until(blocks); !filled) return filled;
  return put_held(true);
}

}  // namespace roundelay
