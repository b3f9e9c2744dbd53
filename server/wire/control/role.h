// What a person does in her room: the words that stand for it in messages and in the database.
#pragma once

#include <optional>
#include <string_view>

namespace roundelay {

enum class Role { kSinger, kListener };

[[nodiscard]] constexpr std::string_view role_text(Role role) {
  return role == Role::kSinger ? "singer" : "listener";
}

// Nothing if there is no such role.
[[nodiscard]] constexpr std::optional<Role> role_from(std::string_view text) {
  if (text == role_text(Role::kSinger)) return Role::kSinger;
  if (text == role_text(Role::kListener)) return Role::kListener;
  return std::nullopt;
}

}  // namespace roundelay
