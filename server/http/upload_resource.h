// Where tracks, scores and programmes go: /api/rooms/ROOM/tracks in one request (tracks alone), /api/rooms/ROOM/uploads and
// .../uploads/ID in pieces. The bytes are written to a file here; the conductor is asked before they come, and has the file when
// they lie in it. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

#include "server/base/config.h"
#include "server/http/exchanges.h"
#include "server/wire/link/upload_in_pieces.h"

namespace roundelay {

class UploadResource {
 public:
  UploadResource(uv_loop_t* loop, const Config& config, int shard, Exchanges& exchanges)
      : loop_(loop), config_(config), shard_(shard), exchanges_(exchanges) {}

  // A track in one request.
  void take_track(HttpRequest& request, const std::string& room);
  // A piece of an upload.
  void take_piece(HttpRequest& request, const std::string& room, const std::string& upload);
  // An upload in pieces is begun, asked after, given up: the conductor's to answer.
  void ask(HttpRequest& request, link::UploadInPieces::Wish wish, const std::string& room, const std::string& upload);

 private:
  uv_loop_t* loop_;
  const Config& config_;
  int shard_;
  Exchanges& exchanges_;
};

}  // namespace roundelay
