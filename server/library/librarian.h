// The librarian: hears from shards what clients ask of the song library, and lets its handlers answer. No sound passes here, and
// songs go on without it. Owned by the process body (run_librarian), on one libuv loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/base/config.h"
#include "server/jobs/passwords.h"
#include "server/library/checkpoints.h"
#include "server/library/cover_making.h"
#include "server/library/covers.h"
#include "server/library/derived_files.h"
#include "server/library/importer.h"
#include "server/library/job_runner.h"
#include "server/library/lent_answers.h"
#include "server/library/librarian_counts.h"
#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"
#include "server/library/long_answers.h"
#include "server/library/subsonic/subsonic.h"
#include "server/library/unknown_files.h"
#include "server/library/uploading_songs.h"
#include "server/net/control_server.h"
#include "server/net/process_beat.h"
#include "server/wire/link/library.h"

namespace roundelay {

class Librarian {
 public:
  // The folders, the database, the socket. Throws std::runtime_error or filesystem_error. `config` outlives it.
  // `worker`: the program and arguments of workers.
  Librarian(uv_loop_t* loop, const Config& config, std::vector<std::string> worker);
  ~Librarian();
  Librarian(const Librarian&) = delete;
  Librarian& operator=(const Librarian&) = delete;

 private:
  struct Caller {
    ConnectionId link = 0;
    uint64_t request = 0;
    bool encloses = false;  // it takes a text behind the message (enclosed.h)
  };
  struct FileToKeep {
    Caller caller;
    LibraryRequest request;
    std::string path;
  };
  void on_object(ConnectionId link, nlohmann::json object);
  void on(const Caller& caller, link::Library message);
  // Of a form with a file, before it is there.
  void on_the_way(const Caller& caller, link::Library message, LibraryMethod method);
  void answer(const Caller& caller, const LibraryAnswer& answer);
  void answer_at_length(const Caller& caller, const LibraryAnswer& answer);
  void send(const Caller& caller, int status, link::LibraryReply reply);
  void look_at_password(const Caller& caller, const LibraryAnswer& answer);
  void password_checked(const std::string& same, bool fits);
  // One file after the other, so that none is thrown away that another upload has just brought again.
  void keep_next_file();
  void file_kept(std::optional<ReceivedFile> file);
  // Apart from the other files, which do not wait for what is made of a picture.
  void take_picture(FileToKeep picture);
  // Of files that lost their last song, or that no song has taken.
  void throw_away_files();
  // Tables are taken in between what is asked.
  void go_on_importing();
  void on_imported(Importer::Next next);
  // The same, when files came for it.
  void imported(Importer::Next next);
  void tidy_folder();
  void mark_folder();
  [[nodiscard]] bool has_row(const std::string& hash);
  void tick();

  static constexpr uint64_t kTickMs = 100;
  static constexpr size_t kMostFilesWaiting = 256;

  uv_loop_t* loop_;
  LibraryDatabase database_;
  Checkpoints checkpoints_;
  LibrarySettings settings_;
  Library library_{database_, settings_};
  LibraryFolder folder_{database_, settings_.files_dir};
  DerivedFiles derived_{database_, settings_.files_dir};
  Covers covers_{database_};
  CoverMaking cover_making_;
  Subsonic subsonic_{library_};
  UploadingSongs uploading_{database_};
  LongAnswers long_answers_;
  ProcessBeat beat_;
  LibrarianCounts counts_;
  LentAnswers lent_{database_, counts_.all()};
  Passwords passwords_;
  // Those who wait for the same comparison (PasswordWork::same).
  std::unordered_map<std::string, std::vector<std::pair<Caller, std::shared_ptr<PasswordWork>>>> checked_together_;
  std::deque<FileToKeep> files_;  // the first one is being kept
  std::shared_ptr<void> keeping_;
  Importer importer_;
  JobRunner jobs_;
  std::shared_ptr<void> linking_;  // a file for it
  bool picturing_ = false;         // a cover is being made for it
  ControlServer control_;
  UvHandle<uv_timer_t> timer_;
  UvHandle<uv_timer_t> import_timer_;  // until the next slice, while there is one
  int64_t tidied_ns_ = 0;
};

// The process body of `roundelay librarian`: runs until SIGTERM; returns the exit status. Throws std::runtime_error with a
// sentence, or StartFailure, when it cannot start.
int run_librarian(const Config& config);

}  // namespace roundelay
