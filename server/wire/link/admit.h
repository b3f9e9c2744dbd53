// `admit`, from the conductor: the session has these facts from now on.
#pragma once

#include "server/wire/link/envelope.h"
#include "server/wire/link/session_facts.h"

namespace roundelay::link {

struct Admit {
  static constexpr const char* kOp = "admit";
  uint64_t session = 0;
  SessionFacts facts;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = facts_json(session, facts);
    out["op"] = kOp;
    out["leader"] = facts.leader;
    if (facts.gain != 1) out["gain"] = facts.gain;
    if (!facts.part.empty()) out["part"] = facts.part;
    if (facts.part_lane >= 0) out["part_lane"] = facts.part_lane;
    return out;
  }
  [[nodiscard]] static std::optional<Admit> read(const nlohmann::json& in) {
    const auto session = natural_field(in, "session");
    auto facts = read_facts(in);
    if (!session || !facts) return std::nullopt;
    return Admit{*session, *std::move(facts)};
  }
};

}  // namespace roundelay::link
