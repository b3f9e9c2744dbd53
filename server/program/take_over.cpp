#include "server/program/take_over.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "mixer/segment.h"
#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

constexpr const char* kLegacy = "ROUNDELAY_LEGACY";

void let_inherit(int descriptor, bool inherit) {
  fcntl(descriptor, F_SETFD, inherit ? 0 : FD_CLOEXEC);
}

}  // namespace

ProgramStart ProgramStart::of_this_process() {
  ProgramStart start;
  start.file = std::filesystem::read_symlink("/proc/self/exe");
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  for (std::string argument; std::getline(in, argument, '\0');) start.arguments.push_back(argument);
  return start;
}

std::string ProgramStart::execute() const {
  std::vector<std::string> copies = arguments;
  std::vector<char*> argv;
  argv.reserve(copies.size() + 1);
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(file.c_str(), argv.data());
  return std::strerror(errno);
}

std::string Legacy::to_text() const {
  return nlohmann::json{{"lock", lock}, {"port", port}, {"port_number", port_number}, {"children", children}}.dump();
}

std::optional<Legacy> Legacy::read(const std::string& text) {
  const auto left = nlohmann::json::parse(text, nullptr, false);
  const auto lock = integer_field(left, "lock", 0, INT32_MAX);
  const auto port = integer_field(left, "port", 0, INT32_MAX);
  const auto number = integer_field(left, "port_number", 1, 65'535);
  const nlohmann::json* children = find_field(left, "children");
  if (!lock.given() || !port.given() || !number.given() || children == nullptr || !children->is_array()) return std::nullopt;
  if (children->size() < 2 || children->size() > 1 + kMaxShards) return std::nullopt;
  Legacy legacy{.lock = static_cast<int>(lock.value),
                .port = static_cast<int>(port.value),
                .port_number = static_cast<int>(number.value),
                .children = {}};
  for (const auto& child : *children) {
    if (!child.is_number_unsigned() || child.get<uint64_t>() > INT32_MAX) return std::nullopt;
    legacy.children.push_back(static_cast<pid_t>(child.get<uint64_t>()));
  }
  return legacy;
}

std::string become_successor(const ProgramStart& start, const Legacy& legacy) {
  setenv(kLegacy, legacy.to_text().c_str(), 1);
  for (const int descriptor : {legacy.lock, legacy.port}) let_inherit(descriptor, true);
  std::string why = start.execute();
  for (const int descriptor : {legacy.lock, legacy.port}) let_inherit(descriptor, false);
  unsetenv(kLegacy);
  return why;
}

tl::expected<std::optional<Legacy>, std::string> take_legacy() {
  const char* text = std::getenv(kLegacy);
  if (text == nullptr) return std::nullopt;
  const auto legacy = Legacy::read(text);
  unsetenv(kLegacy);
  if (!legacy) {
    return tl::unexpected(
        std::string("the server cannot be taken over: what the program before this one left cannot be read; the server must be "
                    "started anew"));
  }
  for (const int descriptor : {legacy->lock, legacy->port}) let_inherit(descriptor, false);
  return legacy;
}

}  // namespace roundelay
