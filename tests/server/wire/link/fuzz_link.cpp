// Whatever comes over a link between processes: each line of the input is read as every kind of message. What can be read is
// written, and that is read and written to the same bytes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/wire/link/enclosed.h"
#include "tests/server/wire/link/every_kind.h"

namespace roundelay::link {
namespace {

void read_line(std::string_view line) {
  static const std::map<std::string, Again> kKinds = all_kinds();
  const nlohmann::json message = message_of(line);
  for (const auto& [kind, again] : kKinds) {
    const auto written = again(message);
    if (!written) continue;
    const auto same = again(*written);
    if (!same || line_of(*same) != line_of(*written)) std::abort();
  }
}

}  // namespace
}  // namespace roundelay::link

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    roundelay::link::read_line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return 0;
}
