#include "server/program/doctor_command.h"

#include <sodium.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "server/program/data_option.h"
#include "server/program/doctor.h"
#include "server/program/operator_text.h"
#include "server/program/serve_settings.h"

namespace roundelay {
namespace {

constexpr const char* kSettingsOfTheService = "/etc/roundelay/roundelay.json";

const char* word_of(Health health) {
  return health == Health::kOk ? "ok" : health == Health::kWarning ? "warning" : "error";
}

nlohmann::json findings_json(const Findings& findings) {
  nlohmann::json out = nlohmann::json::array();
  for (const Finding& each : findings) {
    nlohmann::json shown{{"about", each.about}, {"health", word_of(each.health)}, {"said", each.said}};
    if (!each.to_do.empty()) shown["to_do"] = each.to_do;
    out.push_back(std::move(shown));
  }
  return out;
}

Findings diagnosis(std::string file, const DataOption& data) {
  std::error_code none;
  if (file.empty() && std::filesystem::exists(kSettingsOfTheService, none)) file = kSettingsOfTheService;
  ReadSettings read = file.empty() ? ReadSettings{} : read_settings_file(file);
  Findings out;
  for (const std::string& error : read.errors)
    out.push_back({"settings", Health::kError, error, "roundelay config check " + file});
  Config config = std::move(read.config);
  // The service names its data directory on its command line.
  if (data.is_named() || config.data_dir == Config().data_dir) config.data_dir = data.folder();
  if (config.web_dir.empty()) config.web_dir = find_web_dir();
  auto whole = checked(config);
  if (whole) {
    config = *std::move(whole);
  } else if (read.errors.empty()) {
    out.push_back({"settings", Health::kError, whole.error(), "roundelay config check " + file});
  }
  if (out.empty())
    out.push_back(
        {"settings", Health::kOk, file.empty() ? "The settings are the defaults." : "The settings of " + file + " are right."});
  for (Finding& each : examine(config, std::time(nullptr))) out.push_back(std::move(each));
  return out;
}

}  // namespace

std::string findings_text(const Findings& findings) {
  std::string out;
  for (const Finding& each : findings) {
    char head[64];
    std::snprintf(head, sizeof head, "%-8s %-14s ", word_of(each.health), each.about.c_str());
    out += head + each.said + "\n";
    if (!each.to_do.empty()) out += std::string(24, ' ') + "-> " + each.to_do + "\n";
  }
  return out;
}

void add_doctor_command(CLI::App& app, int& status) {
  auto* command =
      app.add_subcommand("doctor", "look whether this machine and the settings let a server do well, and say what to do");
  command->footer(
      "Port, IPv6, certificate and its end, data directory, database, page, disk, shared memory, limits, clock, speed. Changes "
      "nothing. "
      "Status 1 if anything is an error.");
  const auto file = std::make_shared<std::string>();
  const auto as_json = std::make_shared<bool>(false);
  command->add_option("--config", *file, std::string("the settings (default ") + kSettingsOfTheService + " if it is there)");
  command->add_flag("--json", *as_json, "as JSON, for programs");
  const DataOption data(*command);
  command->callback([file, as_json, data, &status] {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
    const Findings found = diagnosis(*file, data);
    std::fputs(*as_json ? (findings_json(found).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n").c_str()
                        : findings_text(found).c_str(),
               stdout);
    const bool ill = std::any_of(found.begin(), found.end(), [](const Finding& each) { return each.health == Health::kError; });
    status = ill ? 1 : 0;
  });
}

}  // namespace roundelay
