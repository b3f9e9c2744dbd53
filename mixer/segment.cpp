#include "mixer/segment.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

#include "mixer/file_descriptor.h"

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

uint64_t lanes_offset(const SegmentSize& size) {
  return round_up(rooms_offset(size) + size.max_rooms * sizeof(RoomRow), kPage);
}

uint64_t room_lanes_bytes(const SegmentSize& size) {
  return uint64_t{size.max_shards} * size.lane_blocks * sizeof(LaneBlock);
}

// The whole length in bytes, or nothing if the size makes no sense.
std::optional<uint64_t> total_bytes(const SegmentSize& size) {
  if (size.max_shards < 1 || size.max_shards > kMaxShards) return std::nullopt;
  if (size.max_rooms < 1 || size.max_rooms > kMaxRooms) return std::nullopt;
  if (size.lane_blocks < 1 || size.lane_blocks > kMaxLaneBlocks) return std::nullopt;
  if ((size.lane_blocks & (size.lane_blocks - 1)) != 0) return std::nullopt;
  // At most 2^6 x 2^20 x 2^12 a room, and a room at least 2^12: only the product with the rooms can be too long.
  const uint64_t per_room = room_lanes_bytes(size);
  if (size.max_rooms > kMaxBytes / per_room) return std::nullopt;
  return lanes_offset(size) + size.max_rooms * per_room;
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

// Zeroes a range; its whole pages go back to the system.
void release_range(std::byte* begin, std::byte* end) {
  const auto page_up = [](std::byte* p) {
    return p + (round_up(reinterpret_cast<uint64_t>(p), kPage) - reinterpret_cast<uint64_t>(p));
  };
  std::byte* first = page_up(begin);
  std::byte* last = end - reinterpret_cast<uint64_t>(end) % kPage;
  if (first >= last || madvise(first, static_cast<size_t>(last - first), MADV_REMOVE) != 0) {
    std::memset(begin, 0, static_cast<size_t>(end - begin));
    return;
  }
  std::memset(begin, 0, static_cast<size_t>(first - begin));
  std::memset(last, 0, static_cast<size_t>(end - last));
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
  const FileDescriptor fd(shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (fd.get() < 0) return tl::unexpected(errno == EEXIST ? SegmentError::kExists : SegmentError::kSystem);
  Segment segment;
  if (ftruncate(fd.get(), static_cast<off_t>(*bytes)) == 0) segment.base_ = map_shared(fd.get(), *bytes, PROT_READ | PROT_WRITE);
  if (segment.base_ == nullptr) {
    shm_unlink(name.c_str());
    return tl::unexpected(SegmentError::kSystem);
  }
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
  const FileDescriptor fd(shm_open(name.c_str(), O_RDWR | O_CLOEXEC, 0));
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
  if (!header->timeline.anchor.on_grid() || header->timeline.anchor.samples < 0) return tl::unexpected(SegmentError::kForeign);
  const std::optional<uint64_t> bytes = roundelay::total_bytes(header->size);
  if (!bytes || *bytes != header->total_bytes) return tl::unexpected(SegmentError::kForeign);
  if (file_bytes < *bytes) return tl::unexpected(SegmentError::kTooSmall);

  Segment segment;
  segment.base_ = map_shared(fd.get(), *bytes, PROT_READ | PROT_WRITE);
  if (segment.base_ == nullptr) return tl::unexpected(SegmentError::kSystem);
  segment.bytes_ = *bytes;
  segment.size_ = header->size;
  segment.timeline_ = header->timeline;
  return segment;
}

bool Segment::remove(const std::string& name) {
  return shm_unlink(name.c_str()) == 0;
}

void Segment::swap(Segment& other) noexcept {
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

LaneBlock* Segment::lane(int row, int shard) const {
  const uint64_t lane = checked(row, size_.max_rooms) * size_.max_shards + checked(shard, size_.max_shards);
  return reinterpret_cast<LaneBlock*>(base_ + lanes_offset(size_)) + lane * size_.lane_blocks;
}

void Segment::release_room(int row) const {
  RoomRow& room_row = room(row);
  room_row.lane_mask.store(0, std::memory_order_release);
  room_row.mixer.store(0, std::memory_order_release);
  auto* streams = reinterpret_cast<std::byte*>(&room_row.streams);
  release_range(streams, streams + sizeof room_row.streams);
  auto* lanes = reinterpret_cast<std::byte*>(lane(row, 0));
  release_range(lanes, lanes + room_lanes_bytes(size_));
}

}  // namespace roundelay
