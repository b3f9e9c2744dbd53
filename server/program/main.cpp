// The program: sub-commands for people (serve, sing, load) and for its own processes (conductor, shard, worker, robots).
#include <signal.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "server/base/config.h"
#include "server/base/start_failure.h"
#include "server/base/version.h"
#include "server/conductor/conductor.h"
#include "server/jobs/worker_command.h"
#include "server/program/documents_command.h"
#include "server/program/healthcheck_command.h"
#include "server/program/log_format.h"
#include "server/program/start_report.h"
#include "server/program/supervisor.h"
#include "server/shard/shard.h"
#include "server/singer/commands.h"

namespace {

using roundelay::Config;

Config or_throw(tl::expected<Config, std::string> config) {
  if (!config) throw std::runtime_error(config.error());
  return *std::move(config);
}

// The page lies in the build tree (while developing), in the source tree, or where it was installed.
std::string find_web_dir() {
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
  for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
    for (const char* candidate : {"web/dist", "share/roundelay/web"}) {
      if (std::filesystem::exists(folder / candidate / "index.html")) return folder / candidate;
    }
  }
  throw std::runtime_error("the built page was not found; build it with ./dev build, or name its folder with --web");
}

Config config_of_child() {
  const char* text = std::getenv("ROUNDELAY_CONFIG");
  if (text == nullptr) throw std::runtime_error("this command is started by `roundelay serve` alone");
  return or_throw(roundelay::apply_json({}, nlohmann::json::parse(text)));
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

  auto* serve = app.add_subcommand("serve", "run the server");
  Config flags;
  std::string config_file;
  serve->add_option("--config", config_file, "JSON file with settings; the command line wins")->check(CLI::ExistingFile);
  auto* shards = serve->add_option("--shards", flags.shards,
                                   "processes that carry sound (default: one per core that affinity and quota leave)");
  auto* port = serve->add_option("--port", flags.port, "TCP port (default 8080; 0: any free one)");
  auto* host = serve->add_option("--host", flags.host, "address to listen on (default 0.0.0.0)");
  auto* data = serve->add_option("--data", flags.data_dir, "data directory (default ./data)");
  auto* web = serve->add_option("--web", flags.web_dir, "folder of the built page");
  auto* theme = serve->add_option("--theme", flags.theme, "JSON file of your own colours, which the page offers beside its own");
  auto* certificate = serve->add_option("--tls-certificate", flags.tls_certificate, "PEM file: serve HTTPS and WSS");
  auto* key = serve->add_option("--tls-key", flags.tls_key, "PEM file of the certificate's private key");
  auto* log = serve->add_option("--log", flags.log_level, "trace, debug, info, warn or error (default info)");
  auto* log_format =
      serve->add_option("--log-format", flags.log_format, "text, json (an object a line), or auto: json under systemd");
  serve->callback([&] {
    Config config;
    if (!config_file.empty()) {
      const auto json = nlohmann::json::parse(std::ifstream(config_file), nullptr, false);
      if (json.is_discarded()) throw std::runtime_error("'" + config_file + "' is not valid JSON");
      config = or_throw(roundelay::apply_json(config, json));
    }
    if (*shards) config.shards = flags.shards;
    if (*port) config.port = flags.port;
    if (*host) config.host = flags.host;
    if (*data) config.data_dir = flags.data_dir;
    if (*web) config.web_dir = flags.web_dir;
    if (*log) config.log_level = flags.log_level;
    if (*log_format) config.log_format = flags.log_format;
    if (config.web_dir.empty()) config.web_dir = find_web_dir();
    config.web_dir = std::filesystem::absolute(config.web_dir);
    if (*theme) config.theme = flags.theme;
    if (*certificate) config.tls_certificate = flags.tls_certificate;
    if (*key) config.tls_key = flags.tls_key;
    for (std::string* file : {&config.tls_certificate, &config.tls_key, &config.theme}) {
      if (!file->empty()) *file = std::filesystem::absolute(*file);
    }
    if (!std::filesystem::exists(config.web_dir + "/index.html"))
      throw std::runtime_error("the page is not in '" + config.web_dir +
                               "'; build it with ./dev build, or name its folder with --web");
    config = or_throw(roundelay::checked(config));
    roundelay::set_up_log("supervisor", config.log_level, config.log_format);
    status = roundelay::run_supervisor(config);
  });

  auto* conductor = app.add_subcommand("conductor", "")->group("");
  conductor->callback([&] { status = run_child("conductor", roundelay::run_conductor); });

  auto* shard = app.add_subcommand("shard", "")->group("");
  int index = 0;
  shard->add_option("--index", index)->required();
  shard->callback([&] {
    status =
        run_child("shard " + std::to_string(index), [&](const Config& config) { return roundelay::run_shard(config, index); });
  });

  roundelay::add_worker_command(app);
  roundelay::add_sing_command(app, status);
  roundelay::add_robots_command(app, status);
  roundelay::add_load_command(app, status);
  roundelay::add_healthcheck_command(app, status);
  roundelay::add_documents_command(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "roundelay: %s\n", error.what());
    return 1;
  }
  return status;
}
