#include "server/room/effects.h"

#include <utility>

#include "server/wire/control/notice.h"

namespace roundelay {

effect::ToRoom notice(Sentence sentence) {
  return {control::Notice{std::move(sentence)}.to_json()};
}

}  // namespace roundelay
