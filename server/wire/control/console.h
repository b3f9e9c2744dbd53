// `console`, to those who have it open: the faders and who is soloed (PROTOCOL.md 3.2).
#pragma once

#include <map>

#include "server/wire/control/rights.h"
#include "server/wire/control/volume.h"

namespace roundelay::control {

struct Console {
  static constexpr const char* kType = "console";
  std::map<std::string, double> volumes;  // of people, by id; only those that are not 1
  std::map<std::string, double> parts;    // likewise
  std::vector<std::string> solo;          // their ids
  // In how many songs of the evening somebody was late, and in how many she sang; by id, of those who were.
  std::map<std::string, std::pair<int, int>> late = {};

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"volumes", volumes_json(volumes)}, {"parts", volumes_json(parts)}, {"solo", solo}};
    for (const auto& [id, songs] : late) out["late"][id] = {songs.first, songs.second};
    return out;
  }
  [[nodiscard]] static Read<Console> read(const nlohmann::json& in) {
    auto volumes = read_volumes(in, "volumes");
    auto parts = read_volumes(in, "parts");
    if (!volumes || !parts) return wrong("volumes and parts must be objects of numbers from 0 to 2.");
    if (find_field(in, "solo") == nullptr) return wrong("solo must be a list.");
    auto solo = read_texts(in, "solo");
    if (!solo) return wrong(std::move(solo.error()));
    Console out{*std::move(volumes), *std::move(parts), *std::move(solo)};
    const nlohmann::json& late = part(in, "late");
    for (const auto& [id, songs] : late.items()) {
      const bool pair = songs.is_array() && songs.size() == 2 && songs[0].is_number_integer() && songs[1].is_number_integer();
      if (!late.is_object() || !pair) return wrong("late must be an object of pairs of numbers.");
      out.late[id] = {songs[0].get<int>(), songs[1].get<int>()};
    }
    return out;
  }

  [[nodiscard]] static nlohmann::json volumes_json(const std::map<std::string, double>& volumes) {
    nlohmann::json out = nlohmann::json::object();
    for (const auto& [name, volume] : volumes) out[name] = volume;
    return out;
  }
  [[nodiscard]] static std::optional<std::map<std::string, double>> read_volumes(const nlohmann::json& in, const char* key) {
    const nlohmann::json& object = part(in, key);
    if (!object.is_object()) return std::nullopt;
    std::map<std::string, double> out;
    for (const auto& [name, value] : object.items()) {
      const auto volume = volume_field(object, name.c_str());
      if (!volume.given()) return std::nullopt;
      out[name] = volume.value;
    }
    return out;
  }
};

}  // namespace roundelay::control
