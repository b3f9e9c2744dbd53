// A song of the library on its way into a room: the librarian says whether it may be heard and where its file lies, the conductor
// whether it may come; then it goes on as an upload of the room does, under a second name of its file. Loop thread only.
#pragma once

#include <memory>
#include <string>

#include "server/http/library_exchange.h"
#include "server/wire/link/library_song.h"
#include "server/wire/link/upload_body.h"

namespace roundelay {

class SongToRoom final : public LibraryExchange {
 public:
  // `rooms`: the line to the conductor. `shard_files`: how the names of this shard's uploads begin.
  SongToRoom(uint64_t id, HttpRequest& request, ConductorLine& librarian, ConductorLine& rooms, uv_loop_t* loop,
             const Config& config, const std::string& shard_files)
      : LibraryExchange(id, request, librarian, loop, config),
        rooms_(rooms),
        path_(shard_files + std::to_string(id) + ".upload") {}

  void on_reply(int status, nlohmann::json&& body) override;
  // One of the two is gone: it matters if it was asked.
  void on_conductor_lost() override;
  void on_gone() override;

 private:
  enum class Step { kReading, kAskingLibrary, kAskingRoom, kLinking, kHandedOver };

  void on_json(nlohmann::json body) override;
  void on_song(int status, link::LibraryReply reply);
  void on_linked(bool there);
  // Asks the conductor; false: it is told that there is none.
  [[nodiscard]] bool ask_room(link::UploadBody::Step step);
  void refuse(int status, const nlohmann::json& body);

  ConductorLine& rooms_;
  const std::string path_;
  Step step_ = Step::kReading;
  std::string room_;
  std::string token_;  // of somebody in it
  bool entry_ = false;
  link::LibrarySong song_;
  std::string file_;
  int64_t bytes_ = 0;
  std::shared_ptr<void> linking_;
};

}  // namespace roundelay
