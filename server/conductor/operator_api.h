// What the operator asks from a terminal (wire/link/operator.h): how the server does, which rooms there are, what becomes of one.
// On the conductor's loop only.
#pragma once

#include <functional>
#include <string>

#include "mixer/segment.h"
#include "server/base/config.h"
#include "server/conductor/api_answer.h"
#include "server/wire/link/counts.h"
#include "server/wire/link/operator.h"

namespace roundelay {

class OperatorApi {
 public:
  struct Parts {
    const Config& config;
    const Segment& segment;
    Rooms& rooms;
    Store& store;
    ApiClock clock;
    ApiApply apply;
    std::function<link::Counts()> counts;
    // The room is to end with all that it has, at the end of this turn; it need not be in use.
    std::function<void(const std::string& room)> delete_room;
  };
  explicit OperatorApi(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] ApiAnswer answer(const link::Operator& asked);

 private:
  [[nodiscard]] ApiAnswer status() const;
  [[nodiscard]] nlohmann::json shards() const;
  // What can be seen of a room in use.
  [[nodiscard]] nlohmann::json live(const OpenRoom& open) const;
  [[nodiscard]] ApiAnswer rooms(const std::string& after) const;
  [[nodiscard]] ApiAnswer room(const StoredRoom& stored) const;
  [[nodiscard]] ApiAnswer delete_room(const StoredRoom& stored, bool now) const;
  [[nodiscard]] ApiAnswer organiser_link(const StoredRoom& stored) const;

  Parts parts_;
};

}  // namespace roundelay
