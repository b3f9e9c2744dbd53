#include "mixer/packet_stream.h"

#include <algorithm>
#include <cassert>

#include "mixer/seqlock.h"

namespace roundelay {
namespace {

constexpr uint64_t kGenerations = uint64_t{1} << 48;  // then they begin anew

uint64_t word_of(StreamOwner owner) {
  return owner.generation << 16 | static_cast<uint64_t>(owner.shard + 1);
}

int slot_of(Position at) {
  return static_cast<int>(static_cast<uint64_t>(at.block_index()) % kStreamSlots);
}

// Copies a packet that a writer may be changing at this moment; the sequence tells afterwards whether it did. The
// thread sanitizer looks away, see copy_racing in lane.cpp: same reasons, same barrier.
__attribute__((noinline, no_sanitize("thread"))) void copy_racing(MixPacket& to, const PacketSlot& from) {
  constexpr int kPiece = 8;
  static_assert(kMaxMixPacketBytes % kPiece == 0);
  to.people = from.people;
  to.len_bytes = from.len_bytes;
  for (int piece = 0; piece < kMaxMixPacketBytes; piece += kPiece) {
    for (int i = 0; i < kPiece; ++i) to.bytes[piece + i] = from.bytes[piece + i];
    asm volatile("" ::: "memory");
  }
}

bool read_slot(const PacketSlot& slot, Position at, MixPacket& out) {
  MixPacket copy;
  const SeqlockRead read = seqlock_read(
      slot.sequence,
      [&] {
        // A counter of 0: memory that nobody has written to.
        return slot.position.load(std::memory_order_relaxed) == at.samples && slot.sequence.load(std::memory_order_relaxed) != 0;
      },
      [&] { copy_racing(copy, slot); });
  if (read != SeqlockRead::kCopied || copy.len_bytes > kMaxMixPacketBytes) return false;
  out = copy;
  return true;
}

}  // namespace

StreamOwner stream_owner(const PacketStream& stream) {
  const uint64_t word = stream.owner.load(std::memory_order_acquire);
  return {word >> 16, static_cast<int>(word & 0xffff) - 1};
}

std::optional<StreamOwner> take_stream(const PacketStream& stream, StreamOwner seen, int shard) {
  assert(shard >= -1 && shard < 0xffff);
  const StreamOwner taken{(seen.generation + 1) % kGenerations, shard};
  uint64_t expected = word_of(seen);
  if (!stream.owner.compare_exchange_strong(expected, word_of(taken), std::memory_order_acq_rel)) return std::nullopt;
  return taken;
}

void publish_packet(const PacketStream& stream, uint64_t generation, Position at, int people, std::span<const uint8_t> packet) {
  assert(at.on_grid() && at.samples >= 0);
  assert(packet.size() <= kMaxMixPacketBytes);
  // After two takeovers the bank belongs to another owner.
  if ((stream_owner(stream).generation - generation) % kGenerations > 1) return;
  if (packet.size() > kMaxMixPacketBytes) packet = {};
  PacketSlot& slot = stream.slots[generation % kStreamBanks][slot_of(at)];
  const SeqlockWrite write = seqlock_open(slot.sequence);
  slot.position.store(at.samples, std::memory_order_relaxed);
  slot.people = static_cast<uint16_t>(std::clamp(people, 0, 0xffff));
  slot.len_bytes = static_cast<uint16_t>(packet.size());
  std::copy(packet.begin(), packet.end(), slot.bytes);
  seqlock_close(slot.sequence, write);
}

bool read_packet(const PacketStream& stream, Position at, MixPacket& out) {
  assert(at.on_grid());
  const uint64_t generation = stream_owner(stream).generation;
  const int slot = slot_of(at);
  return read_slot(stream.slots[generation % kStreamBanks][slot], at, out) ||
         read_slot(stream.slots[(generation + 1) % kStreamBanks][slot], at, out);
}

}  // namespace roundelay
