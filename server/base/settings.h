// What can be set: one table (settings_table.cpp). From it come the configuration file's reader with its errors, the options of
// `roundelay serve`, and the reference page. A new setting is a field of Config and a row there. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

#include "server/base/config.h"

namespace roundelay {

struct Setting {
  using Field = std::variant<int Config::*, int64_t Config::*, double Config::*, bool Config::*, std::string Config::*>;
  struct Range {
    int64_t least = 0;
    int64_t most = 0;
  };
  std::string_view key;                      // in the file; it bears the unit where there is one
  Field field;                               // its default is that of a Config that nobody changed
  Range range = {};                          // of a number
  std::string_view unit = {};                // of a number, for people
  std::vector<std::string_view> words = {};  // all that a text may be; empty: anything
  std::string_view option = {};              // of `roundelay serve`; empty: only in the file
  bool live = false;                         // changes while the server runs: live_settings.h
  std::string_view what = {};                // one sentence
};

struct SettingGroup {
  std::string_view title;
  std::vector<Setting> settings;
};

[[nodiscard]] std::span<const SettingGroup> setting_groups();
// Null if there is none of that name.
[[nodiscard]] const Setting* find_setting(std::string_view key);

// What was read, as far as it could be, and everything that is wrong with it: sentences that name the key and what is allowed.
struct ReadSettings {
  Config config;
  std::vector<std::string> errors;
};
// A configuration file: a JSON object of settings, each at most once. What it does not name stays as in `base`.
[[nodiscard]] ReadSettings read_settings(std::string_view text, Config base = {});
// The value of an option. The error is a sentence.
[[nodiscard]] tl::expected<void, std::string> set_by_option(Config& config, const Setting& setting, const std::string& value);

[[nodiscard]] nlohmann::json value_of(const Config& config, const Setting& setting);

// What lies outside of its range or does not fit together.
[[nodiscard]] std::vector<std::string> errors_of(const Config& config);
[[nodiscard]] std::string joined(const std::vector<std::string>& sentences);

}  // namespace roundelay
