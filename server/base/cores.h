// How many processors this process may use: what its affinity leaves, and what the quota of its control groups pays for
// (containers, systemd's CPUQuota=). At start-up; any thread.
#pragma once

#include <string>

namespace roundelay {

// The lowest quota on the way from our control group to the root, in whole processors, rounded up; 0: there is none. `mounted`
// is where control groups are mounted, `of_us` the file that names ours (cgroups(7): both versions).
[[nodiscard]] int quota_cores(const std::string& mounted = "/sys/fs/cgroup", const std::string& of_us = "/proc/self/cgroup");

// At least 1.
[[nodiscard]] int usable_cores();

}  // namespace roundelay
