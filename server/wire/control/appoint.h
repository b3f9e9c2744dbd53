// `appoint`, from a client: somebody's offices are given or taken (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/whom.h"

namespace roundelay::control {

// What is left out stays.
struct Appoint {
  static constexpr const char* kType = "appoint";
  uint64_t person = 0;
  std::optional<bool> organiser = {};
  std::optional<bool> engineer = {};
  std::optional<bool> may_lead = {};  // where only those who are appointed may

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"person", id_text(person)}};
    if (organiser) out["organiser"] = *organiser;
    if (engineer) out["engineer"] = *engineer;
    if (may_lead) out["may_lead"] = *may_lead;
    return out;
  }
  [[nodiscard]] static Asked<Appoint> read(const nlohmann::json& in) {
    const auto person = whom(in);
    if (!person) return tl::unexpected(person.error());
    Appoint out{.person = *person};
    for (const auto& [key, office] :
         {std::pair{"organiser", &out.organiser}, std::pair{"engineer", &out.engineer}, std::pair{"may_lead", &out.may_lead}}) {
      const auto given = bool_field(in, key);
      if (!given.valid) return refuse("bad_message", std::string(key).append(" must be true or false."));
      if (given.present) *office = given.value;
    }
    return out;
  }
};

}  // namespace roundelay::control
