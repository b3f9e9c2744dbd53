#include "server/http/conductor_line.h"

#include "server/http/health.h"

namespace roundelay {

bool ConductorLine::answers() const {
  return link_.connected() && (segment_ == nullptr || !conductor_stands(*segment_, monotonic_ns()));
}

}  // namespace roundelay
