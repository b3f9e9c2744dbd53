// `volume`, from a client: how loud a person, or everybody who sings a part, is in the mix (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/volume.h"
#include "server/wire/control/whom.h"

namespace roundelay::control {

struct ChangeVolume {
  static constexpr const char* kType = "volume";
  std::optional<uint64_t> person;   // this one, or
  std::optional<std::string> part;  // who sings this part
  double volume = 1;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"volume", volume}};
    if (person) out["person"] = id_text(*person);
    if (part) out["part"] = *part;
    return out;
  }
  [[nodiscard]] static Asked<ChangeVolume> read(const nlohmann::json& in) {
    const auto volume = volume_field(in, "volume");
    if (!volume.given()) return bad_volume();
    const auto part = text_field(in, "part");
    if (part.given() && find_field(in, "person") == nullptr) return ChangeVolume{{}, part.value, volume.value};
    const auto person = whom(in);
    if (!person) return tl::unexpected(person.error());
    return ChangeVolume{*person, {}, volume.value};
  }
};

}  // namespace roundelay::control
