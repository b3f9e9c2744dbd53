#include "server/library/account_removal.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "server/library/accounts.h"
#include "server/library/logins.h"
#include "server/library/removal.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr int64_t kWorkAtOnce = 200, kWorkOfASong = 25;

// Few of each.
constexpr std::array<std::string_view, 4> kLogins = {
    "DELETE FROM sessions WHERE account = ?", "DELETE FROM api_tokens WHERE account = ?",
    "DELETE FROM player_passwords WHERE account = ?", "DELETE FROM invitations WHERE maker = ?"};

// What there may be many of: the account, and how many at most.
struct ManyRows {
  std::string_view sql;
  int64_t work = 1;  // of a row
};
constexpr std::array kManyRows = {
    ManyRows{"DELETE FROM plays WHERE id IN (SELECT id FROM plays WHERE account = ?1 LIMIT ?2)"},
    ManyRows{"DELETE FROM heard WHERE account = ?1 AND song IN (SELECT song FROM heard WHERE account = ?1 LIMIT ?2)"},
    ManyRows{"DELETE FROM ratings WHERE account = ?1 AND song IN (SELECT song FROM ratings WHERE account = ?1 LIMIT ?2)", 4},
    ManyRows{
        "DELETE FROM favourites WHERE account = ?1 AND (kind, item) IN (SELECT kind, item FROM favourites WHERE account = ?1 "
        "LIMIT ?2)"},
    ManyRows{"DELETE FROM playlist_songs WHERE (playlist, place) IN (SELECT playlist_songs.playlist, playlist_songs.place FROM "
             "playlists JOIN playlist_songs ON playlist_songs.playlist = playlists.id WHERE playlists.owner = ?1 LIMIT ?2)"},
    ManyRows{
        "DELETE FROM import_faults WHERE (import, number) IN (SELECT import_faults.import, import_faults.number FROM imports "
        "JOIN import_faults ON import_faults.import = imports.id WHERE imports.account = ?1 LIMIT ?2)"},
};

}  // namespace

bool AccountRemoval::refuse(Library& library) {
  Accounts accounts(library.database);
  const auto there = accounts.by_id(account_);
  if (!there)
    said_ = library_unread();
  else if (!*there)
    said_ = library_not_found();
  else if (accounts.is_last_admin(account_))
    said_ = library_error(409, "not_allowed", phrase("library_last_admin"));
  return !said_.errors.empty();
}

bool AccountRemoval::remove_some(Library& library, std::vector<std::string>& files, bool& is_last) {
  LibraryDatabase& database = library.database;
  int64_t work = kWorkAtOnce;
  if (!begun_) {
    if (!Logins(database).keep_as_gone(account_, now_s_)) return false;
    for (const std::string_view sql : kLogins) {
      if (!run_sql(database, sql, {account_})) return false;
    }
  }
  std::vector<int64_t> songs;
  if (!each_row(database, "SELECT id FROM songs WHERE uploader = ? LIMIT ?", {account_, work / kWorkOfASong},
                [&](const SqlRow& row) { songs.push_back(row.integer(0)); }))
    return false;
  for (const int64_t song : songs) {
    if (!remove_song(database, song, files)) return false;
  }
  work -= static_cast<int64_t>(songs.size()) * kWorkOfASong;
  for (const ManyRows& many : kManyRows) {
    if (work <= 0) return true;
    if (!run_sql(database, many.sql, {account_, (work + many.work - 1) / many.work})) return false;
    const auto gone = sql_integer(database, "SELECT changes()");
    if (!gone) return false;
    work -= *gone * many.work;
  }
  if (work <= 0) return true;
  is_last = true;
  return Accounts(database).remove(account_);
}

bool AccountRemoval::go_on(Library& library) {
  if (refuse(library)) return true;
  std::vector<std::string> files;
  bool is_last = false;
  const bool kept = library.database.transaction([&] { return remove_some(library, files, is_last); });
  begun_ = true;
  if (!kept) {
    said_ = library_unread();
    return true;
  }
  library.unneeded_files.insert(library.unneeded_files.end(), files.begin(), files.end());
  if (is_last) said_ = library_answer(nullptr);
  return is_last;
}

}  // namespace roundelay
