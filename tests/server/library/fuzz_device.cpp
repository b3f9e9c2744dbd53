// Anything as a header User-Agent: its names are short, and nothing but letters and the like.
#include <cstdint>
#include <cstdlib>

#include "server/library/device.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  const Device device = device_of({reinterpret_cast<const char*>(data), size});
  for (const std::string& name : {device.browser, device.system}) {
    if (name.size() > Device::kMostCharacters) std::abort();
    for (const char c : name)
      if (c < ' ' || c > '~' || c == '<') std::abort();
  }
  return 0;
}
