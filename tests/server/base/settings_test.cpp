#include "server/base/settings.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "server/base/settings_page.h"

namespace roundelay::settings_test {
namespace {

using nlohmann::json;
using Errors = std::vector<std::string>;

TEST(Settings, EachHasItsRowOnceWithASentenceAndADefaultThatIsAllowed) {
  std::set<std::string_view> keys;
  std::set<std::string_view> options;
  for (const SettingGroup& group : setting_groups()) {
    for (const Setting& setting : group.settings) {
      EXPECT_TRUE(keys.insert(setting.key).second) << setting.key;
      EXPECT_TRUE(setting.option.empty() || options.insert(setting.option).second) << setting.option;
      EXPECT_EQ(find_setting(setting.key), &setting);
      EXPECT_TRUE(setting.what.size() > 10 && setting.what.ends_with('.')) << setting.key;
      const bool number = value_of({}, setting).is_number();
      EXPECT_EQ(number, setting.range.most > setting.range.least) << setting.key;
    }
  }
  EXPECT_EQ(errors_of({}), Errors{});
}

TEST(Settings, ThePageIsTheOneOfTheTable) {
  std::ifstream in(ROUNDELAY_SOURCE_DIR "/server/CONFIGURATION.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(page, settings_page()) << "write it anew: roundelay config reference > server/CONFIGURATION.md";
}

TEST(Settings, EverythingThatIsWrongWithAFileIsSaid) {
  const auto read =
      read_settings(R"({"prot": 1, "host": "::1", "default_buckets": 9, "log_level": "loud", "max_rooms": 5, "max_rooms": 6})");
  EXPECT_EQ(read.errors, (Errors{"max_rooms stands there more than once.", "default_buckets must be from 2 to 8.",
                                 "log_level must be trace, debug, info, warn or error.",
                                 "There is no setting named prot; did you mean port?"}));
  EXPECT_EQ(read.config.host, "::1") << "what is right is taken";
  EXPECT_EQ(read.config.default_buckets, Config{}.default_buckets);
}

TEST(Settings, AFileThatIsNoJsonIsToldWithThePlace) {
  EXPECT_EQ(read_settings("{\n  \"port\": 80,\n}").errors,
            Errors{"It is not valid JSON: something is wrong at line 3, column 1."});
  EXPECT_EQ(read_settings("").errors, Errors{"It is not valid JSON: something is wrong at line 1, column 1."});
  EXPECT_EQ(read_settings("[1]").errors, Errors{"The configuration must be a JSON object."});
  EXPECT_EQ(read_settings(R"({"port": 1e999})").errors.size(), 1U);
}

TEST(Settings, KeysOfStrangersAreToldSoThatTheyHarmNoTerminal) {
  EXPECT_EQ(read_settings(R"({"\u001b[2J": 1})").errors, Errors{R"(There is no setting named "\u001b[2J".)"});
  EXPECT_LT(read_settings("{\"" + std::string(100'000, 'x') + "\": 1}").errors.front().size(), 200U);
}

TEST(Settings, AnOptionIsReadAsItsSettingWantsIt) {
  Config config;
  EXPECT_TRUE(set_by_option(config, *find_setting("port"), "9000"));
  EXPECT_TRUE(set_by_option(config, *find_setting("host"), "9000"));
  EXPECT_EQ(config.port, 9000);
  EXPECT_EQ(config.host, "9000");
  EXPECT_EQ(set_by_option(config, *find_setting("port"), "many").error(), "port must be a whole number.");
  EXPECT_EQ(set_by_option(config, *find_setting("port"), "70000").error(), "port must be from 0 to 65535.");
  EXPECT_EQ(config.port, 9000);
}

}  // namespace
}  // namespace roundelay::settings_test
