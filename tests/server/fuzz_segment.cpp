// Nonsense in shared memory, and all who read it. The input is the script of SpoiltSegment.
#include "tests/server/spoilt_segment.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static roundelay::SpoiltSegment segment;
  segment.run({data, size});
  return 0;
}
