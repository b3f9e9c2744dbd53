// The version of the protocol that `hello` asks for and `welcome` tells.
#pragma once

namespace roundelay::control {

inline constexpr int kProtocolVersion = 1;

}  // namespace roundelay::control
