#include "server/library/viewer.h"

namespace roundelay {

SqlCondition sees_song(const Viewer& viewer, const std::string& songs) {
  if (viewer.sees_all()) return {"1"};
  if (viewer.account == 0) return {songs + ".private = 0"};
  return {"(" + songs + ".private = 0 OR " + songs + ".uploader = ?)", {viewer.account}};
}

SqlCondition sees_album(const Viewer& viewer, const std::string& albums) {
  if (viewer.sees_all()) return {"1"};
  SqlCondition out = sees_song(viewer, "of_album");
  out.sql = "(" + albums + ".kept = 1 OR EXISTS (SELECT 1 FROM songs of_album WHERE of_album.album = " + albums + ".id AND " +
            out.sql + "))";
  return out;
}

SqlCondition sees_artist(const Viewer& viewer, const std::string& artists) {
  if (viewer.sees_all()) return {"1"};
  SqlCondition out = sees_song(viewer, "of_artist");
  const SqlCondition album = sees_album(viewer, "album_of");
  out.sql = "(" + artists + ".kept = 1 OR EXISTS (SELECT 1 FROM songs of_artist WHERE of_artist.artist = " + artists +
            ".id AND " + out.sql + ") OR EXISTS (SELECT 1 FROM albums album_of WHERE album_of.artist = " + artists + ".id AND " +
            album.sql + "))";
  out.values.insert(out.values.end(), album.values.begin(), album.values.end());
  return out;
}

}  // namespace roundelay
