// What a player gives with a request: the fields of the address and of a form, read as what they are meant to be. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "server/library/subsonic/answer_writers.h"
#include "server/library/subsonic/form_fields.h"
#include "server/library/subsonic/player_ids.h"
#include "server/library/subsonic/subsonic_fault.h"

namespace roundelay {

class SubsonicParameters {
 public:
  explicit SubsonicParameters(FormFields fields) : fields_(std::move(fields)) {}

  // The first of this name; empty if there is none.
  [[nodiscard]] std::string_view text(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  [[nodiscard]] FromSubsonic<std::string> required(std::string_view name) const;
  // `usual` where it is not given or no number; otherwise kept within the limits.
  [[nodiscard]] int64_t number(std::string_view name, int64_t usual, int64_t least, int64_t most) const;
  [[nodiscard]] std::optional<int64_t> number(std::string_view name) const;
  // "true" or "1", "false" or "0"; `usual` of anything else.
  [[nodiscard]] bool flag(std::string_view name, bool usual) const;
  // Nothing is there under what is no id.
  [[nodiscard]] FromSubsonic<PlayerId> id(std::string_view name) const;
  [[nodiscard]] FromSubsonic<std::vector<PlayerId>> ids(std::string_view name) const;

  // A name of a callback that is none: XML.
  [[nodiscard]] SubsonicFormat format() const;
  // Whether a client that speaks this version may be answered by 1.16.1.
  [[nodiscard]] std::optional<SubsonicFault> version_fault() const;

 private:
  FormFields fields_;
};

inline constexpr const char* kSubsonicVersion = "1.16.1";

// A password as it is given: plain, or "enc:" and hex digits.
[[nodiscard]] std::string player_password_of(std::string_view given);

}  // namespace roundelay
