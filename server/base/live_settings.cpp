#include "server/base/live_settings.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "server/base/settings.h"

namespace roundelay {

ChangedSettings changed_settings(const Config& before, const Config& now) {
  ChangedSettings changed;
  for (const SettingGroup& group : setting_groups()) {
    for (const Setting& setting : group.settings) {
      if (value_of(before, setting) == value_of(now, setting)) continue;
      (setting.live ? changed.live : changed.restart).push_back(setting.key);
    }
  }
  return changed;
}

void take_live_settings(Config& to, const Config& from) {
  for (const SettingGroup& group : setting_groups()) {
    for (const Setting& setting : group.settings) {
      if (!setting.live) continue;
      std::visit([&](auto field) { to.*field = from.*field; }, setting.field);
    }
  }
}

std::string handed_on_file(const Config& config) {
  return config.data_dir + "/settings.json";
}

bool hand_on(const Config& config) {
  const std::string file = handed_on_file(config);
  const std::string half = file + ".new";
  std::ofstream out(half, std::ios::binary | std::ios::trunc);
  out << to_json(config).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  out.close();
  if (out && std::rename(half.c_str(), file.c_str()) == 0) return true;
  unlink(half.c_str());
  return false;
}

bool take_what_was_handed_on(Config& config) {
  std::ifstream in(handed_on_file(config), std::ios::binary);
  if (!in) return false;
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const ReadSettings read = read_settings(text, config);
  if (!read.errors.empty()) return false;
  take_live_settings(config, read.config);
  return true;
}

void forget_what_was_handed_on(const Config& config) {
  unlink(handed_on_file(config).c_str());
}

}  // namespace roundelay
