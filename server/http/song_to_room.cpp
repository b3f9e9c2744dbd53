#include "server/http/song_to_room.h"

#include <utility>

#include "server/http/answers.h"
#include "server/http/file_disposal.h"
#include "server/http/file_linking.h"
#include "server/wire/link/upload_gone.h"

namespace roundelay {

void SongToRoom::on_json(nlohmann::json body) {
  const auto room = text_field(body, "room");
  const auto token = text_field(body, "token");
  const auto as = text_field(body, "as");
  const bool known = !as.present || as.value == "track" || as.value == "entry";
  if (!room.given() || !token.given() || !as.valid || !known)
    return answer(
        request_, 400,
        library_failure("bad_message", "The body must have room, the token of somebody in it, and as: track or entry."));
  room_ = room.value;
  token_ = token.value;
  entry_ = as.value == "entry";
  step_ = Step::kAskingLibrary;
  ask_librarian(asked_of_library(id_, request_, config_));
}

void SongToRoom::on_reply(int status, nlohmann::json&& body) {
  if (step_ == Step::kAskingLibrary) return on_song(status, link::LibraryReply::read(std::move(body)));
  if (step_ == Step::kAskingRoom) {
    if (status != 100) return refuse(status, body);
    step_ = Step::kLinking;
    linking_ = link_file(loop_, file_, path_, [this](bool there) { on_linked(there); });
    return;
  }
  if (status >= 300) return refuse(status, body);
  answer(request_, status, {{"ok", true}, {"errors", nlohmann::json::array()}, {"data", body}});
}

void SongToRoom::on_song(int status, link::LibraryReply reply) {
  if (reply.file.empty()) return answer_as_told(request_, status, std::move(reply));
  auto song = link::LibrarySong::read(reply.body);
  const auto bytes = link::natural_field(reply.body, "bytes");
  if (!song || !bytes) return answer(request_, 503, librarian_away());
  song_ = *std::move(song);
  song_.entry = entry_;
  file_ = std::move(reply.file);
  bytes_ = static_cast<int64_t>(*bytes);
  step_ = Step::kAskingRoom;
  static_cast<void>(ask_room(link::UploadBody::Step::kCheck));
}

void SongToRoom::on_linked(bool there) {
  linking_.reset();
  if (request_.answered()) {
    if (there) dispose_of_file(loop_, -1, path_);
    return;
  }
  if (!there) {
    rooms_.tell(link::UploadGone{id_}.to_json());
    return answer(request_, 507, library_failure("busy", phrase("disk_is_full")));
  }
  step_ = Step::kHandedOver;
  if (!ask_room(link::UploadBody::Step::kWhole)) dispose_of_file(loop_, -1, path_);
}

bool SongToRoom::ask_room(link::UploadBody::Step step) {
  const link::UploadBody message{.step = step,
                                 .asker = {id_, room_, token_, request_.address},
                                 .name = song_.title,
                                 .upload = {},
                                 .file = path_,
                                 .size = bytes_,
                                 .song = song_};
  if (rooms_.ask(message.to_json())) return true;
  refuse(503, conductor_away());
  return false;
}

void SongToRoom::refuse(int status, const nlohmann::json& body) {
  const auto error = body.find("error");
  answer(request_, status, library_failed(error == body.end() ? nlohmann::json::object() : *error));
}

void SongToRoom::on_conductor_lost() {
  if (step_ == Step::kAskingLibrary && !conductor_.connected()) return answer(request_, 503, librarian_away());
  if ((step_ != Step::kAskingRoom && step_ != Step::kHandedOver) || rooms_.connected()) return;
  if (step_ == Step::kHandedOver) dispose_of_file(loop_, -1, path_);  // the next one does not know of it
  refuse(503, conductor_away());
}

void SongToRoom::on_gone() {
  if (step_ == Step::kLinking || step_ == Step::kAskingRoom) rooms_.tell(link::UploadGone{id_}.to_json());
  linking_.reset();
  LibraryExchange::on_gone();
}

}  // namespace roundelay
