// What a worker tells about its work, as JSON lines, and what it tells with: parts that all kinds of workers share. In the
// worker's process, inside the sandbox and before it.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "codec/sound_fault.h"
#include "server/base/sentences.h"

namespace roundelay {

// What a worker's process ends with. The last line of its report is {"ok":true, ...} or {"ok":false,"error":"a sentence for
// the singer"}. No last line, or an end by a signal, means that the file broke its reader or a limit.
inline constexpr int kWorkerDone = 0;
inline constexpr int kWorkerRefused = 1;  // the upload is at fault
inline constexpr int kWorkerFailed = 2;   // the server is

// One line. False if nobody reads any more.
bool report(int fd, const nlohmann::json& message);
// The last line, of what has failed, with its code and values. `result`, or kWorkerFailed if nobody reads any more. `reason`: of
// the system, for the server's log; empty: there is none.
[[nodiscard]] int report_error(int fd, const Sentence& said, int result, const std::string& reason = {});

// The same of a sound file that is at fault, in the words of the table.
[[nodiscard]] int report_sound_fault(int fd, const SoundFault& fault);

// The descriptor as a number above 2, as the sandbox wants it; -1 if it is not open.
[[nodiscard]] int raised(int fd);

struct BlobSum {
  int64_t bytes = 0;
  std::string sha256;  // hex, in lower case
};
// Of a whole file; nothing if it cannot be read.
[[nodiscard]] std::optional<BlobSum> sum_of(int fd);

}  // namespace roundelay
