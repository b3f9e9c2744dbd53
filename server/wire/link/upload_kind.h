// What uploads are to become, as messages name them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace roundelay {

enum class UploadKind { kTrack, kScore, kProgramme };
inline constexpr std::array<std::string_view, 3> kUploadKinds = {"track", "score", "programme"};

[[nodiscard]] constexpr std::string_view name_of(UploadKind kind) {
  return kUploadKinds[static_cast<size_t>(kind)];
}
// Empty text: a track.
[[nodiscard]] constexpr std::optional<UploadKind> upload_kind(std::string_view name) {
  for (size_t i = 0; i < kUploadKinds.size(); ++i) {
    if (kUploadKinds[i] == name) return static_cast<UploadKind>(i);
  }
  return name.empty() ? std::optional(UploadKind::kTrack) : std::nullopt;
}

}  // namespace roundelay
