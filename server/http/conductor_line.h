// A shard's HTTP side asks the conductor, or the librarian. Loop thread only.
#pragma once

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "mixer/segment.h"
#include "server/net/control_link.h"

namespace roundelay {

class ConductorLine {
 public:
  ConductorLine(const Segment& segment, ControlLink& link) : segment_(&segment), link_(link) {}
  // To the librarian, whose heartbeat is the supervisor's to watch.
  explicit ConductorLine(ControlLink& link) : link_(link) {}

  [[nodiscard]] bool connected() const { return link_.connected(); }
  // False while there is no link to it, or its loop stands: whoever asks is told so instead of waiting.
  [[nodiscard]] bool answers() const;
  // False when it does not answer, or the link does not take more.
  [[nodiscard]] bool ask(const nlohmann::json& message) { return answers() && link_.send(message); }
  [[nodiscard]] bool ask_line(std::string line) { return answers() && link_.send_line(std::move(line)); }
  // Something that needs no answer. Lost when the link is.
  void tell(const nlohmann::json& message) { static_cast<void>(link_.send(message)); }

 private:
  const Segment* segment_ = nullptr;
  ControlLink& link_;
};

}  // namespace roundelay
