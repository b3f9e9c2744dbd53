#include "server/program/serve_command.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "server/program/log_format.h"
#include "server/program/serve_settings.h"
#include "server/program/supervisor.h"

namespace roundelay {
namespace {

const char* kind_of(const Setting& setting) {
  if (std::holds_alternative<std::string Config::*>(setting.field)) return "TEXT";
  return std::holds_alternative<bool Config::*>(setting.field) ? "BOOLEAN" : "NUMBER";
}

std::string described(const Setting& setting) {
  std::string out(setting.what);
  for (size_t i = 0; i < setting.words.size(); ++i) (out += i == 0 ? " One of " : ", ") += setting.words[i];
  if (!setting.words.empty()) out += ".";
  const nlohmann::json standard = value_of({}, setting);
  const std::string text = standard.is_string() ? standard.get<std::string>() : standard.dump();
  return text.empty() ? out : out + " Default: " + text + ".";
}

int serve(const ServeSettings& settings) {
  const auto config = settings.read();
  if (!config) throw std::runtime_error(config.error());
  set_up_log("supervisor", config->log_level, config->log_format);
  return run_supervisor(
      *config, settings.file.empty() ? ReadConfig{} : [settings] { return settings.read(); });
}

}  // namespace

void add_serve_command(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("serve", "run the server");
  auto settings = std::make_shared<ServeSettings>();
  command->add_option("--config", settings->file, "JSON file with settings (`roundelay config`); the command line wins");
  for (const SettingGroup& group : setting_groups()) {
    for (const Setting& setting : group.settings) {
      if (setting.option.empty()) continue;
      const auto take = [settings, &setting](const std::string& value) { settings->options.push_back({&setting, value}); };
      command->add_option_function<std::string>(std::string(setting.option), take, described(setting))
          ->type_name(kind_of(setting));
    }
  }
  command->callback([settings, &status] { status = serve(*settings); });
}

}  // namespace roundelay
