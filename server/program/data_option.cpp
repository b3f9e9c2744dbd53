#include "server/program/data_option.h"

#include <CLI/CLI.hpp>
#include <filesystem>

namespace roundelay {
namespace {

constexpr const char* kOfDevelopers = "data";
constexpr const char* kOfTheService = "/var/lib/roundelay";

}  // namespace

DataOption::DataOption(CLI::App& command) {
  command.add_option("--data", *named_, "the server's data directory (default ./data if there is one, else /var/lib/roundelay)");
}

std::string DataOption::folder() const {
  std::error_code none;
  std::string folder = *named_;
  if (folder.empty()) folder = std::filesystem::exists(kOfDevelopers, none) ? kOfDevelopers : kOfTheService;
  // As the server names it in its sockets and shared memory.
  const std::filesystem::path canonical = std::filesystem::weakly_canonical(std::filesystem::absolute(folder, none), none);
  folder = none ? folder : canonical.string();
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  return folder;
}

}  // namespace roundelay
