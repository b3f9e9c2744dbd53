// The reference of all settings: Markdown, made from the table. server/CONFIGURATION.md is this text.
#pragma once

#include <string>

namespace roundelay {

[[nodiscard]] std::string settings_page();

}  // namespace roundelay
