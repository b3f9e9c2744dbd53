// The version that /status and --version tell.
#pragma once

namespace roundelay {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace roundelay
