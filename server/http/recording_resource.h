// The recordings of a room over HTTP (PROTOCOL.md 4.4): their list, their files, what is made of them. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

#include "server/base/config.h"
#include "server/http/exchanges.h"
#include "server/wire/link/recordings.h"

namespace roundelay {

class RecordingResource {
 public:
  RecordingResource(uv_loop_t* loop, const Config& config, Exchanges& exchanges)
      : loop_(loop), config_(config), exchanges_(exchanges) {}

  // The conductor's to answer. `recording`: its id; empty for the list.
  void ask(HttpRequest& request, link::Recordings::Wish wish, const std::string& room, const std::string& recording);
  // A file of one: whether it may be had is the conductor's to say, the bytes come from here.
  void send_file(HttpRequest& request, const std::string& room, const std::string& recording, const std::string& file);

 private:
  uv_loop_t* loop_;
  const Config& config_;
  Exchanges& exchanges_;
};

}  // namespace roundelay
