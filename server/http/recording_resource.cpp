#include "server/http/recording_resource.h"

#include <memory>
#include <utility>

#include "server/http/file_opening.h"
#include "server/http/forwarded_exchange.h"
#include "server/http/recording_files.h"

namespace roundelay {
namespace {

using RecordingWish = link::Recordings::Wish;

link::Recordings asked_for(const HttpRequest& request, RecordingWish wish, const std::string& room,
                           const std::string& recording) {
  link::Recordings out;
  out.wish = wish;
  out.asker = {0, room, token_of(request), request.address};
  out.pass = argument(request.arguments, "pass");
  out.recording = recording;
  return out;
}

nlohmann::json no_such_file() {
  return error_body("not_found", phrase("file_of_recording_is_gone"));
}

// Asks with the body, if there is one.
class RecordingExchange final : public ForwardedExchange {
 public:
  RecordingExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, link::Recordings asked)
      : ForwardedExchange(id, request, conductor), asked_(std::move(asked)) {}

  void begin() {
    asked_.asker.request = id_;
    if (request_.content_length <= 0) forward(asked_.to_json());
  }
  void on_body(std::span<const uint8_t> piece) override {
    body_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
  void on_body_end() override {
    asked_.body = nlohmann::json::parse(body_, nullptr, false);
    if (asked_.body.is_discarded()) return answer(request_, 400, error_body("bad_message", "The body must be JSON."));
    forward(asked_.to_json());
  }

 private:
  link::Recordings asked_;
  std::string body_;
};

class RecordingFileExchange final : public Exchange {
 public:
  RecordingFileExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, uv_loop_t* loop, std::string folder,
                        link::Recordings asked)
      : Exchange(id, request, conductor), loop_(loop), folder_(std::move(folder)), asked_(std::move(asked)) {}

  void begin() {
    asked_.asker.request = id_;
    ask(asked_.to_json());
  }
  void on_reply(int status, nlohmann::json&& body) override {
    if (status != 200) return answer(request_, status, body);
    const std::string name = text_field(body, "name").value;
    opening_ = open_file(loop_, folder_ + "/" + asked_.file,
                         [this, name](std::optional<OpenedFile> opened) { send(std::move(opened), name); });
  }
  // Once it has said yes it is not needed any more.
  void on_conductor_lost() override {
    if (!opening_) answer(request_, 503, conductor_away());
  }
  void on_gone() override { opening_.reset(); }

 private:
  void send(std::optional<OpenedFile> opened, const std::string& name) {
    if (request_.answered()) return;
    if (!opened) return answer(request_, 404, no_such_file());
    const bool download = !argument(request_.arguments, "download").empty();
    std::string headers = disposition(name, asked_.file, download);
    headers.append("vary: authorization\r\n");
    request_.respond_with_file(std::move(opened->file), opened->bytes, opened->etag,
                               std::string(*recording_file_type(asked_.file)), false, headers);
  }

  uv_loop_t* const loop_;
  const std::string folder_;
  link::Recordings asked_;
  std::shared_ptr<void> opening_;
};

}  // namespace

void RecordingResource::ask(HttpRequest& request, RecordingWish wish, const std::string& room, const std::string& recording) {
  exchanges_.make<RecordingExchange>(request, asked_for(request, wish, room, recording)).begin();
}

void RecordingResource::send_file(HttpRequest& request, const std::string& room, const std::string& recording,
                                  const std::string& file) {
  if (!is_recording_id(recording) || !recording_file_type(file)) return answer(request, 404, no_such_file());
  link::Recordings asked = asked_for(request, RecordingWish::kFile, room, recording);
  asked.file = file;
  exchanges_.make<RecordingFileExchange>(request, loop_, config_.recordings_dir() + "/" + recording, std::move(asked)).begin();
}

}  // namespace roundelay
