#include "server/conductor/song_memory.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <string>

namespace roundelay {
namespace {

double megabytes(uint64_t bytes) {
  return static_cast<double>(bytes) / 1e6;
}

std::string left_text(const Segment& segment) {
  const auto left = segment.memory().left_bytes;
  return left ? fmt::format("{:.1f} MB of /dev/shm are left", megabytes(*left)) : "/dev/shm has no limit";
}

}  // namespace

SongMemory::SongMemory(const Segment& segment) : segment_(segment), rows_(segment.size().max_rooms) {}

void SongMemory::adopt(int row, uint32_t ring_blocks, bool solo, uint64_t part_lanes) {
  Row its{.blocks = ring_blocks, .solo_blocks = solo ? ring_blocks : 0, .part_blocks = {}, .given_back_ns = 0};
  for (size_t part = 0; part < kMostParts; ++part) its.part_blocks[part] = (part_lanes >> part & 1) != 0 ? ring_blocks : 0;
  rows_.at(static_cast<size_t>(row)) = its;
}

bool SongMemory::reserve(int row, uint32_t ring_blocks) {
  Row& its = rows_.at(static_cast<size_t>(row));
  const double wanted = megabytes(segment_.song_bytes(ring_blocks));
  if (!segment_.reserve_song(row, its.blocks, ring_blocks)) {
    spdlog::error("no shared memory for a song in row {}: it takes {:.1f} MB, {}", row, wanted, left_text(segment_));
    return false;
  }
  its.given_back_ns = 0;
  if (ring_blocks <= its.blocks) return true;
  its.blocks = ring_blocks;
  spdlog::info("row {} has {:.1f} MB of shared memory for its song; {}", row, wanted, left_text(segment_));
  return true;
}

bool SongMemory::reserve_solo(int row, uint32_t ring_blocks) {
  Row& its = rows_.at(static_cast<size_t>(row));
  if (!segment_.reserve_solo(row, its.solo_blocks, ring_blocks)) {
    spdlog::error("no shared memory for the solo mix in row {}: it takes {:.1f} MB, {}", row,
                  megabytes(segment_.solo_bytes(ring_blocks)), left_text(segment_));
    return false;
  }
  its.solo_blocks = std::max(its.solo_blocks, ring_blocks);
  return true;
}

bool SongMemory::reserve_part(int row, int part, uint32_t ring_blocks) {
  uint32_t& held = rows_.at(static_cast<size_t>(row)).part_blocks.at(static_cast<size_t>(part));
  if (!segment_.reserve_part(row, part, held, ring_blocks)) {
    spdlog::error("no shared memory for a part that is to be heard louder in row {}: it takes {:.1f} MB, {}", row,
                  megabytes(segment_.part_bytes(ring_blocks)), left_text(segment_));
    return false;
  }
  held = std::max(held, ring_blocks);
  return true;
}

void SongMemory::give_back(int row, int64_t now_ns) {
  Row& its = rows_.at(static_cast<size_t>(row));
  if (its.given_back_ns == 0) leaving_.push_back(row);
  its.given_back_ns = now_ns;
}

void SongMemory::tick() {
  std::erase_if(leaving_, [this](int row) {
    Row& its = rows_[static_cast<size_t>(row)];
    if (its.given_back_ns == 0) return true;
    // A tick later, so that what was published has reached every core.
    if (!segment_.all_shards_ticked_since(its.given_back_ns + kBlockNanos)) return false;
    segment_.release_song(row);
    its = {};
    return true;
  });
}

}  // namespace roundelay
