// How a client's command ends that cannot begin.
#pragma once

#include <cstdio>
#include <string>

namespace roundelay {

// Says why on standard error. Returns the program's exit code.
[[nodiscard]] inline int fail_early(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

}  // namespace roundelay
