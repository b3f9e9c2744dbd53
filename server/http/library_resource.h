// The song library over HTTP: what lies under /api/library, and under /rest for music players, is the librarian's to answer. Its
// files go from the disk to the client here, in ranges; a form with a file is received here too, once the librarian has said that
// it may come. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

#include "server/base/config.h"
#include "server/http/exchanges.h"
#include "server/http/lent_files.h"
#include "server/net/control_link.h"
#include "server/wire/link/reply.h"

namespace roundelay {

class LibraryResource {
 public:
  static constexpr int64_t kMostBodyBytes = 262'144;  // of JSON, or of a player's form
  static constexpr int64_t kMostFormBytes = 131'072;  // beside the file

  // `conductor`: of songs that go into rooms. `counts`: the librarian's.
  LibraryResource(uv_loop_t* loop, const Config& config, int shard, ConductorLine& conductor, LibraryCounts& counts);

  void take(HttpRequest& request);
  // The librarian answers.
  [[nodiscard]] bool is_there() const { return librarian_.connected(); }
  // The request is under way here.
  [[nodiscard]] bool holds(const HttpRequest& request) const { return exchanges_.hold(request) || with_rooms_.hold(request); }
  void on_request_gone(HttpRequest& request) { (with_rooms_.hold(request) ? with_rooms_ : exchanges_).on_request_gone(request); }
  // The conductor's `reply`, and its end.
  void every_second(int64_t now_ns) { lent_.forget_old(now_ns); }
  void on_conductor_reply(link::Reply&& reply) { static_cast<void>(with_rooms_.on_reply(std::move(reply))); }
  void on_conductor_lost() { with_rooms_.on_conductor_lost(); }

 private:
  [[nodiscard]] ControlLink::Events link_events();
  [[nodiscard]] std::string shard_files() const;

  uv_loop_t* loop_;
  const Config& config_;
  int shard_;
  ControlLink link_;
  ConductorLine librarian_;
  ConductorLine& conductor_;
  LentFiles lent_;
  Exchanges exchanges_;
  Exchanges with_rooms_;  // those that ask the conductor too
};

}  // namespace roundelay
