// Why something was refused: a code of PROTOCOL.md 3.2 and a sentence.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace roundelay {

struct Refusal {
  std::string code;
  std::string message;
};

[[nodiscard]] inline tl::unexpected<Refusal> refuse(std::string code, std::string message) {
  return tl::unexpected(Refusal{std::move(code), std::move(message)});
}

namespace control {

// A command that was read, or why it makes no sense.
template <typename T>
using Asked = tl::expected<T, Refusal>;

}  // namespace control
}  // namespace roundelay
