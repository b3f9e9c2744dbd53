// Names as they are compared: two that read alike have one key. Pure.
#pragma once

#include <string>
#include <string_view>

namespace roundelay {

// NFKC_Casefold of Unicode: "Ａnna" and "ANNA" are "anna". Empty if it is not UTF-8.
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace roundelay
