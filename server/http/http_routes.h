// The HTTP side of a shard (PROTOCOL.md 4): one table of what is answered, and by whom. Loop thread only.
#pragma once

#include <span>

#include "mixer/segment.h"
#include "server/base/config.h"
#include "server/http/conductor_line.h"
#include "server/http/exchanges.h"
#include "server/http/library_resource.h"
#include "server/http/live_source.h"
#include "server/http/recording_resource.h"
#include "server/http/refusals.h"
#include "server/http/router.h"
#include "server/http/static_files.h"
#include "server/http/upload_resource.h"
#include "server/net/library_counts.h"

namespace roundelay {

class HttpRoutes {
 public:
  HttpRoutes(uv_loop_t* loop, const Config& config, const Segment& segment, int shard, ControlLink& link, LiveSource& live);

  // The configuration has changed: for requests from now on.
  void settings_changed();

  void on_request(HttpRequest& request);
  void on_body(HttpRequest& request, std::span<const uint8_t> piece) { exchanges_.on_body(request, piece); }
  void on_body_end(HttpRequest& request) { exchanges_.on_body_end(request); }
  void on_request_gone(HttpRequest& request) {
    refusals_.look_at(request, monotonic_ns());
    if (library_.holds(request)) return library_.on_request_gone(request);
    exchanges_.on_request_gone(request);
  }

  void every_second(int64_t now_ns) { library_.every_second(now_ns); }
  // The conductor's `reply`.
  void on_reply(link::Reply&& reply) {
    if (!exchanges_.on_reply(std::move(reply))) library_.on_conductor_reply(std::move(reply));
  }
  // The conductor went away: those who wait for it are told.
  void on_conductor_lost() {
    exchanges_.on_conductor_lost();
    library_.on_conductor_lost();
  }

 private:
  [[nodiscard]] std::vector<Route> routes(uv_loop_t* loop, const Config& config);
  void read_theme();

  uv_loop_t* loop_;
  const Config& config_;
  std::string base_path_;
  const Segment& segment_;
  ConductorLine conductor_;
  Exchanges exchanges_;
  LibraryCounts library_counts_;
  LibraryResource library_;
  LiveSource& live_;
  StaticFiles files_;
  UploadResource uploads_;
  RecordingResource recordings_;
  Router router_;
  Refusals refusals_;
};

}  // namespace roundelay
