#include "server/library/library_settings.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace roundelay {
namespace {

constexpr std::array<std::string_view, 3> kRegistrationNames = {"open", "invitation", "closed"};

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
  }
  return result == SQLITE_DONE;
}

LibraryAnswer show_library(Library& library, const LibraryRequest& /*request*/) {
  return library_answer(
      {{"registration", name_of(library.settings.registration)}, {"anonymous_uploads", library.settings.anonymous_uploads}});
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
  const bool kept = library.database.transaction([&] {
    return keep_setting(library.database, "registration", std::string(name_of(changed.registration))) &&
           keep_setting(library.database, "anonymous_uploads", changed.anonymous_uploads ? "1" : "0");
  });
  if (!kept) return library_unread();
  library.settings = changed;
  return show_library(library, request);
}

}  // namespace roundelay
