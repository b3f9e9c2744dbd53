// Goes through all singers' packets once: each one's packets into her file, her sound into the choir. So many singers at a time
// as their places fit into memory; what the sums of several goes are is kept in a file in between.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/render/choir.h"
#include "server/render/recording_logs.h"

namespace roundelay::render {

struct SingerFile {
  size_t singer = 0;   // of RecordingLogs::singers()
  int number = 1;      // of the track
  int fd = -1;         // empty, to write
  int64_t blocks = 0;  // written: what she sang
};

class VoicesPass {
 public:
  // A block of the choir is complete: the sum, and that of the next block.
  using Mixed = std::function<tl::expected<void, std::string>(int64_t block, const Choir::Sum& now, const Choir::Sum& next)>;
  using Progress = std::function<void(double)>;

  // `scratch`: an empty file to read and write. `most_places`: of blocks of all singers who are read at a time.
  VoicesPass(RecordingLogs& logs, int scratch, int64_t most_places = kMostPlaces)
      : logs_(logs), scratch_(scratch), most_places_(most_places) {}

  // Each singer's `blocks` is filled in. The error is the system's word for it.
  [[nodiscard]] tl::expected<void, std::string> run(std::vector<SingerFile>& files, const Mixed& mixed, const Progress& progress);

  static constexpr int64_t kMostPlaces = 24'000'000;  // 192 MB: 200 singers for 40 minutes in one go

 private:
  struct Go {
    std::span<SingerFile> files;
    bool first = false;
    bool last = false;
  };
  tl::expected<void, std::string> one_go(const Go& go, const Mixed& mixed, const Progress& progress);
  tl::expected<void, std::string> keep(int64_t block, const Choir::Sum& sum) const;
  tl::expected<void, std::string> add_kept(int64_t block, Choir::Sum& sum) const;

  RecordingLogs& logs_;
  int scratch_;
  int64_t most_places_;
};

}  // namespace roundelay::render
