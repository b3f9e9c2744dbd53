// How rooms end: deleted by their organisers, or forgotten because nobody uses them.
#include <spdlog/spdlog.h>

#include <utility>

#include "server/conductor/conductor.h"
#include "server/wire/control/error.h"

namespace roundelay {
namespace {

constexpr int64_t kSungDays = 400;  // a year's songs can be told to who licenses them
constexpr int kMostForgotten = 50;  // rooms at a time: each costs the loop a transaction

}  // namespace

void Conductor::settings_changed() {
  rooms_.settings_changed();
  upload_api_.settings_changed();
  for (Uploads* each : {&uploads_, &programme_uploads_}) each->set_limits(config_.max_upload_bytes, config_.max_track_seconds);
  robots_.set_max_choirs(config_.max_robot_rooms);
  spdlog::debug("the configuration has changed");
}

void Conductor::forget_rooms() {
  looked_for_unused_ns_ = now().ns;
  store_.forget_chats(unix_now() - kDayS);
  recordings_.forget_old_packs();
  recordings_.try_failed_again();
  if (!calendar_.may_delete(unix_now(), boot_seconds())) return;
  store_.forget_sung((unix_now() - kSungDays * kDayS) * 1'000);
  recordings_.forget_old();
  const auto unused = store_.unused_rooms(unix_now() - config_.forget_room_days * kDayS, kMostForgotten);
  if (!unused) return;
  for (const std::string& room : *unused) {
    if (rooms_.find(room) != nullptr) continue;
    spdlog::info("room {} is forgotten: nobody has used it for {} days", room, config_.forget_room_days);
    delete_stored_room(room);
  }
}

void Conductor::delete_stored_room(const std::string& room) {
  const auto tracks = store_.tracks(room);
  recordings_.forget_room(room);
  const auto scores = store_.scores(room);
  store_.delete_room(room);
  store_what_waits();
  // What cannot be read now is collected by the next start.
  if (tracks) {
    for (const Track& track : *tracks) upload_api_.review_blob(UploadKind::kTrack, track.sha256);
  }
  if (scores) {
    for (const Score& score : *scores) upload_api_.review_blob(UploadKind::kScore, score.sha256);
  }
}

void Conductor::delete_rooms() {
  for (const auto& [room, said] : std::exchange(given_up_, {})) {
    OpenRoom* open = rooms_.find(room);
    if (open == nullptr) continue;
    tell_news(*open);
    const Refusal why = refuse("no_room", phrase(said)).value();
    std::vector<SessionId> inside;
    for (const auto& [id, session] : sessions_) {
      if (session.room == room) inside.push_back(id);
    }
    for (const SessionId id : inside) {
      const ConnectionId link = sessions_.at(id).link;
      send(link, id, control::Error{.refusal = why, .about = {}}.to_json());
      expel(link, id, kCloseNotAdmitted, why.code);
      remove_session(id);
    }
    with_news_.erase(room);
    program_api_.forget(room);
    rooms_.drop(room);
    delete_stored_room(room);
    spdlog::info("room {} was deleted", room);
  }
}

}  // namespace roundelay
