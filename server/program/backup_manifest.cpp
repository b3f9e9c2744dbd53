#include "server/program/backup_manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/base/version.h"
#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

constexpr const char* kFormat = "roundelay-backup";
constexpr int kFormatVersion = 1;
constexpr size_t kMostPartBytes = 128;

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The name of a file or a folder, as the server makes them.
bool is_plain_name(std::string_view name) {
  const auto plain = [](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') || each == '-' ||
           each == '_' || each == '.';
  };
  return !name.empty() && name.size() <= kMostPartBytes && name.front() != '.' && std::all_of(name.begin(), name.end(), plain);
}

}  // namespace

bool is_backup_path(std::string_view path) {
  if (path == kDatabasePath || path == kLibraryPath || path == kLibraryKeyPath || path == kKeyPath) return true;
  for (const std::string_view blobs : {"tracks/", "scores/", "library/"}) {
    if (path.starts_with(blobs)) return is_sha256(path.substr(blobs.size()));
  }
  constexpr std::string_view kRecordings = "recordings/";
  if (!path.starts_with(kRecordings)) return false;
  path.remove_prefix(kRecordings.size());
  const size_t slash = path.find('/');
  return slash != std::string_view::npos && is_plain_name(path.substr(0, slash)) && is_plain_name(path.substr(slash + 1));
}

std::string BackupManifest::text() const {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [path, file] : files) list.push_back({{"path", path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  const nlohmann::json out{
      {"format", kFormat}, {"version", kFormatVersion}, {"program", kVersion}, {"made", made}, {"files", std::move(list)}};
  return out.dump(1) + "\n";
}

tl::expected<BackupManifest, std::string> BackupManifest::read(std::string_view text) {
  const tl::unexpected<std::string> damaged(std::string("Its list of files makes no sense."));
  const nlohmann::json in = nlohmann::json::parse(text, nullptr, false);
  if (!in.is_object() || text_field(in, "format").value != kFormat) return damaged;
  const auto version = integer_field(in, "version", 1, kMaxNumber);
  if (!version.given()) return damaged;
  if (version.value > kFormatVersion) return tl::unexpected(std::string("It was made by a newer version of Roundelay."));
  BackupManifest out;
  const auto made = integer_field(in, "made", 0, kMaxNumber);
  const nlohmann::json* list = find_field(in, "files");
  if (!made.given() || list == nullptr || !list->is_array()) return damaged;
  out.made = made.value;
  for (const nlohmann::json& each : *list) {
    const std::string path = text_field(each, "path").value;
    const auto bytes = integer_field(each, "bytes", 0, kMaxNumber);
    const std::string sha256 = text_field(each, "sha256").value;
    if (!is_backup_path(path) || !bytes.given() || !is_sha256(sha256)) return damaged;
    if (!out.files.emplace(path, File{bytes.value, sha256}).second) return damaged;
  }
  if (!out.files.contains(kDatabasePath)) return damaged;
  return out;
}

}  // namespace roundelay
