// A question of the operator's to the server that runs over a data directory, over its control socket. Blocks, 10 s at most.
#pragma once

#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "server/wire/link/operator.h"

namespace roundelay {

// What the server answers; the error is a sentence: no server runs there, it does not answer, or why it refuses.
[[nodiscard]] tl::expected<nlohmann::json, std::string> ask_server(const std::string& data_dir, link::Operator asked);

}  // namespace roundelay
