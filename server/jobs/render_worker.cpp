#include "server/jobs/render_worker.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "codec/file_view.h"
#include "server/jobs/render_folder.h"
#include "server/jobs/render_pack.h"
#include "server/jobs/render_process.h"
#include "server/jobs/worker_main.h"
#include "server/render/beside.h"
#include "server/render/mix_again.h"
#include "server/render/render.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {
namespace {

using nlohmann::json;
using render::RecordingLogs;

constexpr char kQuickFile[] = "quick.opus";
constexpr char kTracksFile[] = "tracks.json";
constexpr char kWishFile[] = "mix-again.json";

using Result = tl::expected<void, std::string>;

void allow_many_files() {
  struct rlimit limit {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

// Made of these logs, or of more: some may be removed already.
bool was_made_of(const json& tracks, const std::vector<std::string>& logs) {
  const auto made = tracks.find("logs");
  if (made == tracks.end() || !made->is_array()) return false;
  return std::all_of(logs.begin(), logs.end(),
                     [&](const std::string& log) { return std::find(made->begin(), made->end(), json(log)) != made->end(); });
}

tl::expected<std::vector<int>, std::string> open_logs(RenderFolder& folder, const std::vector<std::string>& names) {
  std::vector<int> fds;
  for (const std::string& name : names) {
    const auto fd = folder.open_to_read(name);
    if (!fd) return tl::unexpected(fd.error());
    fds.push_back(*fd);
  }
  return fds;
}

// The mix as it was heard has all voices in it: where somebody wishes to be left out there is none.
Result make_quick(RenderFolder& folder, const RecordingLogs& logs, const RecordingLogs::Beside& beside,
                  const RenderReport& report) {
  if (beside.mix.empty() || render::left_out_of(logs) > 0) return {};
  const auto fd = folder.create(kQuickFile);
  if (!fd) return tl::unexpected(fd.error());
  if (auto written = render::write_beside(logs, beside.mix, *fd, wire::kMixDelaySamples, "Mix"); !written) return written;
  if (auto kept = folder.keep_all(); !kept) return kept;
  report.tell({{"quick", true}});
  return {};
}

tl::expected<render::RenderFiles, std::string> create_files(RenderFolder& folder, const RecordingLogs& logs,
                                                            const RecordingLogs::Beside& beside) {
  render::RenderFiles files;
  std::string failure;
  const auto create = [&](const std::string& name) {
    const auto fd = folder.create(name);
    if (!fd) failure = fd.error();
    return fd.value_or(-1);
  };
  int number = 0;
  for (const size_t singer : render::singers_with_tracks(logs)) {
    ++number;
    files.singers.push_back({.singer = singer, .number = number, .fd = create(render::track_name_of(number) + ".opus")});
  }
  if (!beside.track.empty()) files.track = create("backing.opus");
  if (!beside.metronome.empty()) files.metronome = create("metronome.opus");
  files.flac = create("mix.flac");
  files.opus = create("mix.opus");
  files.waveform = create("waveform.json");
  files.tracks = create(kTracksFile);  // the last one: when it is there, all are
  for (int* scratch : {&files.scratch_sums, &files.scratch_mix}) {
    const auto fd = folder.scratch();
    if (!fd) failure = fd.error();
    *scratch = fd.value_or(-1);
  }
  if (!failure.empty()) {
    folder.drop_all();
    return tl::unexpected(failure);
  }
  return files;
}

int make_files(RenderFolder& folder, const std::vector<std::string>& names, RenderReport& report, bool quick_only) {
  const auto fds = open_logs(folder, names);
  if (!fds) return report.not_written(fds.error());
  auto logs = RecordingLogs::survey(*fds);
  if (!logs) return report.failed(logs.error(), kWorkerRefused);
  const RecordingLogs::Beside beside = logs->places_beside();
  if (const auto quick = make_quick(folder, *logs, beside, report); !quick) {
    folder.drop_all();
    return report.not_written(quick.error());
  }
  if (quick_only) return kWorkerDone;
  auto files = create_files(folder, *logs, beside);
  if (!files) return report.not_written(files.error());
  std::vector<std::string> removed = names;
  removed.emplace_back(kQuickFile);
  const auto filer = RenderFiler::start(folder, removed);
  if (!filer) return report.not_written(filer.error());
  int64_t packets = 0;
  for (const auto& singer : logs->singers()) packets += singer.packets;
  if (const auto shut = shut_in(folder, report, *filer, packets, logs->blocks()); !shut) return report.not_written(shut.error());
  const auto made = render::render_recording(*logs, beside, *files, names, [&](double share) { report.progress(share); });
  if (!made) return report.not_written(made.error());
  if (const auto finished = filer->finish(); !finished) return report.not_written(finished.error());
  return kWorkerDone;
}

// What somebody wants of a track; as it was sung, if it is not among the wishes.
json wish_for(const json& wish, const std::string& track) {
  const auto tracks = wish.find("tracks");
  if (tracks == wish.end() || !tracks->is_array()) return json::object();
  for (const json& each : *tracks) {
    if (each.is_object() && each.value("track", "") == track) return each;
  }
  return json::object();
}

tl::expected<std::vector<render::MixedTrack>, std::string> wished_tracks(RenderFolder& folder, const json& tracks,
                                                                         const json& wish) {
  std::vector<render::MixedTrack> mixed;
  std::string failure;
  const auto add = [&](const json& track, const std::string& name) {
    const json wanted = wish_for(wish, name);
    if (wanted.value("muted", false)) return;
    const auto fd = folder.open_to_read(track.at("file").get<std::string>());
    if (!fd) failure = fd.error();
    mixed.push_back({fd.value_or(-1), wanted.value("gain_db", track.value("gain_db", 0.0)), wanted.value("balance", 0.0)});
  };
  for (const json& track : tracks.at("tracks")) add(track, track.at("track").get<std::string>());
  if (tracks.at("backing").is_object()) add(tracks.at("backing"), "backing");
  if (!failure.empty()) return tl::unexpected(failure);
  return mixed;
}

int make_again(RenderFolder& folder, const json& tracks, const json& wish, RenderReport& report) {
  const auto mixed = wished_tracks(folder, tracks, wish);
  if (!mixed) return report.not_written(mixed.error());
  const auto flac = folder.create("again.flac");
  const auto opus = folder.create("again.opus");
  const auto scratch = folder.scratch();
  if (!flac || !opus || !scratch) {
    folder.drop_all();
    return report.not_written(!flac ? flac.error() : !opus ? opus.error() : scratch.error());
  }
  const auto filer = RenderFiler::start(folder, {kWishFile});
  if (!filer) return report.not_written(filer.error());
  const auto blocks = static_cast<int64_t>(tracks.at("seconds").get<double>() * 50);
  const auto packets = blocks * static_cast<int64_t>(mixed->size());
  if (const auto shut = shut_in(folder, report, *filer, packets, blocks); !shut) return report.not_written(shut.error());
  const auto made = render::mix_again(*mixed, {*flac, *opus, *scratch}, [&](double share) { report.progress(share); });
  if (!made) return report.not_written(made.error());
  if (const auto finished = filer->finish(); !finished) return report.not_written(finished.error());
  return kWorkerDone;
}

// Logs that came when all was made: from a shard whose disk stood still before it took anything. What was made of the others is
// not made anew without them: these are set aside, and the recording says that a part of it is missing.
Result set_aside(RenderFolder& folder, json& tracks, const std::vector<std::string>& logs) {
  tracks["cut"] = true;
  const auto fd = folder.create(kTracksFile);
  if (!fd) return tl::unexpected(fd.error());
  const std::string text = tracks.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  if (!write_at(*fd, 0, {reinterpret_cast<const uint8_t*>(text.data()), text.size()})) {
    const int failure = errno;
    folder.drop_all();
    return tl::unexpected<std::string>(std::strerror(failure));
  }
  if (auto kept = folder.keep_all(); !kept) return kept;
  return folder.set_aside(logs);
}

int work(const std::string& path, RenderReport& report, bool quick_only) {
  allow_many_files();
  auto folder = RenderFolder::open(path);
  if (!folder) return report.not_written(folder.error());
  folder->sweep();
  std::vector<std::string> logs = folder->logs();
  auto tracks = folder->read_json(kTracksFile);
  if (tracks && !logs.empty()) {
    const bool made = was_made_of(*tracks, logs);
    if (made) logs.emplace_back(kQuickFile);
    if (made) folder->remove(logs);  // killed when all was made
    if (const auto aside = made ? Result() : set_aside(*folder, *tracks, logs); !aside) return report.not_written(aside.error());
    logs.clear();
  }
  if (!logs.empty()) return make_files(*folder, logs, report, quick_only);
  if (!tracks) return report.failed("There is nothing left of this recording.", kWorkerRefused);
  const auto wish = quick_only ? std::nullopt : folder->read_json(kWishFile);
  if (wish) return make_again(*folder, *tracks, *wish, report);
  const auto pack = quick_only ? std::nullopt : folder->read_json(kPackWishFile);
  return pack ? make_pack(*folder, *tracks, *pack, report) : kWorkerDone;
}

}  // namespace

int run_render_worker(const std::string& folder, int report_fd, bool quick_only) {
  RenderReport report(report_fd);
  int result = kWorkerFailed;
  try {
    result = work(folder, report, quick_only);
  } catch (const std::bad_alloc&) {
    return report.not_written("out of memory");
  } catch (const json::exception& error) {
    return report.failed(std::string("The list of this recording's tracks is damaged: ") + error.what(), kWorkerRefused);
  }
  if (result == kWorkerDone) report.tell({{"ok", true}});
  return result;
}

}  // namespace roundelay
