// What the server answers to the operator (server/conductor/operator_api.h), for people who read it in a terminal. Pure: a field
// that is missing or makes no sense is left out, and what would move the cursor is not shown.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace roundelay {

// Columns under one another; the first line is their heads.
[[nodiscard]] std::string table(const std::vector<std::vector<std::string>>& rows);
[[nodiscard]] std::string status_text(const nlohmann::json& status);
// `now`: Unix time, s.
[[nodiscard]] std::string rooms_text(const nlohmann::json& rooms, int64_t now);
[[nodiscard]] std::string room_text(const nlohmann::json& room);
// A room's link: `begin`, the page's address with or without the path that it is under, and `path`, which begins with that.
[[nodiscard]] std::string link_text(std::string begin, const std::string& path);

}  // namespace roundelay
