// `leader`: who leads now; everybody's place is known (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Leader {
  static constexpr const char* kType = "leader";
  std::optional<std::string> leader;  // a person's id

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"leader", text_or_null(leader)}}; }
  [[nodiscard]] static Read<Leader> read(const nlohmann::json& in) {
    auto leader = read_text_or_null(in, "leader");
    if (!leader) return wrong(std::move(leader.error()));
    return Leader{*std::move(leader)};
  }
};

}  // namespace roundelay::control
