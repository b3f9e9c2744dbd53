// One room under load: leads it through its songs, step by step, or watches somebody else lead. One thread (the loop's).
#pragma once

#include <cstdint>
#include <vector>

#include "server/load/load_client.h"
#include "server/load/load_options.h"

namespace roundelay {

class LoadRoom {
 public:
  LoadRoom(const LoadOptions& options, bool sings) : options_(options), over_(!sings) {}

  void add(LoadClient& client) { clients_.push_back(&client); }  // the first one leads

  // Every few ms once all have joined. Asks for what comes next, if it is time.
  void step(int64_t now_ms);
  void stop();  // the song, if one lasts, and no further one

  [[nodiscard]] bool over() const { return over_; }
  [[nodiscard]] bool sang() const { return songs_begun_ > 0; }
  // The current song is heard in all buckets, since so many ms; below 0: it is not.
  [[nodiscard]] int64_t heard_everywhere_ms(int64_t now_ms) const;

 private:
  enum class Step { kWait, kLead, kStart, kLeadIn, kSong, kEnd };
  void take_song();
  void ask_for_song();

  const LoadOptions& options_;
  std::vector<LoadClient*> clients_;
  Step step_ = Step::kWait;
  int64_t since_ms_ = -1;  // of this step
  int64_t last_bucket_ms_ = 0;
  int songs_begun_ = 0;
  bool stopping_ = false;
  bool over_;
};

}  // namespace roundelay
