// Who looks at the catalogue, and what she sees of it: what is public, what is her own; an admin sees all.
#pragma once

#include <cstdint>
#include <string>

#include "server/library/library_request.h"
#include "server/library/sql.h"

namespace roundelay {

struct Viewer {
  int64_t account = 0;  // 0: nobody
  LibraryRole role = LibraryRole::kNobody;

  [[nodiscard]] bool sees_all() const { return role == LibraryRole::kAdmin; }
  // A song of this uploader (0: nobody's).
  [[nodiscard]] bool sees(bool is_private, int64_t uploader) const {
    return !is_private || sees_all() || (account != 0 && uploader == account);
  }
  // Of what she sees: curators tend all that, others their own.
  [[nodiscard]] bool may_change(int64_t uploader) const {
    return role >= LibraryRole::kCurator || (account != 0 && uploader == account);
  }
  [[nodiscard]] bool is_curator() const { return role >= LibraryRole::kCurator; }
};
[[nodiscard]] inline Viewer viewer_of(const LibraryRequest& request) {
  return {request.account ? request.account->id : 0, request.role()};
}

// A condition of SQL and the values of its question marks, in their order.
struct SqlCondition {
  std::string sql;
  SqlValues values = {};
};
// Of the question marks that follow.
void append(SqlValues& values, const SqlValues& more);
// Of a row of songs that stands as `songs` in the statement.
[[nodiscard]] SqlCondition sees_song(const Viewer& viewer, const std::string& songs = "songs");
// An album that a curator made, or of which she sees a song; an artist likewise, or of whom she sees an album.
[[nodiscard]] SqlCondition sees_album(const Viewer& viewer, const std::string& albums = "albums");
[[nodiscard]] SqlCondition sees_artist(const Viewer& viewer, const std::string& artists = "artists");

}  // namespace roundelay
