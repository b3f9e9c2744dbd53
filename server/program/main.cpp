// The program: sub-commands for people (serve, sing, load) and for its own processes (conductor, shard, worker, robots).
#include <signal.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>

#include "server/base/config.h"
#include "server/base/start_failure.h"
#include "server/base/version.h"
#include "server/conductor/conductor.h"
#include "server/jobs/worker_command.h"
#include "server/library/librarian.h"
#include "server/program/admin_command.h"
#include "server/program/backup_commands.h"
#include "server/program/config_command.h"
#include "server/program/doctor_command.h"
#include "server/program/documents_command.h"
#include "server/program/healthcheck_command.h"
#include "server/program/library_command.h"
#include "server/program/log_format.h"
#include "server/program/operator_commands.h"
#include "server/program/parse_failure.h"
#include "server/program/serve_command.h"
#include "server/program/start_report.h"
#include "server/program/supervisor.h"
#include "server/shard/shard.h"
#include "server/singer/commands.h"

namespace {

using roundelay::Config;

Config config_of_child() {
  const char* text = std::getenv("ROUNDELAY_CONFIG");
  if (text == nullptr) throw std::runtime_error("this command is started by `roundelay serve` alone");
  auto config = roundelay::apply_json({}, nlohmann::json::parse(text));
  if (!config) throw std::runtime_error(config.error());
  return *std::move(config);
}

// The body of a child of the supervisor, which is told why it could not start.
int run_child(const std::string& name, const std::function<int(const Config&)>& body) {
  int status = 1;
  const Config config = config_of_child();
  roundelay::set_up_log(name, config.log_level, config.log_format);
  try {
    roundelay::become_child(config);
    return body(config);
  } catch (const roundelay::StartFailure& error) {
    status = roundelay::kCannotStartStatus;
    roundelay::report_failed_start(error.what());
    spdlog::critical("{}", error.what());
  } catch (const std::exception& error) {
    roundelay::report_failed_start(error.what());
    spdlog::critical("{}", error.what());
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  CLI::App app{"Roundelay: sing together, in time, over the internet"};
  app.set_version_flag("--version", roundelay::kVersion);
  app.require_subcommand(1);
  int status = 0;

  roundelay::add_serve_command(app, status);

  auto* conductor = app.add_subcommand("conductor", "")->group("");
  conductor->callback([&] { status = run_child("conductor", roundelay::run_conductor); });

  auto* librarian = app.add_subcommand("librarian", "")->group("");
  librarian->callback([&] { status = run_child("librarian", roundelay::run_librarian); });

  auto* shard = app.add_subcommand("shard", "")->group("");
  int index = 0;
  int doorstep = -1;
  shard->add_option("--index", index)->required();
  shard->add_option("--doorstep", doorstep);
  shard->callback([&] {
    const auto body = [&](const Config& config) { return roundelay::run_shard(config, index, doorstep); };
    status = run_child("shard " + std::to_string(index), body);
  });

  roundelay::add_worker_command(app);
  roundelay::add_sing_command(app, status);
  roundelay::add_robots_command(app, status);
  roundelay::add_load_command(app, status);
  roundelay::add_config_command(app, status);
  roundelay::add_admin_command(app, status);
  roundelay::add_library_command(app, status);
  roundelay::add_healthcheck_command(app, status);
  roundelay::add_doctor_command(app, status);
  roundelay::add_operator_commands(app);
  roundelay::add_backup_commands(app, status);
  roundelay::add_documents_command(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::string word = error.get_exit_code() == 0 ? std::string() : roundelay::word_not_understood(app);
    if (word.empty()) return app.exit(error);
    std::fprintf(stderr, "roundelay: %s\nRun with --help for more information.\n", word.c_str());
    return error.get_exit_code();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "roundelay: %s\n", error.what());
    return 1;
  }
  return status;
}
