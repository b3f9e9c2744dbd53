// Settings that change while the server runs: which they are says the table (settings.h). The supervisor reads the configuration
// anew and hands it on in a file of the data directory; conductor and shards take from it on SIGHUP, between two turns of their
// loops, what may change.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/config.h"

namespace roundelay {

struct ChangedSettings {
  std::vector<std::string_view> live;     // keys of those that may change now
  std::vector<std::string_view> restart;  // of those that need a restart
};
[[nodiscard]] ChangedSettings changed_settings(const Config& before, const Config& now);
// `to` with the settings of `from` that may change.
void take_live_settings(Config& to, const Config& from);

[[nodiscard]] std::string handed_on_file(const Config& config);
// False where it cannot be written. It is whole or as it was.
[[nodiscard]] bool hand_on(const Config& config);
// Takes what may change from the file. False where there is none: nothing has changed since this process was started.
bool take_what_was_handed_on(Config& config);
// A server begins, or ends.
void forget_what_was_handed_on(const Config& config);

}  // namespace roundelay
