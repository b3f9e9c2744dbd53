// Where a page came from, as browsers say it (RFC 6454). Pure.
#pragma once

#include <string_view>

namespace roundelay {

// The Origin is a page of the host that the request names: letters' case and a port that is the scheme's own make no difference.
[[nodiscard]] bool is_own_origin(std::string_view origin, std::string_view host);
// Both name the same place, likewise.
[[nodiscard]] bool are_same_origin(std::string_view one, std::string_view other);

}  // namespace roundelay
