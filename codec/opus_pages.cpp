#include "codec/opus_pages.h"

#include <ogg/ogg.h>

#include <array>
#include <new>

#include "codec/ogg_stream.h"
#include "codec/opus.h"

namespace roundelay {
namespace {

// In a page's header (RFC 3533 section 6).
constexpr size_t kGranuleAt = 6;
constexpr size_t kNumberAt = 18;
constexpr size_t kSegmentsAt = 26;

void put_number(std::span<uint8_t> to, uint64_t number) {
  for (size_t i = 0; i < to.size(); ++i) to[i] = static_cast<uint8_t>(number >> (8 * i));
}

}  // namespace

void number_page(std::span<uint8_t> page, uint32_t number, int64_t earlier) {
  if (page.size() <= kSegmentsAt || page.size() <= kSegmentsAt + page[kSegmentsAt]) return;
  const auto granule = page.subspan<kGranuleAt, 8>();
  uint64_t samples = 0;
  for (size_t i = granule.size(); i > 0; --i) samples = samples << 8 | granule[i - 1];
  put_number(granule, samples - static_cast<uint64_t>(earlier));
  put_number(page.subspan<kNumberAt, 4>(), number);
  const size_t head = kSegmentsAt + 1 + page[kSegmentsAt];
  ogg_page whole{};
  whole.header = page.data();
  whole.header_len = static_cast<long>(head);
  whole.body = page.data() + head;
  whole.body_len = static_cast<long>(page.size() - head);
  ogg_page_checksum_set(&whole);
}

OpusPages::OpusPages(const Settings& settings)
    : settings_(settings), ogg_(std::make_unique<OggStream>(settings.serial)), last_toc_(silent_packet(settings.channels)[0]) {
  for (const auto& header : {opus_head(settings.channels, settings.pre_skip), opus_tags(settings.tags)}) {
    put(header, false);
    take_page();
    headers_.insert(headers_.end(), page_.begin(), page_.end());
  }
  page_.clear();
}

OpusPages::~OpusPages() = default;

void OpusPages::put(std::span<const uint8_t> packet, bool last) {
  ogg_packet out{};
  out.packet = const_cast<uint8_t*>(packet.data());  // libogg copies it
  out.bytes = static_cast<long>(packet.size());
  out.b_o_s = ogg_->packets == 0 ? 1 : 0;
  out.e_o_s = last ? 1 : 0;
  out.granulepos = blocks_ * kOpusBlock;
  out.packetno = ogg_->packets++;
  if (ogg_stream_packetin(&ogg_->stream, &out) != 0) throw std::bad_alloc();
}

void OpusPages::take_page() {
  page_.clear();
  ogg_page page{};
  while (ogg_stream_flush(&ogg_->stream, &page) != 0) {
    page_.insert(page_.end(), page.header, page.header + page.header_len);
    page_.insert(page_.end(), page.body, page.body + page.body_len);
  }
  unpaged_ = 0;
}

std::span<const uint8_t> OpusPages::add(std::span<const uint8_t> packet) {
  // One frame of 20 ms without content (RFC 6716 section 3.2.1).
  const std::array<uint8_t, 1> lost = {static_cast<uint8_t>(last_toc_ & ~3)};
  if (packet.empty()) packet = lost;
  last_toc_ = packet[0];
  ++blocks_;
  put(packet, false);
  if (++unpaged_ < settings_.page_packets) return {};
  take_page();
  return page_;
}

int64_t OpusPages::paged_samples() const {
  return (blocks_ - unpaged_) * kOpusBlock;
}

std::span<const uint8_t> OpusPages::finish() {
  ++blocks_;
  put(silent_packet(settings_.channels), true);
  take_page();
  return page_;
}

}  // namespace roundelay
