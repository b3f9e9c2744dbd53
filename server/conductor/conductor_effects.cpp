// What rooms want done, carried out: messages to shards, writes to the store, the state in shared memory.
#include <spdlog/spdlog.h>

#include <ctime>
#include <utility>
#include <variant>

#include "server/base/text.h"
#include "server/conductor/conductor.h"
#include "server/wire/control/done.h"
#include "server/wire/control/notice.h"
#include "server/wire/link/admit.h"
#include "server/wire/link/room.h"

namespace roundelay {

void Conductor::apply(OpenRoom& open, const Effects& effects) {
  for (const Effect& effect : effects) {
    std::visit([&](const auto& kind) { carry_out(open, kind); }, effect);
  }
}

void Conductor::to_room(const OpenRoom& open, const nlohmann::json& message) {
  const nlohmann::json object = link::Room{open.row, open.generation, message}.to_json();
  for (const auto& [link, sessions] : open.links) control_.send(link, object);
  program_api_.told(open.room.id(), message);
}

void Conductor::tell_news(OpenRoom& open) {
  for (const nlohmann::json& message : open.news.take(monotonic_ns())) to_room(open, message);
  for (const effect::ToSession& to : std::exchange(open.after_news, {})) send_to(to);
}

void Conductor::store_what_waits() {
  const bool stored = store_.flush();
  const size_t waiting = store_.pending().size();
  ConductorRow& row = segment_.conductor();
  row.store_failing.store(stored ? 0 : 1);
  row.store_failures.store(store_.failures());
  row.unstored.store(waiting);
  const auto tell = [this](const std::string& room, const char* code) {
    if (const OpenRoom* open = rooms_.find(room)) to_room(*open, control::Notice{phrase(code)}.to_json());
  };
  if (!stored) {
    if (!store_failing_)
      spdlog::error("the database takes no changes ({}): {} wait in memory, and are tried again", store_.error(), waiting);
    store_failing_ = true;
    for (const std::string& room : store_.pending().changed_rooms()) {
      if (!told_of_store_.insert(room).second) continue;
      tell(room, "room_is_not_stored");
    }
  } else if (store_failing_) {
    store_failing_ = false;
    spdlog::info("the database takes changes again: all that waited is stored, {} were lost so far", store_.lost());
    for (const std::string& room : told_of_store_) tell(room, "room_is_stored_again");
    told_of_store_.clear();
    collect_blobs();  // of tracks that were deleted meanwhile
  }
}

void Conductor::send_to(const effect::ToSession& to) {
  if (const auto known = sessions_.find(to.session); known != sessions_.end()) send(known->second.link, to.session, to.message);
}

void Conductor::carry_out(OpenRoom& open, const effect::ToSession& to) {
  // Whoever is told that it is done has been told before what came of it.
  if (to.message.at("type") == control::Done::kType && open.news.waiting()) {
    open.after_news.push_back(to);
  } else {
    send_to(to);
  }
}

void Conductor::carry_out(OpenRoom& open, const effect::ToRoom& to) {
  if (RoomNews::may_wait(to.message)) {
    open.news.add(to.message);
    with_news_.insert(open.room.id());
    return;
  }
  tell_news(open);  // what came first is told first
  to_room(open, to.message);
}

void Conductor::carry_out(OpenRoom& open, const effect::Admit& admitted) {
  const Person& person = admitted.person;
  const SessionId session = *person.session;
  const auto known = sessions_.find(session);
  if (known == sessions_.end()) return;
  if (const auto shard = shards_.find(known->second.link); shard != shards_.end())
    shard->second.sings(session, person.role == Role::kSinger);
  const link::Admit admit{.session = session,
                          .facts = {.person = person.id,
                                    .row = open.row,
                                    .generation = open.generation,
                                    .room = open.room.id(),
                                    .name = person.name,
                                    .bucket = person.bucket,
                                    .role = person.role,
                                    .muted = person.muted,
                                    .organiser = person.organiser,
                                    .robot = person.robot,
                                    .soloed = person.soloed,
                                    .hears_solo = person.hears_solo,
                                    .watches = person.watches,
                                    .left_out = person.left_out,
                                    .hears_part = person.hears_part,
                                    .leader = admitted.leader,
                                    .gain = admitted.gain,
                                    .part = person.part,
                                    .part_lane = admitted.part_lane}};
  control_.send(known->second.link, admit.to_json());
}

void Conductor::carry_out(OpenRoom& open, const effect::Expel& expelled) {
  tell_news(open);  // with what she is still to be told
  if (const auto known = sessions_.find(expelled.session); known != sessions_.end())
    expel(known->second.link, expelled.session, expelled.code, expelled.reason);
  remove_session(expelled.session);
}

void Conductor::carry_out(OpenRoom& open, const effect::SavePerson& save) {
  store_.save_person(open.room.id(), save.person, save.present, std::time(nullptr));
}

void Conductor::carry_out(OpenRoom& open, const effect::SaveLine& save) {
  store_.save_line(open.room.id(), save.line);
}

void Conductor::carry_out(OpenRoom& open, const effect::DropLine& dropped) {
  store_.drop_line(open.room.id(), dropped.id);
}

void Conductor::carry_out(OpenRoom& open, const effect::SaveRoom&) {
  store_.save_room(Rooms::stored(open.room), std::time(nullptr));
}

void Conductor::carry_out(OpenRoom& open, const effect::DeleteTrack& removed) {
  store_.delete_track(open.room.id(), removed.track.id);
  store_what_waits();
  upload_api_.review_blob(UploadKind::kTrack, removed.track.sha256);
}

void Conductor::carry_out(OpenRoom& open, const effect::SaveSheet& save) {
  store_.save_sheet(open.room.id(), save.sheet);
}

void Conductor::carry_out(OpenRoom& open, const effect::DeleteSheet& removed) {
  store_.delete_sheet(open.room.id(), removed.sheet);
}

void Conductor::carry_out(OpenRoom& open, const effect::DeleteScore& removed) {
  store_.delete_score(open.room.id(), removed.score.id);
  store_what_waits();
  upload_api_.review_blob(UploadKind::kScore, removed.score.sha256);
}

void Conductor::carry_out(OpenRoom& open, const effect::SaveMark& save) {
  store_.save_mark(open.room.id(), {save.song, save.place, save.mark});
}

void Conductor::carry_out(OpenRoom& open, const effect::ForgetMarks&) {
  store_.forget_marks(open.room.id());
}

void Conductor::carry_out(OpenRoom& open, const effect::SaveSung& save) {
  store_.save_sung(open.room.id(), {save.song, unix_now() * 1'000, save.title, save.credits, save.library_song});
}

void Conductor::carry_out(OpenRoom& open, const effect::DropSung& dropped) {
  store_.drop_sung(open.room.id(), dropped.song);
}

void Conductor::carry_out(OpenRoom&, const effect::SongOver& over) {
  upload_api_.review_blob(UploadKind::kTrack, hex(over.digest));
}

void Conductor::carry_out(OpenRoom& open, const effect::Publish&) {
  rooms_.publish(open);
}

void Conductor::carry_out(OpenRoom& open, const effect::SaveKey& saved) {
  open.key_hash = key_hash(saved.key);
  store_.save_key(open.room.id(), open.key_hash);
}

void Conductor::carry_out(OpenRoom& open, const effect::RecordSong& recorded) {
  recordings_.begin(open.room.id(), recorded.song, recorded.start, recorded.title);
}

void Conductor::carry_out(OpenRoom& open, const effect::DeleteRecording& deleted) {
  recordings_.remove(open.room.id(), deleted.recording);
}

void Conductor::carry_out(OpenRoom& open, const effect::MixAgain& again) {
  if (recordings_.mix_again(open.room.id(), again.wish)) return;
  spdlog::info("recording {} of room {} cannot be mixed again now", again.wish.recording, open.room.id());
  if (again.by) send_to({*again.by, control::Notice{phrase("recording_is_not_ready")}.to_json()});
}

void Conductor::tell_of_recordings(const std::string& room, const control::Recordings& news) {
  OpenRoom* open = rooms_.find(room);
  if (open == nullptr) return;
  Effects effects;
  open->room.tell_of_recordings(news.to_json(), effects);
  apply(*open, effects);
}

void Conductor::tell_of_empty_recording(const std::string& room) {
  OpenRoom* open = rooms_.find(room);
  if (open == nullptr) return;
  Effects effects;
  open->room.nothing_recorded(effects);
  apply(*open, effects);
}

void Conductor::carry_out(OpenRoom& open, const effect::DeleteRoom&) {
  given_up_.emplace(open.room.id(), "room_was_deleted_by_its_organiser");  // what else was decided comes first
}

void Conductor::add_session(OpenRoom& open, SessionId session, ConnectionId link) {
  sessions_[session] = {link, open.room.id()};
  ++open.links[link];
}

void Conductor::remove_session(SessionId session) {
  const auto known = sessions_.find(session);
  if (known == sessions_.end()) return;
  if (OpenRoom* open = rooms_.find(known->second.room)) {
    if (--open->links[known->second.link] == 0) open->links.erase(known->second.link);
  }
  if (const auto shard = shards_.find(known->second.link); shard != shards_.end()) shard->second.sings(session, false);
  sessions_.erase(known);
}

}  // namespace roundelay
