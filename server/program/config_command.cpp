#include "server/program/config_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/base/settings_page.h"
#include "server/program/serve_settings.h"
#include "server/program/start_checks.h"

namespace roundelay {
namespace {

constexpr const char* kPackagesFile = "/etc/roundelay/roundelay.json";

// Each on a line of its own; the status.
int tell(const std::vector<std::string>& errors) {
  for (const std::string& error : errors) std::fprintf(stderr, "%s\n", error.c_str());
  return errors.empty() ? 0 : 1;
}

// The configuration of a file as `serve` would take it, and everything that is wrong with it.
ReadSettings read_whole(const std::string& file) {
  ReadSettings read = read_settings_file(file);
  if (!read.errors.empty()) {
    // What else is wrong with that which could be read.
    for (std::string& error : errors_of(read.config)) read.errors.push_back(std::move(error));
    return read;
  }
  if (auto config = checked(read.config)) {
    read.config = *std::move(config);
  } else {
    read.errors = errors_of(read.config);
    if (read.errors.empty()) read.errors.push_back(config.error());
  }
  return read;
}

int check(const std::string& file) {
  ReadSettings read = read_whole(file);
  for (std::string& error : errors_of_named_files(read.config)) read.errors.push_back(std::move(error));
  // One that it does not name is the program's own.
  if (std::string error = read.config.web_dir.empty() ? std::string() : page_error(read.config.web_dir); !error.empty())
    read.errors.push_back(std::move(error));
  if (read.errors.empty()) std::printf("'%s' is right.\n", file.c_str());
  return tell(read.errors);
}

int show(const std::string& file) {
  const ReadSettings read = read_whole(file);
  if (read.errors.empty())
    std::printf("%s\n", to_json(read.config).dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  return tell(read.errors);
}

}  // namespace

void add_config_command(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("config", "what can be set, whether a file is right, and what applies");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, int (*run)(const std::string&)) {
    auto* sub = command->add_subcommand(name, what);
    auto file = std::make_shared<std::string>(kPackagesFile);
    sub->add_option("file", *file, std::string("configuration file (default ") + kPackagesFile + ")");
    sub->callback([run, file, &status] { status = run(*file); });
  };
  add("check", "say all that is wrong with a configuration file; status 1 if there is anything", check);
  add("show", "write the values that apply with a configuration file, as JSON", show);
  command->add_subcommand("reference", "write the page of all settings, as Markdown")->callback([] {
    std::fputs(settings_page().c_str(), stdout);
  });
}

}  // namespace roundelay
