// What a shard and the conductor say to each other (INTERNALS.md), but for what clients say: who is here, what was measured; and
// what the conductor says, to whom it concerns. Loop thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <nlohmann/json.hpp>

#include "mixer/segment.h"
#include "server/shard/housekeeping.h"
#include "server/shard/session_table.h"
#include "server/shard/stages.h"
#include "server/wire/link/admit.h"
#include "server/wire/link/expel.h"
#include "server/wire/link/levels.h"
#include "server/wire/link/measure.h"
#include "server/wire/link/reply.h"
#include "server/wire/link/room.h"
#include "server/wire/link/send.h"

namespace roundelay {

class LinkMessages {
 public:
  // What they act upon; all of it outlives them.
  struct Parts {
    const Segment& segment;
    int shard;
    const SessionTable& sessions;
    Stages& stages;
  };
  // `on_reply` hears the answers to requests.
  LinkMessages(const Parts& parts, std::function<void(link::Reply&&)> on_reply);

  // The first messages of a connection: who is here.
  [[nodiscard]] std::vector<nlohmann::json> greeting() const;
  // What was found in a second, in messages that are not too long. `capacity`: in singers.
  [[nodiscard]] static std::vector<nlohmann::json> measures(const Housekeeping::Findings& findings, double load, int capacity);

  // How loud the singers are of the rooms that somebody watches, a message for each. Nothing is done while there is none.
  [[nodiscard]] std::vector<nlohmann::json> levels() const;

  // A message of the conductor. One that cannot be read is logged, and left out.
  void hear(nlohmann::json message);

  static constexpr size_t kSessionsPerLine = 500;   // some 150 KB
  static constexpr size_t kRowsPerMeasure = 2'000;  // some 100 KB

 private:
  template <typename Message>
  static bool hear_as(LinkMessages& self, nlohmann::json message);
  void on(const link::Send& send);
  void on(const link::Room& room);
  void on(link::Admit admit);
  void on(link::Expel expel);
  void on(link::Reply&& reply);

  Parts parts_;
  std::function<void(link::Reply&&)> on_reply_;
};

}  // namespace roundelay
