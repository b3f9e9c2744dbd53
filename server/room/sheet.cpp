#include "server/room/sheet.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace roundelay {

control::Sheet as_shown(const Sheet& sheet) {
  const auto timed = std::count_if(sheet.times.begin(), sheet.times.end(), [](const auto& at_ms) { return at_ms.has_value(); });
  return {.id = sheet.id,
          .title = sheet.title,
          .format = std::string(name_of(sheet.format)),
          .lines = static_cast<int64_t>(sheet.times.size()),
          .timed = timed,
          .version = sheet.version};
}

SheetTimes times_of(const std::vector<control::SheetLine>& lines) {
  SheetTimes out;
  out.reserve(lines.size());
  for (const control::SheetLine& line : lines) out.push_back(line.at_ms);
  return out;
}

void put_times(const SheetTimes& times, std::vector<control::SheetLine>& lines) {
  for (size_t i = 0; i < std::min(times.size(), lines.size()); ++i) lines[i].at_ms = times[i];
}

void set_time(SheetTimes& times, size_t line, int64_t at_ms) {
  for (size_t i = 0; i < times.size(); ++i) {
    if (times[i] && (i < line ? *times[i] > at_ms : *times[i] < at_ms)) times[i].reset();
  }
  times.at(line) = at_ms;
}

std::optional<size_t> line_out_of_order(const SheetTimes& times) {
  int64_t last_ms = 0;
  for (size_t i = 0; i < times.size(); ++i) {
    if (!times[i]) continue;
    if (*times[i] < last_ms) return i;
    last_ms = *times[i];
  }
  return std::nullopt;
}

nlohmann::json times_json(const SheetTimes& times) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& at_ms : times) out.push_back(at_ms ? nlohmann::json(*at_ms) : nlohmann::json(nullptr));
  return out;
}

std::optional<SheetTimes> read_times(const nlohmann::json& in) {
  if (!in.is_array() || in.size() > kMostWordsLines) return std::nullopt;
  SheetTimes out;
  out.reserve(in.size());
  for (const nlohmann::json& one : in) {
    if (one.is_null()) {
      out.emplace_back();
    } else if (one.is_number_integer() && one.get<int64_t>() >= 0 && one.get<int64_t>() <= control::SheetLine::kMostMs) {
      out.emplace_back(one.get<int64_t>());
    } else {
      return std::nullopt;
    }
  }
  return out;
}

}  // namespace roundelay
