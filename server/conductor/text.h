// Texts that people type, and their ids: pure checks and conversions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace roundelay {

inline constexpr int kMaxNameCharacters = 40;
inline constexpr int kMaxTrackNameCharacters = 120;

// The name without white space at its ends. The error is a sentence. A character is a code point; control characters and those
// that turn the direction of writing are refused, as is what is not UTF-8.
[[nodiscard]] tl::expected<std::string, std::string> checked_name(std::string_view name, int max_characters = kMaxNameCharacters);

// A name for a track from the name of the uploaded file: its last path component, cleaned and shortened, "Track" if nothing is
// left.
[[nodiscard]] std::string track_name(std::string_view file);

// A person's id in messages to clients, and back.
[[nodiscard]] std::string id_text(uint64_t person);

[[nodiscard]] std::string hex(std::span<const uint8_t> bytes);
// Exactly `out.size()` bytes of lower- or upper-case hex digits; false otherwise.
[[nodiscard]] bool from_hex(std::string_view digits, std::span<uint8_t> out);

}  // namespace roundelay
