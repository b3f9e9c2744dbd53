#include "server/base/cores.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace roundelay {
namespace {

namespace fs = std::filesystem;

// "MICROSECONDS PERIOD"; "max" or -1 is no quota. Zero: none, or the file is not there.
int cores_of_quota(std::istream& in) {
  double quota_us = 0;
  double period_us = 0;
  if (!(in >> quota_us >> period_us) || quota_us <= 0 || period_us <= 0) return 0;
  return std::max(1, static_cast<int>(std::min(std::ceil(quota_us / period_us), 1e6)));
}

int quota_of_version_2(const fs::path& folder) {
  std::ifstream in(folder / "cpu.max");
  return cores_of_quota(in);
}

int quota_of_version_1(const fs::path& folder) {
  std::ifstream quota(folder / "cpu.cfs_quota_us");
  std::ifstream period(folder / "cpu.cfs_period_us");
  std::stringstream both;
  both << quota.rdbuf() << ' ' << period.rdbuf();
  return cores_of_quota(both);
}

int lower(int one, int other) {
  return one == 0 || other == 0 ? std::max(one, other) : std::min(one, other);
}

// From `mounted`/`group` up to `mounted`. A container often sees the names of its host, which are not mounted there: then the
// nearest folder that is.
template <typename Quota>
int lowest_quota(const fs::path& mounted, const std::string& group, Quota&& quota_of) {
  int lowest = 0;
  for (fs::path below = fs::path(group).relative_path();; below = below.parent_path()) {
    lowest = lower(lowest, quota_of(mounted / below));
    if (below.empty()) return lowest;
  }
}

}  // namespace

int quota_cores(const std::string& mounted, const std::string& of_us) {
  int lowest = 0;
  std::ifstream in(of_us);
  // A line each: "NUMBER:CONTROLLERS:GROUP", without controllers in version 2.
  for (std::string line; std::getline(in, line);) {
    const size_t first = line.find(':');
    const size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    std::string controllers = ",";
    controllers.append(line, first + 1, second - first - 1).append(",");
    const std::string group = line.substr(second + 1);
    if (controllers == ",,") {
      for (const char* mount : {"", "unified"})
        lowest = lower(lowest, lowest_quota(fs::path(mounted) / mount, group, quota_of_version_2));
    } else if (controllers.find(",cpu,") != std::string::npos) {
      for (const char* mount : {"cpu", "cpu,cpuacct"})
        lowest = lower(lowest, lowest_quota(fs::path(mounted) / mount, group, quota_of_version_1));
    }
  }
  return lowest;
}

int usable_cores() {
  cpu_set_t ours;
  CPU_ZERO(&ours);
  // Fails on machines of more than 1,024 processors: then all of them are counted.
  const int allowed =
      sched_getaffinity(0, sizeof ours, &ours) == 0 ? CPU_COUNT(&ours) : static_cast<int>(std::thread::hardware_concurrency());
  return std::max(1, lower(allowed, quota_cores()));
}

}  // namespace roundelay
