// `roundelay doctor`.
#pragma once

#include <string>

#include "server/program/finding.h"

namespace CLI {
class App;
}

namespace roundelay {

// `status` becomes 1 when anything is an error.
void add_doctor_command(CLI::App& app, int& status);

[[nodiscard]] std::string findings_text(const Findings& findings);

}  // namespace roundelay
