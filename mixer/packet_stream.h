// The encoded mix of one bucket, made by one shard and read by all (rule 2: one encode per occupied bucket).
//
// Ownership: one word {generation, shard}. The owner mixes and encodes; any shard that serves the bucket
// may take over with a compare-and-swap when the owner is missing. Each generation writes into the bank
// generation % kBanks, so an owner that comes back late writes where the new one does not.
// A slot carries its position and a sequence counter like LaneBlock: a reader copies, then checks.
//
// Its head and its slots lie apart: the heads of all rooms are there from the start, the slots only while a room sings.
//
// No allocation, lock or system call: safe in the tick. Zeroed memory is a valid empty stream.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>

#include "mixer/position.h"

namespace roundelay {

inline constexpr int kStreamBanks = 2;
inline constexpr int kStreamSlots = 32;  // 640 ms
inline constexpr int kMaxMixPacketBytes = 488;

struct alignas(64) PacketSlot {
  std::atomic<uint64_t> sequence;  // odd: being written
  std::atomic<int64_t> position;
  uint16_t people;     // clamped to 65,535
  uint16_t len_bytes;  // 0: silence
  uint8_t bytes[kMaxMixPacketBytes];
};
static_assert(sizeof(PacketSlot) == 512);

struct alignas(64) StreamHead {
  std::atomic<uint64_t> owner;       // generation << 16 | (shard + 1); 0: none yet
  std::atomic<uint64_t> shard_mask;  // bit s: shard s has somebody in this bucket
};

struct StreamSlots {
  PacketSlot slots[kStreamBanks][kStreamSlots];
};

// Both parts, as a process sees them.
struct PacketStream {
  PacketStream(StreamHead& head, StreamSlots& body) : owner(head.owner), shard_mask(head.shard_mask), slots(body.slots) {}
  std::atomic<uint64_t>& owner;
  std::atomic<uint64_t>& shard_mask;
  PacketSlot (&slots)[kStreamBanks][kStreamSlots];
};

// What a reader copies out of a stream.
struct MixPacket {
  uint16_t people = 0;
  uint16_t len_bytes = 0;
  uint8_t bytes[kMaxMixPacketBytes];
};

struct StreamOwner {
  uint64_t generation = 0;
  int shard = -1;  // -1: nobody yet; as it was found: up to 65,534 in memory that somebody has spoilt
};
[[nodiscard]] StreamOwner stream_owner(const PacketStream& stream);

// Makes `shard` the owner (-1: nobody) if the owner is still `seen`. Returns the new owner, or nullopt when another was faster.
[[nodiscard]] std::optional<StreamOwner> take_stream(const PacketStream& stream, StreamOwner seen, int shard);

// Publishes a packet (up to kMaxMixPacketBytes; longer aborts in debug, is published as silence in release).
// Only by the owner whose generation this is.
void publish_packet(const PacketStream& stream, uint64_t generation, Position at, int people, std::span<const uint8_t> packet);

// Copies the packet of `at` into `out`: from the owner's bank, otherwise from the bank before. False if it is not (or no longer)
// there.
[[nodiscard]] bool read_packet(const PacketStream& stream, Position at, MixPacket& out);

}  // namespace roundelay
