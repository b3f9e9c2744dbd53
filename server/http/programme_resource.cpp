#include "server/http/programme_resource.h"

#include <memory>
#include <utility>

#include "server/http/answers.h"
#include "server/http/file_disposal.h"
#include "server/http/file_opening.h"
#include "server/http/json_exchange.h"
#include "server/http/recording_files.h"
#include "server/wire/link/piece_place.h"
#include "server/wire/link/programme.h"

namespace roundelay {
namespace {

nlohmann::json programme_not_sent() {
  return error_body("busy", phrase("programme_not_written"));
}

class ProgrammeFileExchange final : public Exchange {
 public:
  ProgrammeFileExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, uv_loop_t* loop)
      : Exchange(id, request, conductor), loop_(loop) {}

  void begin(const std::string& room) {
    ask(link::Programme{.wish = link::Programme::Wish::kExport, .asker = {id_, room, token_of(request_), request_.address}}
            .to_json());
  }
  void on_reply(int status, nlohmann::json&& body) override {
    if (status != 200) return answer(request_, status, body);
    const auto place = link::PiecePlace::read(body);
    if (!place) return answer(request_, 503, conductor_away());
    const std::string name = text_field(body, "name").value;
    opening_ = open_file(loop_, place->file, [this, path = place->file, name](std::optional<OpenedFile> opened) {
      dispose_of_file(loop_, -1, path);  // it is sent from what is open
      send(std::move(opened), name);
    });
  }
  void on_conductor_lost() override {
    if (!opening_) answer(request_, 503, conductor_away());
  }
  void on_gone() override { opening_.reset(); }

 private:
  void send(std::optional<OpenedFile> opened, const std::string& name) {
    if (request_.answered()) return;
    if (!opened) return answer(request_, 503, programme_not_sent());
    std::string headers = disposition(name, "programme.zip", true);
    headers.append("vary: authorization\r\n");
    request_.respond_with_file(std::move(opened->file), opened->bytes, opened->etag, "application/zip", false, headers);
  }

  uv_loop_t* const loop_;
  std::shared_ptr<void> opening_;
};

class ProgrammeCopyExchange final : public JsonExchange {
 public:
  ProgrammeCopyExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, std::string room)
      : JsonExchange(id, request, conductor), room_(std::move(room)) {}

 private:
  void send(const char* /*method*/, nlohmann::json body) override {
    forward(link::Programme{link::Programme::Wish::kCopy, {id_, room_, token_of(request_), request_.address}, std::move(body)}
                .to_json());
  }

  const std::string room_;
};

}  // namespace

void answer_programme_file(HttpRequest& request, uv_loop_t* loop, Exchanges& exchanges, const std::string& room) {
  exchanges.make<ProgrammeFileExchange>(request, loop).begin(room);
}

void answer_programme_copy(HttpRequest& request, Exchanges& exchanges, const std::string& room) {
  exchanges.make<ProgrammeCopyExchange>(request, room).begin();
}

}  // namespace roundelay
