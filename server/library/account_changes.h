// Changes of accounts with what hangs on them. The librarian's loop only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"

namespace roundelay {

inline constexpr int kLeastPasswordCharacters = 8;
inline constexpr int kMostPasswordBytes = 1'000;
// The hash of what nobody has as password: an unknown name takes as long as a known one.
inline constexpr const char* kPasswordOfNobody =
    "$argon2id$v=19$m=65536,t=2,p=1$mCnJHWLjYZSHCfSsXc1XWg$g5KVvL1a9HJZMpp5P0p2T9MMcAOIRTQ92oFkw6jBGQ4";

// Why this cannot be a password; nothing if it can.
[[nodiscard]] std::optional<Sentence> new_password_fault(const std::string& once, const std::string& again);

// With its sessions, tokens and songs. The last admin stays. `when_removed` gets the answer that says so.
[[nodiscard]] LibraryAnswer remove_account(Library& library, int64_t id, int64_t now_s,
                                           std::function<void(LibraryAnswer&)> when_removed = {});
[[nodiscard]] LibraryAnswer give_role(Library& library, int64_t id, LibraryRole role);

}  // namespace roundelay
