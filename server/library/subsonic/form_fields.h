// What stands behind a question mark or in the body of a form (application/x-www-form-urlencoded): names and values. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roundelay {

inline constexpr size_t kMostFormFields = 30'000;

using FormFields = std::vector<std::pair<std::string, std::string>>;

// In their order; a plus is a space. What is not encoded as it should be stays as it is, what is not UTF-8 is left out, and so
// are fields beyond kMostFormFields.
[[nodiscard]] FormFields form_fields(std::string_view text);

}  // namespace roundelay
