// The logs of recordings, read back by a test: kept by hard links, because the worker removes them when their files are made.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace roundelay::e2e {

class RecordLogs {
 public:
  // `recordings`: the server's folder of recordings; `keep`: a folder on the same disk, made here.
  RecordLogs(std::string recordings, std::string keep);

  // Keeps what is there by now.
  void look();

  struct Content {
    std::map<uint64_t, std::map<int64_t, std::vector<uint8_t>>> packets;  // by person and position
    std::map<int64_t, std::vector<uint8_t>> mix;
    std::map<uint64_t, std::string> names;
    std::set<uint64_t> left_out;
    uint64_t dropped = 0;
    int ends = 0;
    int files = 0;
    std::string contradiction;  // two entries have different packets of one position: which
  };
  // Of the logs of this recording.
  [[nodiscard]] Content read(const std::string& recording) const;

 private:
  std::string recordings_;
  std::string keep_;
};

// The rows of the database's recordings, as "state cut".
[[nodiscard]] std::map<std::string, std::string> stored_recordings(const std::string& data_dir);

}  // namespace roundelay::e2e
