#include "server/program/start_checks.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

#include "mixer/file_descriptor.h"
#include "server/base/house_colours.h"
#include "server/net/listen_socket.h"
#include "server/net/tls_files.h"

namespace roundelay {
namespace {
namespace fs = std::filesystem;
}

void make_data_directories(const Config& config) {
  for (const std::string& folder : {config.data_dir, config.tracks_dir(), config.scores_dir(), config.uploads_dir()}) {
    std::error_code failure;
    const bool made = fs::create_directories(folder, failure);
    if (made) fs::permissions(folder, fs::perms::owner_all, failure);
    if (!failure && !fs::is_directory(folder, failure)) failure = std::make_error_code(std::errc::not_a_directory);
    if (failure) {
      throw std::runtime_error("The folder " + folder + " cannot be used: " + failure.message() +
                               ". The data directory must belong to the user who runs the server; name another one with --data.");
    }
  }
}

int reserve_port(Config& config) {
  const auto choose = [](const std::string& why) { return std::runtime_error(why + ". Choose another with --port or --host"); };
  // A server of another kind (or another Roundelay) that listens there would share the port silently: try without sharing first.
  if (config.port != 0) {
    const auto alone = bind_listen_socket(config.host, config.port, PortSharing::kAlone);
    if (!alone) throw choose(alone.error());
    const FileDescriptor probe(*alone);
    if (listen(probe.get(), 1) != 0) throw choose("port " + std::to_string(config.port) + ": " + std::strerror(errno));
  }
  auto shared = bind_listen_socket(config.host, config.port, PortSharing::kShared);
  if (!shared) throw choose(shared.error());
  if (config.port == 0) {
    // A port that the kernel chose is let go of when listening ends (Doorstep), one that was asked for is not.
    const FileDescriptor chosen(*shared);
    config.port = port_of(*shared);
    shared = bind_listen_socket(config.host, config.port, PortSharing::kShared);
    if (!shared) throw choose(shared.error());
  }
  return *shared;
}

void raise_descriptor_limit(const Config& config) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  const rlim_t needed = static_cast<rlim_t>(config.max_connections_per_shard) + kOtherDescriptors;
  if (files.rlim_max < needed) {
    spdlog::warn("only {} files may be open at once (ulimit -Hn): a shard takes fewer than max_connections_per_shard = {}",
                 files.rlim_max, config.max_connections_per_shard);
  }
  files.rlim_cur = std::min(files.rlim_max, needed);
  setrlimit(RLIMIT_NOFILE, &files);
}

void forbid_core_dumps() {
  const rlimit none{};
  setrlimit(RLIMIT_CORE, &none);
}

std::vector<std::string> errors_of_named_files(const Config& config) {
  std::vector<std::string> errors;
  const auto add = [&](std::string error) { errors.push_back(error.ends_with('.') ? std::move(error) : std::move(error) + "."); };
  if (!config.tls_certificate.empty() && !config.tls_key.empty()) {
    if (const auto good = check_tls_files({config.tls_certificate, config.tls_key}); !good) add(good.error());
  }
  if (!config.theme.empty()) {
    if (const auto colours = read_house_colours_file(config.theme); !colours) add(colours.error());
  }
  return errors;
}

void warn_of_theme(const Config& config) {
  if (config.theme.empty()) return;
  const auto colours = read_house_colours_file(config.theme).value_or(HouseColours{});
  for (const std::string& warning : colours.warnings) spdlog::warn("{}", warning);
}

void warn_of_small_shared_memory() {
  struct statvfs info {};
  if (statvfs("/dev/shm", &info) != 0) return;
  const uint64_t free_bytes = uint64_t{info.f_bavail} * info.f_frsize;
  if (free_bytes < 256'000'000)
    spdlog::warn("only {} MB of shared memory (/dev/shm) are free; a room takes about 2 MB per shard while it sings",
                 free_bytes / 1'000'000);
}

}  // namespace roundelay
