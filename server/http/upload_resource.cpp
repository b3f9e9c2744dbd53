#include "server/http/upload_resource.h"

#include <unistd.h>

#include <cmath>
#include <cstdlib>

#include "server/http/answers.h"
#include "server/http/file_disposal.h"
#include "server/http/forwarded_exchange.h"
#include "server/http/upload.h"
#include "server/wire/link/piece_place.h"
#include "server/wire/link/upload_body.h"
#include "server/wire/link/upload_gone.h"

namespace roundelay {
namespace {

link::UploadAsker asker_of(uint64_t id, const HttpRequest& request, const std::string& room) {
  return {id, room, token_of(request), request.address};
}

// One body on its way into a file: asked for, received, handed over.
class UploadExchange : public Exchange {
 public:
  // `upload`: to which a piece belongs; empty for a track in one request.
  UploadExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, uv_loop_t* loop, std::string room,
                 std::string upload)
      : Exchange(id, request, conductor), loop_(loop), room_(std::move(room)), upload_id_(std::move(upload)) {}

  // Step one: may it come?
  void begin(link::UploadBody::Step check) {
    request_.pace = HttpRequest::Pace::kUpload;
    if (!conductor_.answers()) return answer(request_, 503, conductor_away());
    // The request outlives these callbacks: on_gone() abandons the upload first.
    upload_ = std::make_shared<Upload>(
        loop_, request_.content_length,
        Upload::Events{[this](bool paused) { request_.pause_body(paused); }, [this](bool complete) { on_written(complete); }});
    // Pausing holds back only what has not been read yet: a first piece may come all the same, and waits in the upload.
    request_.pause_body(true);
    send(check);
  }
  void on_body(std::span<const uint8_t> piece) override {
    if (upload_ && !upload_->write(piece)) refuse(413, error_body("too_large", phrase("more_came_than_announced")));
  }
  void on_body_end() override {
    if (upload_) upload_->finish();
  }
  void on_reply(int status, nlohmann::json&& body) override {
    if (admitted_) return answer(request_, status, body);
    if (status != 100) return refuse(status, body);
    admitted_ = true;
    if (!let_in(body)) return refuse(503, conductor_away());
    request_.pause_body(false);
  }
  // What is being received goes on: the next conductor is asked when all has come.
  void on_conductor_lost() override {
    if (admitted_ && !handed_over_) return;
    if (handed_over_) discard();  // the next conductor does not know of it
    refuse(503, conductor_away());
  }
  void on_gone() override {
    if (!upload_ || handed_over_) return;  // the conductor removes the file once it has it
    upload_->abandon();
    if (admitted_) on_broken_off();
  }

 protected:
  // Gives the upload its place by what the conductor replied; false if that is none.
  [[nodiscard]] virtual bool let_in(const nlohmann::json& body) = 0;
  // Step two: it lies in the file.
  virtual void hand_over() = 0;
  // What was received, and nobody took.
  virtual void discard() {}
  virtual void on_broken_off() {}

  void send(link::UploadBody::Step step) {
    const link::UploadBody message{.step = step,
                                   .asker = asker_of(id_, request_, room_),
                                   .name = argument(request_.arguments, "name"),
                                   .upload = upload_id_,
                                   .offset = number_argument(request_, "offset"),
                                   .file = upload_->path(),
                                   .size = request_.content_length};
    ask(message.to_json());
  }

  uv_loop_t* const loop_;
  std::shared_ptr<Upload> upload_;

 private:
  void on_written(bool complete) {
    if (!complete) return refuse(507, error_body("busy", phrase("disk_is_full")));
    handed_over_ = true;
    hand_over();
    if (request_.answered()) discard();  // no conductor took it
  }
  // At once, whatever of the body is still to come.
  void refuse(int status, const nlohmann::json& body) {
    if (request_.answered()) return;
    if (upload_ && !handed_over_) upload_->abandon();
    answer(request_, status, body);
  }

  const std::string room_;
  const std::string upload_id_;
  bool admitted_ = false;
  bool handed_over_ = false;  // the conductor has the file
};

class TrackExchange final : public UploadExchange {
 public:
  // `shard_files`: how the names of this shard's files begin.
  TrackExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, uv_loop_t* loop, std::string room,
                const std::string& shard_files)
      : UploadExchange(id, request, conductor, loop, std::move(room), {}), path_(shard_files + std::to_string(id) + ".upload") {}

 private:
  bool let_in(const nlohmann::json& /*body*/) override {
    upload_->start({.path = path_, .file_bytes = request_.content_length});
    return true;
  }
  void hand_over() override { send(link::UploadBody::Step::kWhole); }
  void discard() override { dispose_of_file(loop_, -1, path_); }
  // A link that takes nothing any more is about to be lost, and the conductor forgets what its shard was receiving.
  void on_broken_off() override { conductor_.tell(link::UploadGone{id_}.to_json()); }

  const std::string path_;
};

// Its file stays when it breaks off: in it lie the pieces that were taken before.
class PieceExchange final : public UploadExchange {
 public:
  using UploadExchange::UploadExchange;

 private:
  bool let_in(const nlohmann::json& body) override {
    auto place = link::PiecePlace::read(body);
    if (!place) return false;
    const int64_t offset = number_argument(request_, "offset");
    upload_->start({.path = std::move(place->file), .offset = offset, .file_bytes = place->size, .piece = true});
    return true;
  }
  void hand_over() override { send(link::UploadBody::Step::kPiece); }
};

}  // namespace

void UploadResource::take_track(HttpRequest& request, const std::string& room) {
  // The conductor removes what a shard that is gone left behind, by this name.
  const std::string shard_files =
      config_.uploads_dir() + "/shard" + std::to_string(shard_) + "-" + std::to_string(getpid()) + "-";
  exchanges_.make<TrackExchange>(request, loop_, room, shard_files).begin(link::UploadBody::Step::kCheck);
}

void UploadResource::take_piece(HttpRequest& request, const std::string& room, const std::string& upload) {
  exchanges_.make<PieceExchange>(request, loop_, room, upload).begin(link::UploadBody::Step::kPieceCheck);
}

void UploadResource::ask(HttpRequest& request, link::UploadInPieces::Wish wish, const std::string& room,
                         const std::string& upload) {
  const std::string given = argument(request.arguments, "seconds");
  const std::string kind = argument(request.arguments, "kind");
  char* rest = nullptr;
  const double seconds = std::strtod(given.c_str(), &rest);
  if (wish == link::UploadInPieces::Wish::kBegin) {
    if (number_argument(request, "size") < 0)
      return answer(request, 400, error_body("bad_message", "size must be the file's size: a whole number of bytes."));
    if (*rest != '\0' || !std::isfinite(seconds) || seconds < 0)
      return answer(request, 400, error_body("bad_message", "seconds must be a number of seconds; it may be left out."));
    if (!upload_kind(kind))
      return answer(request, 400, error_body("bad_message", "kind must be track, score or programme; it may be left out."));
  }
  auto& exchange = exchanges_.make<ForwardedExchange>(request);
  const link::UploadInPieces message{.wish = wish,
                                     .asker = asker_of(exchange.id(), request, room),
                                     .name = argument(request.arguments, "name"),
                                     .size = number_argument(request, "size"),
                                     .seconds = seconds,
                                     .upload = upload,
                                     .kind = upload_kind(kind).value_or(UploadKind::kTrack)};
  exchange.forward(message.to_json());
}

}  // namespace roundelay
