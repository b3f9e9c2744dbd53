// The song library over HTTP: what lies under /api/library is the librarian's to answer. Its files go from the disk to the client
// here, in ranges; a form with a file is received here too, once the librarian has said that it may come. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

#include "server/base/config.h"
#include "server/http/exchanges.h"
#include "server/net/control_link.h"
#include "server/wire/link/reply.h"

namespace roundelay {

class LibraryResource {
 public:
  static constexpr int64_t kMostBodyBytes = 262'144;  // of JSON
  static constexpr int64_t kMostFormBytes = 131'072;  // beside the file

  LibraryResource(uv_loop_t* loop, const Config& config, int shard);

  void take(HttpRequest& request);
  // The request is under way here.
  [[nodiscard]] bool holds(const HttpRequest& request) const { return exchanges_.hold(request); }
  void on_request_gone(HttpRequest& request) { exchanges_.on_request_gone(request); }

 private:
  [[nodiscard]] ControlLink::Events link_events();

  uv_loop_t* loop_;
  const Config& config_;
  int shard_;
  ControlLink link_;
  ConductorLine librarian_;
  Exchanges exchanges_;
};

}  // namespace roundelay
