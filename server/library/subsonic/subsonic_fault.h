// Why a player's request is not answered as it was meant: a number of the API, and a sentence for whoever sees it.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "server/library/catalogue_fault.h"

namespace roundelay {

struct SubsonicFault {
  static constexpr int kGeneric = 0;
  static constexpr int kMissing = 10;      // a parameter that is needed
  static constexpr int kClientIsOld = 20;  // of another version of the API
  static constexpr int kServerIsOld = 30;
  static constexpr int kWrongPassword = 40;
  static constexpr int kConflict = 43;  // several proofs of who asks
  static constexpr int kWrongApiKey = 44;
  static constexpr int kNotAllowed = 50;
  static constexpr int kNotThere = 70;
  static constexpr int kShelfIsUnread = -1;  // told to no player: whoever gets it has more read first, and asks again

  int code = kGeneric;
  std::string message = {};
};

template <typename T>
using FromSubsonic = tl::expected<T, SubsonicFault>;

[[nodiscard]] inline tl::unexpected<SubsonicFault> subsonic_fault(int code, std::string message) {
  return tl::unexpected(SubsonicFault{code, std::move(message)});
}
[[nodiscard]] inline tl::unexpected<SubsonicFault> nothing_there() {
  return subsonic_fault(SubsonicFault::kNotThere, "There is nothing of this id.");
}
[[nodiscard]] inline tl::unexpected<SubsonicFault> library_is_away() {
  return subsonic_fault(SubsonicFault::kGeneric, phrase("library_is_unread").text);
}
[[nodiscard]] inline tl::unexpected<SubsonicFault> shelf_is_unread() {
  return subsonic_fault(SubsonicFault::kShelfIsUnread, phrase("library_is_unread").text);
}
// As the catalogue's fault is told to players.
[[nodiscard]] inline tl::unexpected<SubsonicFault> told(const CatalogueFault& fault) {
  using Kind = CatalogueFault::Kind;
  if (fault.kind == Kind::kUnread) return library_is_away();
  const int code = fault.kind == Kind::kNotThere   ? SubsonicFault::kNotThere
                   : fault.kind == Kind::kNotYours ? SubsonicFault::kNotAllowed
                                                   : SubsonicFault::kGeneric;
  return subsonic_fault(code, fault.said.text);
}

}  // namespace roundelay
