#include "server/base/settings_page.h"

#include <nlohmann/json.hpp>

#include "server/base/settings.h"

namespace roundelay {
namespace {

constexpr const char* kBegin = R"(# Settings

Everything that can be set. `roundelay serve --config FILE` reads a JSON file, an object of the settings that are to differ from
their defaults:

```
{
  "port": 443,
  "max_rooms": 200
}
```

What has an option can be said on the command line too, which wins. Relative paths begin in the folder where `roundelay serve` is
started. A setting that there is not, one that stands there twice, and a value of another kind or range end `serve` with a sentence.

`systemctl reload roundelay`, or SIGHUP to `roundelay serve --config`, reads the file anew: what is *live* changes at once, nobody
loses her connection. Of others the log says that they need a restart. Rooms that are in use keep their limits, intervals and
times until they are empty. A file that is wrong changes nothing, and the log says what is wrong.

| command | what it does |
|---|---|
| `roundelay config check [FILE]` | says all that is wrong with a file, and with the files that it names; status 1 if there is anything |
| `roundelay config show [FILE]` | writes the values that apply, as JSON |
| `roundelay config reference` | writes this page |

Without FILE they read `/etc/roundelay/roundelay.json`.
)";

std::string code(const std::string& text) {
  return "`" + text + "`";
}

// As people write them: 350,000,000.
std::string grouped(int64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 5) return digits;
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<size_t>(at), 1, ',');
  return digits;
}

std::string default_of(const Setting& setting) {
  const nlohmann::json value = value_of({}, setting);
  if (value.is_string() && value.get_ref<const std::string&>().empty()) return "empty";
  if (value.is_string()) return code(value.get<std::string>());
  return value.is_number() ? grouped(value.get<int64_t>()) : value.dump();
}

std::string allowed(const Setting& setting) {
  std::string out;
  if (!setting.words.empty()) {
    for (const std::string_view word : setting.words) (out += out.empty() ? "" : ", ") += code(std::string(word));
  } else if (std::holds_alternative<bool Config::*>(setting.field)) {
    out = "true, false";
  } else if (std::holds_alternative<std::string Config::*>(setting.field)) {
    out = "text";
  } else {
    out = grouped(setting.range.least) + " to " + grouped(setting.range.most);
    if (!setting.unit.empty()) (out += " ") += setting.unit;
  }
  return out;
}

std::string row(const Setting& setting) {
  std::string out = "| " + code(std::string(setting.key));
  if (!setting.option.empty()) (out += ", ") += code(std::string(setting.option));
  return ((out += " | " + default_of(setting) + " | " + allowed(setting) + (setting.live ? " | live | " : " | | ")) +=
          setting.what) +
         " |\n";
}

}  // namespace

std::string settings_page() {
  std::string page = kBegin;
  for (const SettingGroup& group : setting_groups()) {
    ((page += "\n## ") += group.title) +=
        "\n\n| setting, option | default | values | live | what it is |\n|---|---|---|---|---|\n";
    for (const Setting& setting : group.settings) page += row(setting);
  }
  return page;
}

}  // namespace roundelay
