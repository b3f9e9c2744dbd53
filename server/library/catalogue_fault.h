// Why the catalogue does not do what it was asked for.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "server/base/sentences.h"

namespace roundelay {

struct CatalogueFault {
  enum class Kind {
    kNotThere,  // or nobody may know of it who asks
    kNotYours,
    kRefused,  // what was given makes no sense
    kUnread,   // the database could not be read or written
  };
  Kind kind = Kind::kUnread;
  Sentence said = {};
  std::string field = {};  // of the request, where it is one field's fault
};

template <typename T>
using FromCatalogue = tl::expected<T, CatalogueFault>;

[[nodiscard]] inline tl::unexpected<CatalogueFault> not_there(Sentence said) {
  return tl::unexpected(CatalogueFault{CatalogueFault::Kind::kNotThere, std::move(said)});
}
[[nodiscard]] inline tl::unexpected<CatalogueFault> not_yours(Sentence said) {
  return tl::unexpected(CatalogueFault{CatalogueFault::Kind::kNotYours, std::move(said)});
}
[[nodiscard]] inline tl::unexpected<CatalogueFault> refused(Sentence said, std::string field = {}) {
  return tl::unexpected(CatalogueFault{CatalogueFault::Kind::kRefused, std::move(said), std::move(field)});
}
[[nodiscard]] inline tl::unexpected<CatalogueFault> unread() {
  return tl::unexpected(CatalogueFault{});
}
// For authors of programs, in English alone.
[[nodiscard]] inline tl::unexpected<CatalogueFault> misread(std::string message, std::string field = {}) {
  return refused(Sentence{"", {}, std::move(message)}, std::move(field));
}

}  // namespace roundelay
