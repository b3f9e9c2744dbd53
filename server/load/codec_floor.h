// What the codec alone costs on this machine at this moment: the floor of a server's cost. Blocking; own CPU time.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>

#include "server/load/load_voice.h"

namespace roundelay {

// CPU time of this process so far, s.
[[nodiscard]] double own_cpu_seconds();

// Decoding all voices block by block in turn, as a server meets them: ms of CPU per second of one voice; -1 if a packet is
// refused.
[[nodiscard]] double decode_alone_ms(std::span<const std::unique_ptr<LoadVoice>> voices);

// Encoding a mix of up to a dozen of these voices as a server does, per complexity ("0", "3", "5", "8", "10"): us of CPU per
// block.
[[nodiscard]] nlohmann::json encode_alone_us(std::span<const std::unique_ptr<LoadVoice>> voices, int bitrate);

}  // namespace roundelay
