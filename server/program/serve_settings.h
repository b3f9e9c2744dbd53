// The configuration of `roundelay serve`, from its file and its options, as often as it is read. The supervisor's process alone.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/settings.h"

namespace roundelay {

struct ServeSettings {
  struct Option {
    const Setting* setting;
    std::string value;
  };
  std::string file;             // of --config; empty: none
  std::vector<Option> options;  // that were given: they win

  // Reads the file anew. The error holds a sentence for each thing that is wrong.
  [[nodiscard]] tl::expected<Config, std::string> read() const;
};

// The folder of the built page: in the build tree, in the source tree, or where it was installed. Empty: it was not found.
[[nodiscard]] std::string find_web_dir();

// What is wrong with the page's folder, with what to do; empty: nothing.
[[nodiscard]] std::string page_error(const std::string& web_dir);

// A configuration file's text, and what is wrong with it. A file that cannot be read is an error too.
[[nodiscard]] ReadSettings read_settings_file(const std::string& file);

}  // namespace roundelay
