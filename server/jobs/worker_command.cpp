#include "server/jobs/worker_command.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <string>
#include <utility>

#include "codec/track.h"
#include "server/jobs/cover_worker.h"
#include "server/jobs/opus_worker.h"
#include "server/jobs/programme_worker.h"
#include "server/jobs/render_worker.h"
#include "server/jobs/score_worker.h"
#include "server/jobs/tags_worker.h"
#include "server/jobs/waveform_worker.h"
#include "server/jobs/worker_main.h"

namespace roundelay {

void add_worker_command(CLI::App& app) {
  CLI::App* worker = app.add_subcommand("worker", "")->group("");
  worker->require_subcommand(1);
  CLI::App* decode = worker->add_subcommand("decode", "");
  auto limits = std::make_shared<TrackLimits>();
  decode->add_option("--max-bytes", limits->max_bytes);
  decode->add_option("--max-seconds", limits->max_seconds);
  constexpr int kReportFd = 3;
  // The sandbox does not let the process unwind as others do.
  decode->callback([limits] { _exit(run_worker(STDIN_FILENO, STDOUT_FILENO, kReportFd, *limits)); });
  CLI::App* score = worker->add_subcommand("score", "");
  auto score_limits = std::make_shared<ScoreLimits>();
  score->add_option("--max-bytes", score_limits->max_bytes);
  score->add_option("--max-pages", score_limits->max_pages);
  score->add_option("--cpu-seconds", score_limits->cpu_seconds);
  score->callback([score_limits] { _exit(run_score_worker(STDIN_FILENO, STDOUT_FILENO, kReportFd, *score_limits)); });
  worker->add_subcommand("tags", "")->callback([] {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // whoever comes after its librarian begins anew
    _exit(run_tags_worker(STDIN_FILENO, STDOUT_FILENO, kReportFd));
  });
  worker->add_subcommand("waveform", "")->callback([] {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    _exit(run_waveform_worker(STDIN_FILENO, STDOUT_FILENO, kReportFd));
  });
  CLI::App* opus = worker->add_subcommand("opus", "");
  auto kbits = std::make_shared<int>(0);
  opus->add_option("kbits", *kbits)->required();
  opus->callback([kbits] {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    _exit(run_opus_worker(STDIN_FILENO, STDOUT_FILENO, kReportFd, *kbits));
  });
  for (const auto& [name, source] : {std::pair("cover", CoverSource::kSong), std::pair("picture", CoverSource::kPicture)}) {
    worker->add_subcommand(name, "")->callback([source = source] {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      _exit(run_cover_worker(STDIN_FILENO, STDOUT_FILENO, kReportFd, source));
    });
  }
  CLI::App* programme = worker->add_subcommand("programme", "");
  auto zip_limits = std::make_shared<ProgrammeZipLimits>();
  programme->add_option("--max-bytes", zip_limits->most_bytes);
  programme->add_option("--max-seconds", zip_limits->most_seconds);
  programme->callback([zip_limits] { _exit(run_programme_worker(STDIN_FILENO, STDOUT_FILENO, kReportFd, *zip_limits)); });

  struct Rendering {
    std::string folder;
    bool quick = false;
  };
  CLI::App* render = worker->add_subcommand("render", "");
  auto rendering = std::make_shared<Rendering>();
  render->add_option("folder", rendering->folder)->required();
  render->add_flag("--quick", rendering->quick);
  render->callback([rendering] {
    // It may be made to stand still while singing needs the machine: then it must not outlive who would let it go on.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    _exit(run_render_worker(rendering->folder, kReportFd, rendering->quick));
  });
}

}  // namespace roundelay
