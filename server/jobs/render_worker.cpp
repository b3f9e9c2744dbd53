#include "server/jobs/render_worker.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "server/jobs/render_folder.h"
#include "server/jobs/worker_main.h"
#include "server/jobs/worker_sandbox.h"
#include "server/render/beside.h"
#include "server/render/mix_again.h"
#include "server/render/render.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {
namespace {

using nlohmann::json;
using render::RecordingLogs;

constexpr char kTracksFile[] = "tracks.json";
constexpr char kWishFile[] = "mix-again.json";
constexpr int kLockFd = 4;  // held for as long as we run
constexpr int64_t kMemoryBytes = 1'500'000'000;
constexpr int64_t kFileBytes = int64_t{1} << 42;
constexpr double kProgressStep = 0.01;
constexpr char kDone = 'd';

using Result = tl::expected<void, std::string>;

class Report {
 public:
  explicit Report(int fd) : fd_(fd) {}

  void tell(const json& message) const {
    const std::string line = message.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    for (size_t done = 0; done < line.size();) {
      const ssize_t n = write(fd_, line.data() + done, line.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return;  // nobody reads: the files are made all the same
      done += static_cast<size_t>(n);
    }
  }
  void progress(double share) {
    if (share < told_ + kProgressStep) return;
    told_ = share;
    tell({{"progress", std::min(share, 1.0)}});
  }
  int failed(const std::string& sentence, int result) const {
    tell({{"ok", false}, {"error", sentence}});
    return result;
  }

 private:
  int fd_;
  double told_ = 0;
};

int with_reason(const Report& report, const std::string& reason) {
  return report.failed("The files of this recording could not be written (" + reason + ").", kWorkerFailed);
}

// The process that gives files their names. It waits for one byte; ends without it if the other process ends.
class Filer {
 public:
  // Forks. `removed` are the names that go when the others are there.
  static tl::expected<Filer, std::string> start(RenderFolder& folder, const std::vector<std::string>& removed) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
      return tl::unexpected<std::string>(std::strerror(errno));
    const pid_t pid = fork();
    if (pid < 0) return tl::unexpected<std::string>(std::strerror(errno));
    if (pid == 0) {
      close(ends[0]);
      file(folder, removed, ends[1]);
    }
    close(ends[1]);
    return Filer(ends[0]);
  }

  [[nodiscard]] int fd() const { return fd_; }
  // The files are whole. The error is the system's word for what failed.
  [[nodiscard]] Result finish() const {
    if (write(fd_, &kDone, 1) != 1) return tl::unexpected<std::string>(std::strerror(errno));
    std::string answer(200, '\0');
    const ssize_t n = read(fd_, answer.data(), answer.size());
    if (n <= 0) return tl::unexpected<std::string>("the process that names files ended");
    answer.resize(static_cast<size_t>(n));
    if (answer[0] == kDone) return {};
    return tl::unexpected(answer);
  }

 private:
  explicit Filer(int fd) : fd_(fd) {}

  [[noreturn]] static void file(RenderFolder& folder, const std::vector<std::string>& removed, int fd) {
    char word = 0;
    ssize_t n = 0;
    do {
      n = read(fd, &word, 1);
    } while (n < 0 && errno == EINTR);
    if (n != 1 || word != kDone) {
      folder.drop_all();
      _exit(kWorkerFailed);
    }
    const auto kept = folder.keep_all();
    if (kept) folder.remove(removed);
    const std::string answer = kept ? std::string(1, kDone) : kept.error();
    (void)!write(fd, answer.data(), answer.size());
    _exit(kWorkerDone);
  }

  int fd_;
};

Result shut_in(const RenderFolder& folder, int report_fd, const Filer& filer, int64_t cpu_seconds) {
  std::vector<int> keep = folder.descriptors();
  keep.push_back(report_fd);
  keep.push_back(filer.fd());
  if (fcntl(kLockFd, F_GETFD) >= 0) keep.push_back(kLockFd);
  std::set<int> each(keep.begin(), keep.end());
  keep.assign(each.begin(), each.end());
  return enter_sandbox(keep, {.cpu_seconds = cpu_seconds, .memory_bytes = kMemoryBytes, .file_bytes = kFileBytes});
}

// Decoding and encoding take a hundredth of the sound's time; a machine may be ten times slower.
int64_t cpu_seconds_for(int64_t packets, int64_t blocks) {
  return 600 + packets / 500 + blocks / 50;
}

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

Result make_quick(RenderFolder& folder, const RecordingLogs& logs, const RecordingLogs::Beside& beside, const Report& report) {
  if (beside.mix.empty()) return {};
  const auto fd = folder.create("quick.opus");
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

int make_files(RenderFolder& folder, const std::vector<std::string>& names, Report& report, int report_fd, bool quick_only) {
  const auto fds = open_logs(folder, names);
  if (!fds) return with_reason(report, fds.error());
  auto logs = RecordingLogs::survey(*fds);
  if (!logs) return report.failed(logs.error(), kWorkerRefused);
  const RecordingLogs::Beside beside = logs->places_beside();
  if (const auto quick = make_quick(folder, *logs, beside, report); !quick) {
    folder.drop_all();
    return with_reason(report, quick.error());
  }
  if (quick_only) return kWorkerDone;
  auto files = create_files(folder, *logs, beside);
  if (!files) return with_reason(report, files.error());
  const auto filer = Filer::start(folder, names);
  if (!filer) return with_reason(report, filer.error());
  int64_t packets = 0;
  for (const auto& singer : logs->singers()) packets += singer.packets;
  if (const auto shut = shut_in(folder, report_fd, *filer, cpu_seconds_for(packets, logs->blocks())); !shut)
    return with_reason(report, shut.error());
  const auto made = render::render_recording(*logs, beside, *files, names, [&](double share) { report.progress(share); });
  if (!made) return with_reason(report, made.error());
  if (const auto finished = filer->finish(); !finished) return with_reason(report, finished.error());
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

int make_again(RenderFolder& folder, const json& tracks, const json& wish, Report& report, int report_fd) {
  const auto mixed = wished_tracks(folder, tracks, wish);
  if (!mixed) return with_reason(report, mixed.error());
  const auto flac = folder.create("again.flac");
  const auto opus = folder.create("again.opus");
  const auto scratch = folder.scratch();
  if (!flac || !opus || !scratch) {
    folder.drop_all();
    return with_reason(report, !flac ? flac.error() : !opus ? opus.error() : scratch.error());
  }
  const auto filer = Filer::start(folder, {kWishFile});
  if (!filer) return with_reason(report, filer.error());
  const auto blocks = static_cast<int64_t>(tracks.at("seconds").get<double>() * 50);
  const auto packets = blocks * static_cast<int64_t>(mixed->size());
  if (const auto shut = shut_in(folder, report_fd, *filer, cpu_seconds_for(packets, blocks)); !shut)
    return with_reason(report, shut.error());
  const auto made = render::mix_again(*mixed, {*flac, *opus, *scratch}, [&](double share) { report.progress(share); });
  if (!made) return with_reason(report, made.error());
  if (const auto finished = filer->finish(); !finished) return with_reason(report, finished.error());
  return kWorkerDone;
}

int work(const std::string& path, Report& report, int report_fd, bool quick_only) {
  allow_many_files();
  auto folder = RenderFolder::open(path);
  if (!folder) return with_reason(report, folder.error());
  folder->sweep();
  const std::vector<std::string> logs = folder->logs();
  const auto tracks = folder->read_json(kTracksFile);
  if (tracks && !logs.empty() && was_made_of(*tracks, logs)) {
    folder->remove(logs);  // killed when all was made
    return kWorkerDone;
  }
  if (!logs.empty()) return make_files(*folder, logs, report, report_fd, quick_only);
  if (!tracks) return report.failed("There is nothing left of this recording.", kWorkerRefused);
  const auto wish = quick_only ? std::nullopt : folder->read_json(kWishFile);
  return wish ? make_again(*folder, *tracks, *wish, report, report_fd) : kWorkerDone;
}

}  // namespace

int run_render_worker(const std::string& folder, int report_fd, bool quick_only) {
  Report report(report_fd);
  int result = kWorkerFailed;
  try {
    result = work(folder, report, report_fd, quick_only);
  } catch (const std::bad_alloc&) {
    return with_reason(report, "out of memory");
  } catch (const json::exception& error) {
    return report.failed(std::string("The list of this recording's tracks is damaged: ") + error.what(), kWorkerRefused);
  }
  if (result == kWorkerDone) report.tell({{"ok", true}});
  return result;
}

}  // namespace roundelay
