// `roundelay worker render DIR`: makes the files of the recording in DIR from its logs (server/render), and removes the logs when
// those are synced. If all are there: makes the mix that somebody asked for in `mix-again.json`; otherwise the ZIP that
// somebody asked for in `pack.json`. Killed at any moment and started again, it makes the same files.
//
// What decodes and encodes is shut in by worker_sandbox.h: it can do nothing but read and write the files that were opened
// before. A small process beside it, which looks at no sound, gives the finished files their names.
#pragma once

#include <string>

namespace roundelay {

// Call from the single thread of a fresh process, which must then end by _exit() with what this returns: kWorkerDone,
// kWorkerRefused (nothing can be made of these logs) or kWorkerFailed (try again later). `report_fd`: blocking, to write; gets
// one JSON object a line:
//   {"progress":0.42}                            now and then, growing
//   {"quick":true}                               quick.opus can be played
//   {"ok":true}                                  at the end
//   {"ok":false,"error":"a sentence"}            or this
// `quick_only`: no more than quick.opus is made; takes a second for an hour of song, and no sandbox, because nothing is decoded.
[[nodiscard]] int run_render_worker(const std::string& folder, int report_fd, bool quick_only);

}  // namespace roundelay
