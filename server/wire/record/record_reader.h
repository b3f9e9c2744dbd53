// Reads the entries of a recording's log (record.h) from bytes. Pure; no allocation.
#pragma once

#include <span>

#include <tl/expected.hpp>

#include "server/wire/record/record.h"

namespace roundelay::wire {

enum class RecordError {
  kTorn,    // the bytes end before the entry does: read more, or the file was cut off here
  kSpoilt,  // no entry, or a wrong one: nothing behind it can be trusted
};

struct ReadRecord {
  Record record;
  size_t bytes = 0;  // of the entry, with its frame: the next one begins there
};

[[nodiscard]] bool is_record_magic(std::span<const uint8_t> bytes);
// The entry that `bytes` begin with. Whatever it says is checked: positions on the grid and above 0, packets not empty and not
// too long, gains finite and not below 0.
[[nodiscard]] tl::expected<ReadRecord, RecordError> read_record(std::span<const uint8_t> bytes);

}  // namespace roundelay::wire
