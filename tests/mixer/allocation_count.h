// Counts every operator new of the test program, on all threads.
#pragma once

#include <cstdint>

namespace roundelay::test_parts {

[[nodiscard]] int64_t allocation_count();

}  // namespace roundelay::test_parts
