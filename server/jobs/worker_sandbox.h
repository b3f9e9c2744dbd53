// Takes away from the calling process all that the decoding of one untrusted file does not need. For a short-lived worker of one
// thread; there is no way back.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tl/expected.hpp>

namespace roundelay {

struct SandboxLimits {
  int64_t cpu_seconds = 180;
  int64_t memory_bytes = 256'000'000;  // of address space, beyond what the process has already
  int64_t file_bytes = 100'000'000;    // no file may be written beyond this
};

// Afterwards the process has the descriptors in `keep` (each above 2) and /dev/null as 0, 1 and 2 (with a sanitizer, 2 stays),
// cannot gain privileges, runs at nice 10, and may only use memory, the time, and the descriptors that it has. Opening a file to
// read, or asking after one, fails with EACCES; any other system call kills it (SIGSYS), as does running out of processor time
// (SIGXCPU) or too large a file (SIGXFSZ). Memory beyond the limit makes allocations fail. The error says which step failed; the
// process should then end.
[[nodiscard]] tl::expected<void, std::string> enter_sandbox(std::span<const int> keep, const SandboxLimits& limits);

}  // namespace roundelay
