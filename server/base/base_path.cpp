#include "server/base/base_path.h"

#include <algorithm>

namespace roundelay {
namespace {

bool stands_plainly(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

}  // namespace

tl::expected<std::string, std::string> checked_base_path(std::string_view text) {
  std::string path = "/";
  while (!text.empty()) {
    const size_t end = std::min(text.find('/'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty() && path == "/") continue;  // the slash in front
    if (part.empty() || part == "." || part == ".." || !std::all_of(part.begin(), part.end(), stands_plainly))
      return tl::unexpected(std::string("base_path must look like /sing/: letters, digits and -._~ between slashes."));
    path.append(part).append("/");
  }
  return path;
}

std::optional<std::string> below_base(std::string_view path, std::string_view base) {
  if (!path.starts_with(base)) return std::nullopt;
  return std::string(path.substr(base.size() - 1));
}

}  // namespace roundelay
