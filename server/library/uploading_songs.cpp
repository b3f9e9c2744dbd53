#include "server/library/uploading_songs.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "server/base/text.h"
#include "server/library/song_fields.h"
#include "server/library/songs.h"
#include "server/library/sql.h"

namespace roundelay {

bool UploadingSongs::remove_all() {
  return database_.transaction([&] { return run_sql(database_, "DELETE FROM songs WHERE status = ?", {kUploadingStatus}); });
}

void UploadingSongs::begin(const Key& key, const Viewer& viewer, const std::string& title, const std::string& file_name,
                           int64_t now_s) {
  auto checked = checked_title(title.empty() ? title_of_file(file_name) : title, "title");
  if (viewer.account == 0 || !checked || songs_.contains(key)) return;
  UploadingSong song{.title = *std::move(checked)};
  SongFields fields;
  fields.title = song.title;
  fields.is_private = true;
  const bool kept = database_.transaction([&] {
    song.id = Songs(database_).insert(fields, {.hash = {}, .status = kUploadingStatus}, viewer.account, now_s);
    return song.id != 0;
  });
  if (kept) songs_.emplace(key, std::move(song));
}

std::optional<UploadingSong> UploadingSongs::take(const Key& key) {
  auto found = songs_.extract(key);
  return found.empty() ? std::nullopt : std::optional(std::move(found.mapped()));
}

void UploadingSongs::end(const UploadingSong& song) {
  const bool done = database_.transaction([&] {
    return run_sql(database_, "DELETE FROM songs WHERE id = ? AND status = ?", {song.id, kUploadingStatus});
  });
  if (!done) spdlog::warn("a song that did not come stays listed until the next start: {}", database_.transaction_error());
}

void UploadingSongs::gone(const Key& key) {
  if (const auto song = take(key)) end(*song);
}

void UploadingSongs::link_closed(ConnectionId link) {
  for (auto at = songs_.lower_bound({link, 0}); at != songs_.end() && at->first.link == link; at = songs_.erase(at))
    end(at->second);
}

}  // namespace roundelay
