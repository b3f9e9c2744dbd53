// Texts that people type, and their ids: pure checks and conversions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "server/base/sentences.h"

namespace roundelay {

inline constexpr int kMaxNameCharacters = 40;
inline constexpr int kMaxTrackNameCharacters = 120;

// The name as it is kept: composed (NFC), single spaces and none at its ends, without the invisible characters that keyboards and
// address books leave behind (marks of direction, soft hyphens, fillers), but with those that emoji and scripts need. The error
// is a sentence: what is not UTF-8, empty, longer than `max_characters` or holds control characters is refused. A character is
// what a reader takes for one: an emoji of a family, a letter with its accents.
[[nodiscard]] tl::expected<std::string, Sentence> checked_name(std::string_view name, int max_characters = kMaxNameCharacters);

// A text of one or more lines, as it is kept: each line as a name is, lines ended by \n alone, at most one empty line in a row,
// none at the ends. The error is a sentence: what is not UTF-8, empty, longer than `max_characters` (as above) or `max_bytes`, or
// holds control characters is refused.
[[nodiscard]] tl::expected<std::string, Sentence> checked_text(std::string_view text, int max_characters, size_t max_bytes);

// A name for a track from the name of the uploaded file: its last path component, cleaned as above and cut between characters,
// "Track" if nothing is left.
[[nodiscard]] std::string track_name(std::string_view file);

inline constexpr size_t kMostFileNameBytes = 150;  // file systems take 255, and browsers put numbers behind

// As every system takes it in the name of a file, without an ending: what some do not want is left out, so are spaces and dots at
// its ends; cut between characters. May be empty.
[[nodiscard]] std::string safe_file_name(std::string_view name, size_t most_bytes);

// Strict (RFC 3629): no surrogates, nothing longer than it must be.
[[nodiscard]] bool is_utf8(std::string_view text);

// A person's id in messages to clients, and back.
[[nodiscard]] std::string id_text(uint64_t person);
// Nothing if it is not the id of a person: a number from 1 to 2^53 without leading zeros.
[[nodiscard]] std::optional<uint64_t> person_of(std::string_view id);

[[nodiscard]] std::string hex(std::span<const uint8_t> bytes);
// Exactly `out.size()` bytes of lower- or upper-case hex digits; false otherwise.
[[nodiscard]] bool from_hex(std::string_view digits, std::span<uint8_t> out);

}  // namespace roundelay
