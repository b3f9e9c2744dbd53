// Writes the entries of a recording's log (record.h) into a buffer of the caller's. Pure, no allocation: safe in the tick.
#pragma once

#include <span>

#include "server/wire/record/record.h"

namespace roundelay::wire {

// Each returns the bytes written; 0 if `out` is too short (kMaxRecordBytes always suffice), a position is not on the grid or not
// above 0, or a packet is empty or longer than kMaxVoicePacketBytes. Texts are cut at kMaxRecordTextBytes, gains to what may be.
[[nodiscard]] size_t write_record_magic(std::span<uint8_t> out);
[[nodiscard]] size_t write_record(const SongRecord& record, std::span<uint8_t> out);
[[nodiscard]] size_t write_record(const PersonRecord& record, std::span<uint8_t> out);
[[nodiscard]] size_t write_record(const PacketRecord& record, std::span<uint8_t> out);
[[nodiscard]] size_t write_record(const MixRecord& record, std::span<uint8_t> out);
[[nodiscard]] size_t write_record(const BackingRecord& record, std::span<uint8_t> out);
[[nodiscard]] size_t write_record(const DroppedRecord& record, std::span<uint8_t> out);
[[nodiscard]] size_t write_record(const EndRecord& record, std::span<uint8_t> out);

}  // namespace roundelay::wire
