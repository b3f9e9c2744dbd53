// The path under which the server is, "/" or, for instance behind a proxy that serves other things too, "/sing/". Pure; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace roundelay {

// As operators write it ("sing", "/sing", "/a/b/"), with a slash at both ends; the error is a sentence.
[[nodiscard]] tl::expected<std::string, std::string> checked_base_path(std::string_view text);
// "/r/abc" of "/sing/r/abc"; nothing when the path is not below.
[[nodiscard]] std::optional<std::string> below_base(std::string_view path, std::string_view base);

}  // namespace roundelay
