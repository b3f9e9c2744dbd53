#include "server/jobs/tags_worker.h"

#include "server/jobs/shut_in_worker.h"
#include "server/jobs/song_tags.h"

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
  put("album_artist", tags.album_artist);
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
  return run_shut_in(in_fd, out_fd, report_fd,
                     {.limits = [](int64_t) { return kTagsSandbox; },
                      .not_shut_in = phrase("server_cannot_read_the_file"),
                      .no_memory = phrase("server_cannot_read_the_file"),
                      .work =
                          [](const WorkerDescriptors& fds) {
                            const auto tags = read_song_tags(fds.in);
                            return report(fds.report, {{"ok", true}, {"tags", json_of(tags.value_or(SongTags()))}})
                                       ? kWorkerDone
                                       : kWorkerFailed;
                          }});
}

}  // namespace roundelay
