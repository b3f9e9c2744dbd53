// `levels`, from a shard five times a second while somebody watches the console of a room: how loud its singers there are.
#pragma once

#include <algorithm>
#include <vector>

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Levels {
  static constexpr const char* kOp = "levels";
  static constexpr double kLeastDb = -200, kMostDb = 100;

  // Of one session; an array. Decibels below full scale (server/shard/voice_levels.h).
  struct Row {
    uint64_t session = 0;
    double peak_db = 0;
    double level_db = 0;
    double after_db = 0;
    std::optional<double> noise_db;
    int64_t clips = 0;

    [[nodiscard]] nlohmann::json to_json() const {
      nlohmann::json out{session, peak_db, level_db, after_db, nullptr, clips};
      if (noise_db) out[4] = *noise_db;
      return out;
    }
    // What is out of its range is taken as the end of that range.
    [[nodiscard]] static std::optional<Row> read(const nlohmann::json& in) {
      if (!in.is_array() || in.size() < 6 || !in[1].is_number() || !in[2].is_number() || !in[3].is_number()) return std::nullopt;
      const auto session = natural(in[0]);
      const auto clips = natural(in[5]);
      if (!session || !clips) return std::nullopt;
      const auto db = [&](size_t at) { return std::clamp(in[at].get<double>(), kLeastDb, kMostDb); };
      Row row{.session = *session,
              .peak_db = db(1),
              .level_db = db(2),
              .after_db = db(3),
              .noise_db = {},
              .clips = static_cast<int64_t>(std::min<uint64_t>(*clips, INT32_MAX))};
      if (in[4].is_number()) row.noise_db = db(4);
      return row;
    }
  };

  int row = 0;              // of the room in shared memory
  uint32_t generation = 0;  // of this use of it
  std::vector<Row> rows;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json list = nlohmann::json::array();
    for (const Row& each : rows) list.push_back(each.to_json());
    return {{"op", kOp}, {"row", row}, {"generation", generation}, {"rows", std::move(list)}};
  }
  // Rows that cannot be are left out.
  [[nodiscard]] static std::optional<Levels> read(const nlohmann::json& in) {
    const auto row = natural_field(in, "row", INT32_MAX);
    const auto generation = natural_field(in, "generation", UINT32_MAX);
    const nlohmann::json* rows = find_field(in, "rows");
    if (!row || !generation || rows == nullptr || !rows->is_array()) return std::nullopt;
    Levels out{static_cast<int>(*row), static_cast<uint32_t>(*generation), {}};
    for (const nlohmann::json& each : *rows) {
      if (const auto one = Row::read(each)) out.rows.push_back(*one);
    }
    return out;
  }
};

}  // namespace roundelay::link
