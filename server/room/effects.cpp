#include "server/room/effects.h"

#include <utility>

#include "server/wire/control/notice.h"

namespace roundelay {

effect::ToRoom notice(std::string message) {
  return {control::Notice{std::move(message)}.to_json()};
}

}  // namespace roundelay
