// With what somebody logged in, as she would call it, from the header User-Agent. A pure function.
#pragma once

#include <string>
#include <string_view>

namespace roundelay {

struct Device {
  static constexpr size_t kMostCharacters = 40;  // of each, ASCII

  std::string browser = {};  // "Firefox", or what another program calls itself: "curl"; empty: it does not say
  std::string system = {};   // "Android"; empty likewise
};

[[nodiscard]] Device device_of(std::string_view user_agent);

}  // namespace roundelay
