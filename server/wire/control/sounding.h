// `sounding`: whose voices began or ceased to sound in the song (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/rights.h"

namespace roundelay::control {

struct Sounding {
  static constexpr const char* kType = "sounding";
  std::vector<std::string> on;   // ids of people
  std::vector<std::string> off;  // likewise

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"on", on}, {"off", off}}; }
  [[nodiscard]] static Read<Sounding> read(const nlohmann::json& in) {
    auto on = read_texts(in, "on");
    if (!on) return wrong(std::move(on.error()));
    auto off = read_texts(in, "off");
    if (!off) return wrong(std::move(off.error()));
    return Sounding{*std::move(on), *std::move(off)};
  }
};

}  // namespace roundelay::control
