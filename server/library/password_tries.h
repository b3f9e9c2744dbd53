// How often somebody may try a password: of an address, and for an account from anywhere. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string>

#include "server/library/library.h"
#include "server/library/library_request.h"

namespace roundelay {

// Takes one. `account`: whose it is to be, 0 where nobody is called `name`. An address at which she is logged in counts for
// itself alone: others who try everywhere do not keep her out.
[[nodiscard]] bool may_try_password(Library& library, const LibraryRequest& request, int64_t account, const std::string& name);
// It was right: the address has its try again, since a whole choir may share one.
void password_was_right(Library& library, const std::string& address, int64_t now_ns);

}  // namespace roundelay
