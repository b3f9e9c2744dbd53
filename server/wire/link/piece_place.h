// The body of the `reply` that lets a piece of an upload come: where it belongs.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct PiecePlace {
  std::string file;
  int64_t size = 0;  // that the file will have

  [[nodiscard]] nlohmann::json to_json() const { return {{"file", file}, {"size", size}}; }
  [[nodiscard]] static std::optional<PiecePlace> read(const nlohmann::json& in) {
    const auto file = text_field(in, "file");
    const auto size = natural_field(in, "size");
    if (!file.given() || !size) return std::nullopt;
    return PiecePlace{file.value, static_cast<int64_t>(*size)};
  }
};

}  // namespace roundelay::link
