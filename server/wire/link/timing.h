// `timing`, from a shard after a song: who of its singers was steadily early or late in it, and how much. Of the others nothing
// certain is known.
#pragma once

#include <algorithm>
#include <vector>

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Timing {
  static constexpr const char* kOp = "timing";
  static constexpr int kMostLateMs = 1'000;

  // Of one session; an array.
  struct Row {
    uint64_t session = 0;
    uint32_t song = 0;  // its number
    int late_ms = 0;    // below 0: early

    [[nodiscard]] nlohmann::json to_json() const { return {session, song, late_ms}; }
    // What is out of its range is taken as the end of that range.
    [[nodiscard]] static std::optional<Row> read(const nlohmann::json& in) {
      if (!in.is_array() || in.size() < 3 || !in[2].is_number_integer()) return std::nullopt;
      const auto session = natural(in[0]);
      const auto song = natural(in[1]);
      if (!session || !song || *song > UINT32_MAX) return std::nullopt;
      const auto late_ms = std::clamp<int64_t>(in[2].get<int64_t>(), -kMostLateMs, kMostLateMs);
      return Row{*session, static_cast<uint32_t>(*song), static_cast<int>(late_ms)};
    }
  };

  std::vector<Row> rows;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json list = nlohmann::json::array();
    for (const Row& row : rows) list.push_back(row.to_json());
    return {{"op", kOp}, {"rows", std::move(list)}};
  }
  // Rows that cannot be are left out.
  [[nodiscard]] static std::optional<Timing> read(const nlohmann::json& in) {
    const nlohmann::json* rows = find_field(in, "rows");
    if (rows == nullptr || !rows->is_array()) return std::nullopt;
    Timing out;
    for (const nlohmann::json& each : *rows) {
      if (const auto row = Row::read(each)) out.rows.push_back(*row);
    }
    return out;
  }
};

}  // namespace roundelay::link
