// How the log's lines look: for people, or a JSON object a line, which systemd's journal and collectors of logs read.
#pragma once

#include <string>

namespace roundelay {

// Sets the process's log up, on standard error. `process` names it in each line; level and format as in Config.
void set_up_log(const std::string& process, const std::string& level, const std::string& format);

// True if standard error goes to systemd's journal (JOURNAL_STREAM, systemd.exec(5)).
[[nodiscard]] bool journal_reads_errors();

}  // namespace roundelay
