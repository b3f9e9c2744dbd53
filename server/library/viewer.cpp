#include "server/library/viewer.h"

namespace roundelay {

void append(SqlValues& values, const SqlValues& more) {
  values.insert(values.end(), more.begin(), more.end());
}

SqlCondition sees_song(const Viewer& viewer, const std::string& songs) {
  if (viewer.sees_all()) return {"1"};
  if (viewer.account == 0) return {songs + ".private = 0"};
  return {"(" + songs + ".private = 0 OR " + songs + ".uploader = ?)", {viewer.account}};
}

// Public ones are told by their own row. Only for the others is looked whether a song of hers stands behind: by the album or
// artist ("+": not by all that she has).
SqlCondition sees_album(const Viewer& viewer, const std::string& albums) {
  if (viewer.sees_all()) return {"1"};
  SqlCondition out{"(" + albums + ".kept = 1 OR " + albums + ".public_songs > 0"};
  if (viewer.account != 0) {
    out.sql += " OR EXISTS (SELECT 1 FROM songs of_album WHERE of_album.album = " + albums + ".id AND +of_album.uploader = ?)";
    out.values.emplace_back(viewer.account);
  }
  out.sql += ")";
  return out;
}

SqlCondition sees_artist(const Viewer& viewer, const std::string& artists) {
  if (viewer.sees_all()) return {"1"};
  SqlCondition out{"(" + artists + ".kept = 1 OR " + artists + ".public_songs > 0 OR " + artists + ".public_albums > 0"};
  if (viewer.account != 0) {
    out.sql += " OR EXISTS (SELECT 1 FROM songs of_artist WHERE of_artist.artist = " + artists +
               ".id AND +of_artist.uploader = ?)" +
               " OR EXISTS (SELECT 1 FROM albums album_of JOIN songs of_album ON of_album.album = album_of.id WHERE "
               "album_of.artist = " +
               artists + ".id AND +of_album.uploader = ?)";
    append(out.values, {viewer.account, viewer.account});
  }
  out.sql += ")";
  return out;
}

}  // namespace roundelay
