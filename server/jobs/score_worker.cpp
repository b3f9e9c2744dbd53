#include "server/jobs/score_worker.h"

#include "server/jobs/shut_in_worker.h"

namespace roundelay {
namespace {

SandboxLimits score_sandbox(const ScoreLimits& limits) {
  SandboxLimits sandbox;
  sandbox.cpu_seconds = limits.cpu_seconds;
  // The largest picture before and after it was scaled, with what a decoder keeps of it.
  sandbox.memory_bytes = 700'000'000;
  sandbox.file_bytes = 200'000'000;
  return sandbox;
}

int work_on_score(int in_fd, int out_fd, int report_fd, const ScoreLimits& limits) {
  const auto pages = make_score(in_fd, out_fd, limits, [&](double share) { (void)report(report_fd, {{"progress", share}}); });
  if (!pages) return report_error(report_fd, pages.error(), kWorkerRefused);
  const auto sum = sum_of(out_fd);
  if (!sum) return report_error(report_fd, phrase("score_not_stored"), kWorkerFailed);
  nlohmann::json told = nlohmann::json::array();
  for (const MadePage& page : *pages) told.push_back({page.offset, page.bytes, page.width, page.height});
  return report(report_fd, {{"ok", true}, {"pages", std::move(told)}, {"bytes", sum->bytes}, {"sha256", sum->sha256}})
             ? kWorkerDone
             : kWorkerFailed;
}

}  // namespace

int run_score_worker(int in_fd, int out_fd, int report_fd, const ScoreLimits& limits) {
  return run_shut_in(in_fd, out_fd, report_fd,
                     {.limits = [&](int64_t) { return score_sandbox(limits); },
                      .not_shut_in = phrase("score_not_stored"),
                      .no_memory = phrase("score_needs_too_much_memory"),
                      .work = [&](const WorkerDescriptors& fds) { return work_on_score(fds.in, fds.out, fds.report, limits); }});
}

}  // namespace roundelay
