#include "codec/track.h"

#include <algorithm>

#include "codec/opus.h"
#include "codec/track_format.h"

namespace roundelay {
namespace {

constexpr uint32_t kMaxPreroll = 1000;  // packets; far above any use

}  // namespace

tl::expected<TrackView, std::string> TrackView::parse(std::span<const uint8_t> blob) {
  using namespace track_format;
  if (blob.size() < kOffsetsAt) return tl::unexpected<std::string>("shorter than its header");
  if (!std::equal(kMagic.begin(), kMagic.end(), blob.begin())) return tl::unexpected<std::string>("wrong magic");
  const uint32_t channels = load_u32(&blob[kChannelsAt]);
  const uint32_t preroll = load_u32(&blob[kPrerollAt]);
  const uint32_t blocks = load_u32(&blob[kBlocksAt]);
  const uint64_t length = load_u64(&blob[kLengthAt]);
  if (channels != 1 && channels != 2) return tl::unexpected<std::string>("neither mono nor stereo");
  if (preroll > kMaxPreroll) return tl::unexpected<std::string>("too many preroll packets");
  if (blocks == 0) return tl::unexpected<std::string>("no blocks");
  if (load_u32(&blob[kReservedAt]) != 0) return tl::unexpected<std::string>("reserved field in use");
  const uint64_t capacity = uint64_t{blocks} * kOpusBlock;
  if (length > capacity || length <= capacity - kOpusBlock) return tl::unexpected<std::string>("length does not fit its blocks");

  const uint64_t packets = uint64_t{preroll} + blocks;
  const uint64_t table_end = kOffsetsAt + 4 * (packets + 1);
  if (table_end > blob.size()) return tl::unexpected<std::string>("index beyond the end");
  uint64_t begin = load_u32(&blob[kOffsetsAt]);
  if (begin != table_end) return tl::unexpected<std::string>("packets do not follow the index");
  for (uint64_t i = 1; i <= packets; ++i) {
    const uint64_t end = load_u32(&blob[kOffsetsAt + 4 * i]);
    if (end <= begin || end > blob.size()) return tl::unexpected<std::string>("offsets out of order");
    const auto packet = blob.subspan(begin, end - begin);
    if (!is_block_packet(packet)) return tl::unexpected<std::string>("a packet is not one block");
    if (packet_is_stereo(packet) != (channels == 2)) return tl::unexpected<std::string>("a packet has another channel count");
    begin = end;
  }
  if (begin != blob.size()) return tl::unexpected<std::string>("bytes behind the last packet");

  TrackView view;
  view.blob_ = blob;
  view.preroll_ = static_cast<int>(preroll);
  view.blocks_ = blocks;
  view.channels_ = static_cast<int>(channels);
  view.length_samples_ = static_cast<int64_t>(length);
  return view;
}

std::span<const uint8_t> TrackView::packet(int64_t block) const {
  if (block < -preroll_ || block >= blocks_) return {};
  const uint8_t* entry = &blob_[track_format::kOffsetsAt + 4 * static_cast<size_t>(block + preroll_)];
  const uint32_t begin = track_format::load_u32(entry);
  return blob_.subspan(begin, track_format::load_u32(entry + 4) - begin);
}

}  // namespace roundelay
