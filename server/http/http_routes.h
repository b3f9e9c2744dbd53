// The HTTP side of a shard (PROTOCOL.md 4): the page from memory, /healthz, /status and /metrics, /api/ handed on to the
// conductor, and uploads into files. Loop thread only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "mixer/segment.h"
#include "server/base/config.h"
#include "server/http/static_files.h"
#include "server/http/upload.h"
#include "server/net/control_link.h"
#include "server/net/web_server.h"
#include "server/wire/link/reply.h"
#include "server/wire/link/upload_body.h"

namespace roundelay {

// Where tracks go: /api/rooms/ROOM/tracks in one request, /api/rooms/ROOM/uploads and .../uploads/ID in pieces.
struct UploadPlace {
  std::string room;
  bool pieces = false;
  std::string id = {};  // of the upload; empty: one is to be begun
};
[[nodiscard]] std::optional<UploadPlace> upload_place(std::string_view path);

class HttpRoutes {
 public:
  HttpRoutes(uv_loop_t* loop, const Config& config, const Segment& segment, int shard, ControlLink& link);
  ~HttpRoutes();

  void on_request(HttpRequest& request);
  void on_body(HttpRequest& request, std::span<const uint8_t> piece);
  void on_body_end(HttpRequest& request);
  void on_request_gone(HttpRequest& request);

  // The conductor's `reply`.
  void on_reply(const link::Reply& reply);
  // The conductor went away: those who wait for it are told.
  void on_conductor_lost();

 private:
  enum class Kind { kApi, kStatus, kMetrics, kUpload };
  struct Exchange {
    uint64_t id = 0;
    Kind kind = Kind::kApi;
    HttpRequest* request = nullptr;
    std::string body;   // of an API request
    UploadPlace place;  // of an upload
    std::string file_name;
    int64_t offset = 0;  // of a piece
    std::shared_ptr<Upload> upload;
    bool admitted = false;
    bool handed_over = false;  // the conductor has the file
  };

  void on_pieces_request(HttpRequest& request, const UploadPlace& place);
  void begin_upload(HttpRequest& request, const UploadPlace& place);
  void ask_of_upload(Exchange& exchange, link::UploadBody::Step step);
  [[nodiscard]] static link::UploadAsker asker_of(const Exchange& exchange);
  void ask_for(Exchange& exchange, const char* method, const std::string& path, nlohmann::json body = nullptr);
  void on_upload_admitted(Exchange& exchange, const nlohmann::json& body);
  static void discard(const Exchange& exchange);
  void hand_over(Exchange& exchange);
  void refuse(Exchange& exchange, int status, const nlohmann::json& body);
  void ask(Exchange& exchange, const nlohmann::json& message);
  void answer(HttpRequest& request, int status, const nlohmann::json& body, bool close = false);
  void answer_health(HttpRequest& request);
  // False while there is no link to it, or its loop stands: whoever asks is told so instead of waiting.
  [[nodiscard]] bool conductor_answers() const;
  // `counts`: what the conductor counts; null while it is away.
  void answer_metrics(HttpRequest& request, const nlohmann::json& counts);
  [[nodiscard]] nlohmann::json status_of_shards() const;
  Exchange& make_exchange(HttpRequest& request, Kind kind);

  uv_loop_t* loop_;
  const Config& config_;
  const Segment& segment_;
  int shard_;
  ControlLink& link_;
  StaticFiles files_;
  int64_t started_ns_;
  uint64_t next_id_ = 1;
  std::map<uint64_t, std::unique_ptr<Exchange>> exchanges_;
};

// The value of `name` among "name=value" strings; empty if there is none.
[[nodiscard]] std::string argument(const std::vector<std::string>& arguments, const std::string& name);
// {"error": {"code", "message"}}
[[nodiscard]] nlohmann::json error_body(const std::string& code, const std::string& message);

}  // namespace roundelay
