#include "mixer/segment.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace roundelay {
namespace {

constexpr uint64_t kPage = 4096;
constexpr uint64_t kMaxBytes = uint64_t{1} << 46;  // 64 TiB: half of a process's address space

// Bounds that keep the arithmetic of offsets far from overflow.
constexpr uint32_t kMaxRooms = 1U << 20;
constexpr uint32_t kMaxLaneBlocks = 1U << 20;

constexpr uint64_t round_up(uint64_t n, uint64_t unit) {
  return (n + unit - 1) / unit * unit;
}

constexpr uint64_t kShardsOffset = round_up(sizeof(SegmentHeader), alignof(ShardRow));

uint64_t rooms_offset(const SegmentSize& size) {
  return round_up(kShardsOffset + size.max_shards * sizeof(ShardRow), alignof(RoomRow));
}

// From here on the segment is sparse.
uint64_t streams_offset(const SegmentSize& size) {
  return round_up(rooms_offset(size) + size.max_rooms * sizeof(RoomRow), kPage);
}

constexpr uint64_t kSongSlotsBytes = kRoomStreams * sizeof(StreamSlots);
constexpr uint64_t kPartBytes = kPage + kMaxBuckets * sizeof(StreamSlots);  // its head, and its streams
constexpr uint64_t kRoomSlotsBytes = kSongSlotsBytes + kMostParts * kPartBytes;
static_assert(kSongSlotsBytes % kPage == 0 && kPartBytes % kPage == 0 && sizeof(LaneBlock) == kPage && sizeof(PartHead) <= kPage,
              "what is reserved and given back is whole pages");

uint64_t lanes_offset(const SegmentSize& size) {
  return streams_offset(size) + size.max_rooms * kRoomSlotsBytes;
}

uint64_t room_lanes_bytes(const SegmentSize& size) {
  return kLaneKinds * uint64_t{size.max_shards} * size.lane_blocks * sizeof(LaneBlock);
}

// The whole length in bytes, or nothing if the size makes no sense.
std::optional<uint64_t> total_bytes(const SegmentSize& size) {
  if (size.max_shards < 1 || size.max_shards > kMaxShards) return std::nullopt;
  if (size.max_rooms < 1 || size.max_rooms > kMaxRooms) return std::nullopt;
  if (size.lane_blocks < 1 || size.lane_blocks > kMaxLaneBlocks) return std::nullopt;
  if ((size.lane_blocks & (size.lane_blocks - 1)) != 0) return std::nullopt;
  // At most 15 x 2^6 x 2^20 x 2^12 a room, and a room at least 2^12: only the product with the rooms can be too long.
  const uint64_t per_room = room_lanes_bytes(size) + kRoomSlotsBytes;
  if (size.max_rooms > kMaxBytes / per_room) return std::nullopt;
  return lanes_offset(size) + size.max_rooms * room_lanes_bytes(size);
}

// Null on failure.
std::byte* map_shared(int fd, uint64_t bytes, int protection) {
  void* base = mmap(nullptr, bytes, protection, MAP_SHARED | MAP_NORESERVE, fd, 0);
  if (base == MAP_FAILED) return nullptr;
  // One touched block must cost one page and not 2 MiB, and a core dump must not hold the lanes. Both are wishes.
  madvise(base, bytes, MADV_NOHUGEPAGE);
  madvise(base, bytes, MADV_DONTDUMP);
  return static_cast<std::byte*>(base);
}

// What a segment's header says, read once.
struct HeaderCopy {
  uint64_t magic = 0;
  uint32_t version = 0;
  SegmentSize size;
  uint64_t total_bytes = 0;
  Timeline timeline;
};

// Far from where the arithmetic of positions and times would overflow.
bool is_usable(const Timeline& timeline) {
  constexpr int64_t kMost = int64_t{1} << 61;
  return timeline.anchor.on_grid() && timeline.anchor.samples >= 0 && timeline.anchor.samples <= kMost &&
         timeline.anchor_ns >= -kMost && timeline.anchor_ns <= kMost;
}

std::optional<HeaderCopy> read_header(int fd) {
  std::byte* page = map_shared(fd, sizeof(SegmentHeader), PROT_READ);
  if (page == nullptr) return std::nullopt;
  const auto& header = *reinterpret_cast<const SegmentHeader*>(page);
  HeaderCopy copy;
  copy.version = header.version.load(std::memory_order_acquire);  // first: it was stored last
  copy.magic = header.magic;
  copy.size = {header.max_shards, header.max_rooms, header.lane_blocks};
  copy.total_bytes = header.total_bytes;
  copy.timeline = {header.anchor_ns, Position{header.anchor_position}};
  munmap(page, sizeof(SegmentHeader));
  return copy;
}

// A file system that cannot reserve is left to its own ways.
int reserve_range(int fd, uint64_t offset, uint64_t bytes) {
  int result = 0;
  do {
    result = fallocate(fd, 0, static_cast<off_t>(offset), static_cast<off_t>(bytes)) == 0 ? 0 : errno;
  } while (result == EINTR);
  return result == EOPNOTSUPP || result == ENOSYS ? 0 : result;
}

// Index of a row, or the end of the process: an index out of range is a programmer's error that would reach foreign memory.
uint64_t checked(int index, uint32_t count) {
  if (index < 0 || static_cast<uint32_t>(index) >= count) std::abort();
  return static_cast<uint64_t>(index);
}

}  // namespace

tl::expected<Segment, SegmentError> Segment::create(const std::string& name, SegmentSize size, Timeline timeline) {
  const std::optional<uint64_t> bytes = roundelay::total_bytes(size);
  if (!bytes) return tl::unexpected(SegmentError::kSystem);
  FileDescriptor fd(shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (fd.get() < 0) return tl::unexpected(errno == EEXIST ? SegmentError::kExists : SegmentError::kSystem);
  Segment segment;
  int error = ftruncate(fd.get(), static_cast<off_t>(*bytes)) == 0 ? 0 : errno;
  if (error == 0) error = reserve_range(fd.get(), 0, streams_offset(size));
  if (error == 0) segment.base_ = map_shared(fd.get(), *bytes, PROT_READ | PROT_WRITE);
  if (segment.base_ == nullptr) {
    shm_unlink(name.c_str());
    return tl::unexpected(error == ENOSPC ? SegmentError::kFull : SegmentError::kSystem);
  }
  segment.fd_.swap(fd);
  segment.reserve_ = reserve_range;
  segment.bytes_ = *bytes;
  segment.size_ = size;
  segment.timeline_ = timeline;

  auto& header = *reinterpret_cast<SegmentHeader*>(segment.base_);
  header.magic = kSegmentMagic;
  header.max_shards = size.max_shards;
  header.max_rooms = size.max_rooms;
  header.lane_blocks = size.lane_blocks;
  header.total_bytes = *bytes;
  header.owner_pid = getpid();
  header.anchor_ns = timeline.anchor_ns;
  header.anchor_position = timeline.anchor.samples;
  header.version.store(kSegmentVersion, std::memory_order_release);
  return segment;
}

tl::expected<Segment, SegmentError> Segment::open(const std::string& name) {
  FileDescriptor fd(shm_open(name.c_str(), O_RDWR | O_CLOEXEC, 0));
  if (fd.get() < 0) return tl::unexpected(errno == ENOENT ? SegmentError::kMissing : SegmentError::kSystem);
  struct stat status {};
  if (fstat(fd.get(), &status) != 0) return tl::unexpected(SegmentError::kSystem);
  // A file that somebody else left open to us is a trap: its owner could cut it short under our mapping.
  if (status.st_uid != geteuid() && geteuid() != 0) return tl::unexpected(SegmentError::kForeign);
  const auto file_bytes = static_cast<uint64_t>(status.st_size);
  if (file_bytes < sizeof(SegmentHeader)) return tl::unexpected(SegmentError::kTooSmall);

  const std::optional<HeaderCopy> header = read_header(fd.get());
  if (!header) return tl::unexpected(SegmentError::kSystem);
  if (header->magic != kSegmentMagic || header->version != kSegmentVersion) return tl::unexpected(SegmentError::kForeign);
  if (!is_usable(header->timeline)) return tl::unexpected(SegmentError::kForeign);
  const std::optional<uint64_t> bytes = roundelay::total_bytes(header->size);
  if (!bytes || *bytes != header->total_bytes) return tl::unexpected(SegmentError::kForeign);
  if (file_bytes < *bytes) return tl::unexpected(SegmentError::kTooSmall);

  Segment segment;
  segment.base_ = map_shared(fd.get(), *bytes, PROT_READ | PROT_WRITE);
  if (segment.base_ == nullptr) return tl::unexpected(SegmentError::kSystem);
  segment.fd_.swap(fd);
  segment.reserve_ = reserve_range;
  segment.bytes_ = *bytes;
  segment.size_ = header->size;
  segment.timeline_ = header->timeline;
  return segment;
}

bool Segment::remove(const std::string& name) {
  return shm_unlink(name.c_str()) == 0;
}

void Segment::swap(Segment& other) noexcept {
  fd_.swap(other.fd_);
  std::swap(reserve_, other.reserve_);
  std::swap(base_, other.base_);
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  std::swap(timeline_, other.timeline_);
}

Segment::Segment(Segment&& other) noexcept {
  swap(other);
}

Segment& Segment::operator=(Segment&& other) noexcept {
  Segment(std::move(other)).swap(*this);
  return *this;
}

Segment::~Segment() {
  if (base_ != nullptr) munmap(base_, bytes_);
}

const SegmentHeader& Segment::header() const {
  return *reinterpret_cast<const SegmentHeader*>(base_);
}

Timeline Segment::timeline() const {
  return timeline_;
}

ConductorRow& Segment::conductor() const {
  return reinterpret_cast<SegmentHeader*>(base_)->conductor;
}

ShardRow& Segment::shard(int index) const {
  return reinterpret_cast<ShardRow*>(base_ + kShardsOffset)[checked(index, size_.max_shards)];
}

RoomRow& Segment::room(int row) const {
  return reinterpret_cast<RoomRow*>(base_ + rooms_offset(size_))[checked(row, size_.max_rooms)];
}

uint64_t Segment::slots_offset(int row) const {
  return streams_offset(size_) + checked(row, size_.max_rooms) * kRoomSlotsBytes;
}

uint64_t Segment::lane_offset(int row, int shard, LaneKind kind) const {
  const uint64_t lanes_of_kind = checked(row, size_.max_rooms) * kLaneKinds + checked(static_cast<int>(kind), kLaneKinds);
  const uint64_t lane = lanes_of_kind * size_.max_shards + checked(shard, size_.max_shards);
  return lanes_offset(size_) + lane * size_.lane_blocks * sizeof(LaneBlock);
}

PacketStream Segment::stream(int row, int index) const {
  const uint64_t at = checked(index, kRoomStreams);
  return {room(row).streams[at], reinterpret_cast<StreamSlots*>(base_ + slots_offset(row))[at]};
}

uint64_t Segment::part_offset(int row, int part) const {
  return slots_offset(row) + kSongSlotsBytes + checked(part, kMostParts) * kPartBytes;
}

PacketStream Segment::part_stream(int row, int bucket, int part) const {
  const uint64_t at = checked(bucket, kMaxBuckets);
  return {room(row).streams[at], reinterpret_cast<StreamSlots*>(base_ + part_offset(row, part) + kPage)[at]};
}

PartHead& Segment::part_head(int row, int part) const {
  return *reinterpret_cast<PartHead*>(base_ + part_offset(row, part));
}

LaneBlock* Segment::lane(int row, int shard, LaneKind kind) const {
  return reinterpret_cast<LaneBlock*>(base_ + lane_offset(row, shard, kind));
}

uint64_t Segment::solo_bytes(uint32_t ring_blocks) const {
  return uint64_t{size_.max_shards} * ring_blocks * sizeof(LaneBlock);
}

uint64_t Segment::song_bytes(uint32_t ring_blocks) const {
  return kSongSlotsBytes + 2 * solo_bytes(ring_blocks);
}

bool Segment::reserve_song(int row, uint32_t held_blocks, uint32_t ring_blocks) const {
  const uint32_t blocks = std::min(ring_blocks, size_.lane_blocks);
  if (blocks <= held_blocks) return true;
  std::vector<Range> ranges;
  if (held_blocks == 0) ranges.push_back({slots_offset(row), kSongSlotsBytes});
  add_lanes(ranges, row, LaneKind::kVoices, held_blocks, blocks);
  add_lanes(ranges, row, LaneKind::kLeader, held_blocks, blocks);
  return reserve(ranges);
}

bool Segment::reserve_solo(int row, uint32_t held_blocks, uint32_t ring_blocks) const {
  const uint32_t blocks = std::min(ring_blocks, size_.lane_blocks);
  if (blocks <= held_blocks) return true;
  std::vector<Range> ranges;
  add_lanes(ranges, row, LaneKind::kSolo, held_blocks, blocks);
  return reserve(ranges);
}

uint64_t Segment::part_bytes(uint32_t ring_blocks) const {
  return kPartBytes + solo_bytes(ring_blocks);
}

bool Segment::reserve_part(int row, int part, uint32_t held_blocks, uint32_t ring_blocks) const {
  const uint32_t blocks = std::min(ring_blocks, size_.lane_blocks);
  if (blocks <= held_blocks) return true;
  std::vector<Range> ranges;
  if (held_blocks == 0) ranges.push_back({part_offset(row, part), kPartBytes});
  add_lanes(ranges, row, lane_of_part(static_cast<size_t>(part)), held_blocks, blocks);
  return reserve(ranges);
}

void Segment::add_lanes(std::vector<Range>& ranges, int row, LaneKind kind, uint32_t held_blocks, uint32_t blocks) const {
  for (int shard = 0; shard < static_cast<int>(size_.max_shards); ++shard) {
    ranges.push_back(
        {lane_offset(row, shard, kind) + held_blocks * sizeof(LaneBlock), uint64_t{blocks - held_blocks} * sizeof(LaneBlock)});
  }
}

bool Segment::reserve(const std::vector<Range>& ranges) const {
  for (size_t i = 0; i < ranges.size(); ++i) {
    if (reserve_(fd_.get(), ranges[i].offset, ranges[i].bytes) == 0) continue;
    // Whatever was taken was nobody's yet. The system leaves nothing of the one that failed.
    for (size_t taken = 0; taken < i; ++taken) release(ranges[taken].offset, ranges[taken].bytes);
    return false;
  }
  return true;
}

void Segment::release(uint64_t offset, uint64_t bytes) const {
  // Where it cannot be given back it stays ours; what it holds tells by itself that it is old.
  (void)fallocate(fd_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset), static_cast<off_t>(bytes));
}

void Segment::release_song(int row) const {
  release(slots_offset(row), kRoomSlotsBytes);
  release(lane_offset(row, 0, LaneKind::kVoices), room_lanes_bytes(size_));
}

void Segment::clear_room(int row) const {
  RoomRow& shared = room(row);
  for (auto& mask : shared.lane_masks) mask.store(0, std::memory_order_release);
  shared.mixer.store(0, std::memory_order_release);
  for (StreamHead& head : shared.streams) {
    head.owner.store(0, std::memory_order_release);
    head.shard_mask.store(0, std::memory_order_release);
  }
  for (auto& players : shared.live_players) players.store(0, std::memory_order_relaxed);
}

void Segment::forget_shard(int index) const {
  for (int row = 0; row < static_cast<int>(size_.max_rooms); ++row) {
    for (int at = 0; at < kRoomStreams; ++at) {
      const PacketStream its = stream(row, at);
      its.shard_mask.fetch_and(~(uint64_t{1} << index));
      if (const StreamOwner owner = stream_owner(its); owner.shard == index) (void)take_stream(its, owner, -1);
    }
    room(row).live_players[index].store(0, std::memory_order_relaxed);
    RoomState state;
    if (!room(row).state.load(state)) continue;
    for (int part = 0; part < static_cast<int>(kMostParts); ++part) {
      if ((state.part_lanes >> part & 1) == 0) continue;
      for (auto& listeners : part_head(row, part).listeners) listeners.fetch_and(~(uint64_t{1} << index));
    }
  }
}

bool Segment::all_shards_ticked_since(int64_t ns) const {
  for (int i = 0; i < static_cast<int>(size_.max_shards); ++i) {
    const ShardRow& row = shard(i);
    if (row.pid.load(std::memory_order_relaxed) != 0 && row.heartbeat_ns.load(std::memory_order_acquire) <= ns) return false;
  }
  return true;
}

Segment::Memory Segment::memory() const {
  Memory memory;
  struct stat file {};
  if (fstat(fd_.get(), &file) == 0) memory.used_bytes = static_cast<uint64_t>(file.st_blocks) * 512;
  struct statvfs where {};
  if (fstatvfs(fd_.get(), &where) == 0 && where.f_blocks != 0) memory.left_bytes = uint64_t{where.f_bavail} * where.f_frsize;
  return memory;
}

}  // namespace roundelay
