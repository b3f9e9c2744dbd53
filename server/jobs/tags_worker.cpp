#include "server/jobs/tags_worker.h"

#include <algorithm>
#include <array>
#include <new>

#include "server/jobs/song_tags.h"
#include "server/jobs/worker_sandbox.h"

namespace roundelay {
namespace {

constexpr size_t kMostTagsJson = 60'000;
constexpr SandboxLimits kTagsSandbox{.cpu_seconds = 20, .memory_bytes = 300'000'000, .file_bytes = 1'000};

nlohmann::json json_of(const SongTags& tags) {
  nlohmann::json out = nlohmann::json::object();
  const auto put = [&](const char* name, const auto& value) {
    if constexpr (requires { value.empty(); }) {
      if (!value.empty()) out[name] = value;
    } else if (value) {
      out[name] = *value;
    }
  };
  put("title", tags.title);
  put("artist", tags.artist);
  put("album", tags.album);
  put("genre", tags.genre);
  put("key", tags.key);
  put("language", tags.language);
  put("licence", tags.licence);
  put("words", tags.words);
  put("disc", tags.disc);
  put("track", tags.track);
  put("year", tags.year);
  put("tempo_bpm", tags.tempo_bpm);
  put("length_ms", tags.length_ms);
  // A report is a line of 64 KB at most, and JSON writes some characters as six.
  if (out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).size() > kMostTagsJson) out.erase("words");
  return out;
}

}  // namespace

int run_tags_worker(int in_fd, int out_fd, int report_fd) {
  const std::array<int, 3> fds = {raised(in_fd), raised(out_fd), raised(report_fd)};
  if (std::find(fds.begin(), fds.end(), -1) != fds.end()) return kWorkerFailed;
  if (auto shut = enter_sandbox(fds, kTagsSandbox); !shut) {
    return report_error(fds[2], phrase("server_cannot_read_the_file"), kWorkerFailed, shut.error());
  }
  try {
    const auto tags = read_song_tags(fds[0]);
    return report(fds[2], {{"ok", true}, {"tags", json_of(tags.value_or(SongTags()))}}) ? kWorkerDone : kWorkerFailed;
  } catch (const std::bad_alloc&) {
    return report_error(fds[2], phrase("server_cannot_read_the_file"), kWorkerRefused);
  }
}

}  // namespace roundelay
