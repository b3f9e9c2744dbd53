#include "server/library/library_settings.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "server/library/auth_routes.h"

namespace roundelay {
namespace {

constexpr std::array<std::string_view, 3> kRegistrationNames = {"open", "invitation", "closed"};

struct SpaceSetting {
  const char* name;
  int64_t LibrarySettings::*value;
};
constexpr std::array kSpaceSettings = {SpaceSetting{"account_mb", &LibrarySettings::account_mb},
                                       SpaceSetting{"all_mb", &LibrarySettings::all_mb}};
constexpr int64_t kMostSpaceMb = 1'000'000'000;

bool keep_setting(LibraryDatabase& database, const std::string& name, const std::string& value) {
  return Query(database.statement("INSERT INTO settings(name, value) VALUES(?1, ?2) "
                                  "ON CONFLICT(name) DO UPDATE SET value = excluded.value"),
               name, value)
             .step() == SQLITE_DONE;
}

}  // namespace

std::string_view name_of(LibraryRegistration registration) {
  return kRegistrationNames[static_cast<size_t>(registration)];
}

std::optional<LibraryRegistration> library_registration(std::string_view name) {
  const auto* found = std::find(kRegistrationNames.begin(), kRegistrationNames.end(), name);
  if (found == kRegistrationNames.end()) return std::nullopt;
  return static_cast<LibraryRegistration>(found - kRegistrationNames.begin());
}

bool read_library_settings(LibraryDatabase& database, LibrarySettings& settings) {
  Query query(database.statement("SELECT name, value FROM settings"));
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    if (query.text(0) == "registration")
      settings.registration = library_registration(query.text(1)).value_or(settings.registration);
    if (query.text(0) == "anonymous_uploads") settings.anonymous_uploads = query.text(1) == "1";
    for (const SpaceSetting& each : kSpaceSettings) {
      if (query.text(0) == each.name) settings.*each.value = std::strtoll(query.text(1).c_str(), nullptr, 10);
    }
  }
  return result == SQLITE_DONE;
}

LibraryAnswer show_library(Library& library, const LibraryRequest& request) {
  const auto& who = request.account;
  return library_answer({{"registration", name_of(library.settings.registration)},
                         {"anonymous_uploads", library.settings.anonymous_uploads},
                         {"account_mb", library.settings.account_mb},
                         {"all_mb", library.settings.all_mb},
                         {"account", who ? account_json(who->id, who->name, who->role) : nlohmann::json(nullptr)},
                         {"account_gone", request.account_is_gone}});
}

LibraryAnswer change_library(Library& library, const LibraryRequest& request) {
  LibrarySettings changed = library.settings;
  if (request.body.contains("registration")) {
    const auto registration = library_registration(request.text("registration"));
    if (!registration) return library_error(422, "bad_message", std::string("registration must be open, invitation or closed."));
    changed.registration = *registration;
  }
  if (request.body.contains("anonymous_uploads")) {
    if (!request.body["anonymous_uploads"].is_boolean())
      return library_error(422, "bad_message", std::string("anonymous_uploads must be true or false."));
    changed.anonymous_uploads = request.body["anonymous_uploads"].get<bool>();
  }
  for (const SpaceSetting& each : kSpaceSettings) {
    const auto given = request.body.find(each.name);
    if (given == request.body.end()) continue;
    if (!given->is_number_integer() || given->get<int64_t>() < 0 || given->get<int64_t>() > kMostSpaceMb)
      return library_error(422, "bad_message", std::string("account_mb and all_mb must be numbers from 0 on."));
    changed.*each.value = given->get<int64_t>();
  }
  const bool kept = library.database.transaction([&] {
    for (const SpaceSetting& each : kSpaceSettings) {
      if (!keep_setting(library.database, each.name, std::to_string(changed.*each.value))) return false;
    }
    return keep_setting(library.database, "registration", std::string(name_of(changed.registration))) &&
           keep_setting(library.database, "anonymous_uploads", changed.anonymous_uploads ? "1" : "0");
  });
  if (!kept) return library_unread();
  library.settings = changed;
  return show_library(library, request);
}

}  // namespace roundelay
