// `measure`, from a shard once a second: its singers' loop times, its load, and how many singers it can take.
#pragma once

#include <algorithm>
#include <vector>

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Measure {
  static constexpr const char* kOp = "measure";
  static constexpr double kMostLoopMs = 600'000;

  // Of one session; an array.
  struct Row {
    uint64_t session = 0;
    double loop_ms = 0;
    double late_percent = 0;
    double level_db = 0;
    std::optional<int> blocks;  // of how many loop_ms is the percentile; nothing: not told

    [[nodiscard]] nlohmann::json to_json() const {
      nlohmann::json out{session, loop_ms, late_percent, level_db};
      if (blocks) out.push_back(*blocks);
      return out;
    }
    // What is out of its range is taken as the end of that range.
    [[nodiscard]] static std::optional<Row> read(const nlohmann::json& in) {
      if (!in.is_array() || in.size() < 3 || !in[1].is_number() || !in[2].is_number()) return std::nullopt;
      const auto session = natural(in[0]);
      if (!session) return std::nullopt;
      Row row{.session = *session,
              .loop_ms = std::clamp(in[1].get<double>(), 0.0, kMostLoopMs),
              .late_percent = std::clamp(in[2].get<double>(), 0.0, 100.0),
              .blocks = std::nullopt};
      if (in.size() > 3 && in[3].is_number()) row.level_db = in[3].get<double>();
      if (in.size() > 4 && in[4].is_number_integer())
        row.blocks = static_cast<int>(std::clamp<int64_t>(in[4].get<int64_t>(), 0, INT32_MAX));
      return row;
    }
  };

  std::vector<Row> rows;
  std::optional<double> load;  // of a core, 0 to 1
  std::optional<int> singers;  // who may sing there
  std::optional<int> capacity;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json list = nlohmann::json::array();
    for (const Row& row : rows) list.push_back(row.to_json());
    nlohmann::json out{{"op", kOp}, {"rows", std::move(list)}};
    if (load) out["load"] = *load;
    if (singers) out["singers"] = *singers;
    if (capacity) out["capacity"] = *capacity;
    return out;
  }
  // Rows that cannot be are left out, and numbers that cannot be count as not told.
  [[nodiscard]] static std::optional<Measure> read(const nlohmann::json& in) {
    const auto count = [&](const char* key) {
      const auto number = natural_field(in, key, INT32_MAX);
      return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
    };
    const auto load = number_field(in, "load", 0, kMaxNumber);
    Measure out{.rows = {},
                .load = load.given() ? std::optional(load.value) : std::nullopt,
                .singers = count("singers"),
                .capacity = count("capacity")};
    const nlohmann::json* rows = find_field(in, "rows");
    if (rows == nullptr) return out;
    if (!rows->is_array()) return std::nullopt;
    out.rows.reserve(rows->size());
    for (const nlohmann::json& each : *rows) {
      if (const auto row = Row::read(each)) out.rows.push_back(*row);
    }
    return out;
  }
};

}  // namespace roundelay::link
