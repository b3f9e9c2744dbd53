// The two packets that every Ogg Opus stream begins with (RFC 7845 section 5). Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace roundelay {

using OpusTags = std::vector<std::pair<std::string, std::string>>;

// The identification header: mono or stereo, no gain; a player drops `pre_skip` samples at the beginning.
[[nodiscard]] std::vector<uint8_t> opus_head(int channels, int pre_skip);
// The comment header.
[[nodiscard]] std::vector<uint8_t> opus_tags(const OpusTags& tags);

}  // namespace roundelay
