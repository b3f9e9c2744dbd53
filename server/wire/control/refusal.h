// Why something was refused: a code of PROTOCOL.md 3.2 and a sentence.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "server/base/sentences.h"

namespace roundelay {

struct Refusal {
  std::string code;
  std::string message;
  // Of server/base/sentences.h; empty where it is for authors of clients.
  std::string sentence_code{};
  nlohmann::json values{};

  [[nodiscard]] Sentence sentence() const { return {sentence_code, values, message}; }
};

// For authors of clients.
[[nodiscard]] inline tl::unexpected<Refusal> refuse(std::string code, std::string message) {
  return tl::unexpected(Refusal{std::move(code), std::move(message)});
}

// For people.
[[nodiscard]] inline tl::unexpected<Refusal> refuse(std::string code, Sentence said) {
  return tl::unexpected(Refusal{std::move(code), std::move(said.text), std::move(said.code), std::move(said.values)});
}

namespace control {

// A command that was read, or why it makes no sense.
template <typename T>
using Asked = tl::expected<T, Refusal>;

}  // namespace control
}  // namespace roundelay
