#include "server/program/serve_settings.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace roundelay {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostFileBytes = 1 << 20;

}  // namespace

std::string find_web_dir() {
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
    for (const char* candidate : {"web/dist", "share/roundelay/web"}) {
      if (fs::exists(folder / candidate / "index.html", none)) return folder / candidate;
    }
  }
  return {};
}

std::string page_error(const std::string& web_dir) {
  std::error_code none;
  if (!web_dir.empty() && fs::exists(web_dir + "/index.html", none)) return {};
  const std::string where = web_dir.empty() ? "was not found" : "is not in '" + web_dir + "'";
  return "The page " + where + "; build it with ./dev build, or name its folder with --web.";
}

ReadSettings read_settings_file(const std::string& file) {
  std::error_code none;
  std::ifstream in(file, std::ios::binary);
  if (!in || !fs::is_regular_file(file, none)) {
    const std::string why = in ? "it is no file" : std::strerror(errno);
    return {.config = {}, .errors = {"'" + file + "' cannot be read: " + why + "."}};
  }
  std::string text(kMostFileBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kMostFileBytes) return {.config = {}, .errors = {"'" + file + "' is no configuration: it has over 1 MiB."}};
  ReadSettings read = read_settings(text);
  const std::string where = "'" + file + "': ";
  for (std::string& error : read.errors) error.insert(0, where);
  return read;
}

tl::expected<Config, std::string> ServeSettings::read() const {
  ReadSettings from_file = file.empty() ? ReadSettings{} : read_settings_file(file);
  Config config = std::move(from_file.config);
  std::vector<std::string> errors = std::move(from_file.errors);
  for (const Option& option : options) {
    if (const auto done = set_by_option(config, *option.setting, option.value); !done) errors.push_back(done.error());
  }
  if (config.web_dir.empty()) config.web_dir = find_web_dir();
  for (std::string* path : {&config.web_dir, &config.tls_certificate, &config.tls_key, &config.theme}) {
    if (!path->empty()) *path = fs::absolute(*path);
  }
  if (std::string error = page_error(config.web_dir); !error.empty()) errors.push_back(std::move(error));
  if (!errors.empty()) return tl::unexpected(joined(errors));
  return checked(std::move(config));
}

}  // namespace roundelay
