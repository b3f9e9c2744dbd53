// Who asks, and whether the request is hers: sessions by cookie, tokens by header, and no other site's page in between. Pure but
// for the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"
#include "server/library/logins.h"

namespace roundelay {

inline constexpr std::string_view kLibraryCookie = "roundelay_library";

// The value of this name in a header Cookie (RFC 6265); empty if there is none.
[[nodiscard]] std::string_view cookie_value(std::string_view header, std::string_view name);
// The value of Set-Cookie for a session at this path; an empty secret takes the cookie away.
[[nodiscard]] std::string session_cookie(std::string_view secret, std::string_view path, bool secure,
                                         int64_t keep_s = Logins::kKeepSessionS);

// Fills in `request.account`. What is returned refuses the request: a page of another site sent it, its session's or token's
// database cannot be read, or too many come.
[[nodiscard]] std::optional<LibraryAnswer> identify(Library& library, LibraryRequest& request);

}  // namespace roundelay
