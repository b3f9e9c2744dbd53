// The worker: a short-lived process that makes a track of an upload, shut in by worker_sandbox.h, so that a hole in a decoder
// harms nobody.
#pragma once

#include "codec/track.h"
#include "server/jobs/worker_report.h"

namespace roundelay {

// Call from the single thread of a fresh process, which must then end by _exit() with what this returns. `in_fd`: the upload, a
// file to read. `out_fd`: the blob, an empty file to read and write. `report_fd`: blocking, to write; gets one JSON object a
// line:
//   {"progress":0.42}                                            now and then, growing
//   {"ok":true,"seconds":..,"channels":..,"loudness":..,"source_rate":..,"format":"..","bytes":..,"sha256":".."}   at the end;
//   the hash is of the blob, in lower-case hex; the loudness in LUFS, null of silence
//   {"ok":false,"error":"a sentence for the singer"}             or this
// Returns kWorkerDone, kWorkerRefused or kWorkerFailed (worker_report.h); kWorkerBrokeSentence is what to tell when there is no
// last line.
inline constexpr char kWorkerBrokeSentence[] = "The file could not be decoded: it is damaged. Please export or copy it again.";

[[nodiscard]] int run_worker(int in_fd, int out_fd, int report_fd, const TrackLimits& limits);

}  // namespace roundelay
