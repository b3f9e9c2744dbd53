#include "server/shard/housekeeping.h"

#include <algorithm>
#include <cmath>

namespace roundelay {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr int64_t kHelloWithinNs = 10 * kSecondNs;
constexpr int64_t kAdmittedWithinNs = 60 * kSecondNs;  // hellos that were refused do not keep a connection for ever
constexpr double kLatePercent = 0.1;                   // a singer with more is given one block a message

double tenths(double value) {
  return std::round(value * 10) / 10;
}

}  // namespace

void Housekeeping::visit_due_sessions(int64_t block, int64_t now_ns, int told_every_s) {
  for (Session* session : turns_[static_cast<size_t>(block % kTurns)])
    visit(*session, Position{} + Blocks{block}, block / kTurns, now_ns, told_every_s);
}

void Housekeeping::visit(Session& session, Position now, int64_t second, int64_t now_ns, int told_every_s) {
  const int64_t age_ns = now_ns - session.opened_ns();
  if (!session.greeted && age_ns > kHelloWithinNs) {
    session.socket().close(4003, "no hello came");
  } else if (session.greeted && !session.admitted() && age_ns > kAdmittedWithinNs) {
    // Refused again and again; or nobody was there to hear it, which is not her fault.
    if (conductor_is_there_) session.socket().close(4003, "no hello was accepted");
    if (!conductor_is_there_) session.socket().close(1001, "the server is restarting");
  }
  VoiceInput* voice = session.voice();
  if (voice == nullptr) return;
  ++findings_.singers;
  findings_.singers_messages += 50.0 / session.batch();
  const LoopMeter::Reading reading = voice->meter().read();
  if (second % half_window_s_ == 0) voice->meter().turn();
  session.judge_probes(reading);
  if (reading.late_percent > kLatePercent && policy_.pinned == 0) session.batch_by(1);
  const double late = tenths(reading.late_percent);
  if (second % told_every_s == 0) session.tell_loop(reading, late);
  if (const auto timing = session.visit_timing(now)) findings_.timings.push_back(*timing);
  if (reading.blocks == 0) return;
  const double level_db = tenths(20 * std::log10(std::max(voice->take_peak(), 1e-5F)));
  findings_.rows.push_back({session.id(), reading.loop_ms, late, level_db, reading.blocks});
}

}  // namespace roundelay
