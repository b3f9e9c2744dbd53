#include "server/singer/backoff.h"

#include <algorithm>
#include <cmath>

namespace roundelay {

int64_t Backoff::next_ms() {
  const double wait = base_ms_ * (1 + kSpread * (2 * random_() - 1));
  base_ms_ = std::min(2 * base_ms_, kMostMs);
  return std::llround(wait);
}

}  // namespace roundelay
