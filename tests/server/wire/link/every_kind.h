// Every kind of message between processes, read and written again: for the tests of them all.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/wire/link/ack.h"
#include "server/wire/link/admit.h"
#include "server/wire/link/bye.h"
#include "server/wire/link/client.h"
#include "server/wire/link/closed.h"
#include "server/wire/link/counts.h"
#include "server/wire/link/expel.h"
#include "server/wire/link/http.h"
#include "server/wire/link/levels.h"
#include "server/wire/link/library.h"
#include "server/wire/link/live.h"
#include "server/wire/link/measure.h"
#include "server/wire/link/operator.h"
#include "server/wire/link/piece_place.h"
#include "server/wire/link/programme.h"
#include "server/wire/link/recordings.h"
#include "server/wire/link/reply.h"
#include "server/wire/link/room.h"
#include "server/wire/link/score_page.h"
#include "server/wire/link/send.h"
#include "server/wire/link/shard.h"
#include "server/wire/link/sung.h"
#include "server/wire/link/timing.h"
#include "server/wire/link/upload_body.h"
#include "server/wire/link/upload_gone.h"
#include "server/wire/link/upload_in_pieces.h"
#include "server/wire/link/words.h"

namespace roundelay::link {

// What is read, written again; nothing if it cannot be read.
using Again = std::function<std::optional<nlohmann::json>(const nlohmann::json&)>;

template <typename Message>
Again again() {
  return [](const nlohmann::json& in) -> std::optional<nlohmann::json> {
    auto message = Message::read(in);
    if (!message) return std::nullopt;
    if constexpr (requires { message->to_line(); })
      return nlohmann::json::parse(message->to_line());
    else
      return std::move(*message).to_json();
  };
}

template <typename... Messages>
std::map<std::string, Again> by_kind() {
  return {{Messages::kOp, again<Messages>()}...};
}

inline std::map<std::string, Again> all_kinds() {
  auto kinds = by_kind<Ack, Admit, Bye, Client, Closed, Expel, Http, Levels, Library, Measure, Recordings, Reply, Room, Send,
                       Sessions, Shard, Timing, UploadGone, Words, ScorePage, Programme, Operator, Live, Sung>();
  for (const std::string_view op : UploadBody::kOps) kinds[std::string(op)] = again<UploadBody>();
  for (const std::string_view op : UploadInPieces::kOps) kinds[std::string(op)] = again<UploadInPieces>();
  return kinds;
}

}  // namespace roundelay::link
