#include "server/conductor/host_counts.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <cmath>

namespace roundelay {

void count_rooms(const std::map<std::string, std::unique_ptr<OpenRoom>>& rooms, Moment now, link::Counts& counts) {
  std::vector<double> loops_ms;
  for (const auto& [id, open] : rooms) {
    const Room& room = open->room;
    ++counts.rooms;
    counts.people += room.people().connected();
    counts.singers += room.people().connected_singers();
    if (room.song_is_on(now)) ++counts.songs;
    for (const auto& [person, loop] : room.loops()) {
      const Person* singer = room.find(person);
      if (singer != nullptr && singer->session && loop.loop_ms()) loops_ms.push_back(*loop.loop_ms());
    }
  }
  count_loops(std::move(loops_ms), counts);
}

void count_loops(std::vector<double> loops_ms, link::Counts& counts) {
  counts.loops_measured = static_cast<int64_t>(loops_ms.size());
  if (loops_ms.empty()) return;
  std::sort(loops_ms.begin(), loops_ms.end());
  const auto at = [&](double share) {
    const auto index = static_cast<size_t>(share * static_cast<double>(loops_ms.size() - 1));
    return static_cast<int64_t>(std::lround(loops_ms[index]));
  };
  counts.loop_median_ms = at(0.5);
  counts.loop_worst_tenth_ms = at(0.9);
  counts.loop_worst_ms = at(1);
}

void count_disk(const std::string& data_dir, link::Counts& counts) {
  struct statvfs disk {};
  if (statvfs(data_dir.c_str(), &disk) != 0) return;
  counts.disk_bytes = static_cast<int64_t>(uint64_t{disk.f_blocks} * disk.f_frsize);
  counts.disk_left_bytes = static_cast<int64_t>(uint64_t{disk.f_bavail} * disk.f_frsize);
}

}  // namespace roundelay
