// What the conductor counts on the host: the body of the `reply` to `http` with kPath, which only shards ask for.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Counts {
  static constexpr const char* kPath = "/api/internal/counts";
  int64_t rooms = 0;
  int64_t people = 0;
  int64_t singers = 0;
  int64_t songs = 0;               // that last
  int64_t songs_recorded = 0;      // of them
  int64_t recordings_waiting = 0;  // whose files are not made yet
  int64_t uploads_running = 0;     // that workers read
  int64_t uploads_waiting = 0;     // for a worker
  int64_t passwords_waiting = 0;   // to be looked at
  // Of all singers who were measured: the 99th percentile of each one's loop time.
  int64_t loops_measured = 0;
  int64_t loop_median_ms = 0;
  int64_t loop_worst_tenth_ms = 0;  // a tenth of the singers have more
  int64_t loop_worst_ms = 0;
  int64_t disk_bytes = 0;  // of the data directory's disk; 0: it does not tell
  int64_t disk_left_bytes = 0;
  std::map<std::string, int64_t> errors = {};  // what was refused since the conductor started, by code

  [[nodiscard]] nlohmann::json to_json() const;
  // What is missing or cannot be counts as none.
  [[nodiscard]] static std::optional<Counts> read(const nlohmann::json& in);
};

inline constexpr std::pair<const char*, int64_t Counts::*> kCountsFields[] = {
    {"rooms", &Counts::rooms},
    {"people", &Counts::people},
    {"singers", &Counts::singers},
    {"songs", &Counts::songs},
    {"songs_recorded", &Counts::songs_recorded},
    {"recordings_waiting", &Counts::recordings_waiting},
    {"uploads_running", &Counts::uploads_running},
    {"uploads_waiting", &Counts::uploads_waiting},
    {"passwords_waiting", &Counts::passwords_waiting},
    {"loops_measured", &Counts::loops_measured},
    {"loop_median_ms", &Counts::loop_median_ms},
    {"loop_worst_tenth_ms", &Counts::loop_worst_tenth_ms},
    {"loop_worst_ms", &Counts::loop_worst_ms},
    {"disk_bytes", &Counts::disk_bytes},
    {"disk_left_bytes", &Counts::disk_left_bytes},
};

inline nlohmann::json Counts::to_json() const {
  nlohmann::json out = nlohmann::json::object();
  for (const auto& [name, field] : kCountsFields) out[name] = this->*field;
  out["errors"] = errors;
  return out;
}

inline std::optional<Counts> Counts::read(const nlohmann::json& in) {
  if (!in.is_object()) return std::nullopt;
  Counts counts;
  for (const auto& [name, field] : kCountsFields) counts.*field = static_cast<int64_t>(natural_field(in, name).value_or(0));
  const auto told = in.find("errors");
  if (told == in.end() || !told->is_object()) return counts;
  for (const auto& [code, count] : told->items()) {
    if (count.is_number_integer()) counts.errors[code] = count.get<int64_t>();
  }
  return counts;
}

}  // namespace roundelay::link
