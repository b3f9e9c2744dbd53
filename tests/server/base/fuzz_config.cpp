// Any bytes as a configuration file: refused with sentences, or settings that survive being written and read again; and as a file
// of colours.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "server/base/house_colours.h"
#include "server/base/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  if (size > 20'000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto colours = read_house_colours(text);
  if (colours ? colours->css.find('<') != std::string::npos : colours.error().empty()) std::abort();
  const ReadSettings read = read_settings(text);
  for (const std::string& error : read.errors) {
    if (error.empty() || error.size() > 600 || error.find('\n') != std::string::npos) std::abort();
  }
  (void)errors_of(read.config);
  // Texts may hold what is no UTF-8 only where the file did, and then it is refused.
  const auto written = to_json(read.config);
  const ReadSettings again = read_settings(written.dump());
  if (!again.errors.empty() || to_json(again.config) != written) std::abort();
  return 0;
}
