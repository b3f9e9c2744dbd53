// Where the library's things lie in the data directory; the same in every process of one server.
#pragma once

#include <string>

#include "server/base/config.h"

namespace roundelay {

[[nodiscard]] inline std::string library_socket(const Config& config) {  // unix stream socket of the librarian
  return config.data_dir + "/library.sock";
}
[[nodiscard]] inline std::string library_beat(const Config& config) {  // server/net/process_beat.h
  return config.data_dir + "/library.beat";
}
[[nodiscard]] inline std::string library_counts(const Config& config) {  // server/net/library_counts.h
  return config.data_dir + "/library.counts";
}
[[nodiscard]] inline std::string library_database(const Config& config) {
  return config.data_dir + "/library.sqlite";
}
[[nodiscard]] inline std::string library_key(const Config& config) {  // of what the library keeps sealed
  return config.data_dir + "/library.key";
}
[[nodiscard]] inline std::string library_answers_dir(const Config& config) {  // answers that are too long for the link
  return config.data_dir + "/library-answers";
}
[[nodiscard]] inline std::string library_files_dir(const Config& config) {  // files of songs, named by their SHA-256
  return config.data_dir + "/library";
}

[[nodiscard]] inline std::string library_imports_dir(const Config& config) {  // tables that are taken in, and folders for them
  return library_files_dir(config) + "/imports";
}

}  // namespace roundelay
