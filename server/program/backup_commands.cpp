#include "server/program/backup_commands.h"

#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "server/program/backup.h"
#include "server/program/data_option.h"

namespace roundelay {
namespace {

constexpr int kNice = 10;  // songs come first

std::string what_it_holds(const BackupCounts& counts) {
  const auto of = [](size_t count, const char* one, const char* more) {
    return std::to_string(count) + " " + (count == 1 ? one : more);
  };
  char megabytes[32];
  std::snprintf(megabytes, sizeof megabytes, "%.1f MB", static_cast<double>(counts.bytes) / 1e6);
  return of(counts.tracks, "track", "tracks") + ", " + of(counts.scores, "score", "scores") + ", " +
         of(counts.recordings, "recording", "recordings") + ", " +
         (counts.songs > 0 ? of(counts.songs, "file of the library, ", "files of the library, ") : "") + megabytes;
}

void prepare_to_copy() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
  umask(0077);
  (void)setpriority(PRIO_PROCESS, 0, kNice);
}

int back_up(const std::string& file, const std::string& data_dir) {
  prepare_to_copy();
  const auto done = write_backup(data_dir, file);
  if (!done) throw std::runtime_error(done.error());
  std::printf("%s holds %s.\n", file.c_str(), what_it_holds(done->counts).c_str());
  std::printf("The server's key is in it: whoever can read it can be anybody in any room. Keep it where nobody else may read.\n");
  if (done->missing.empty()) return 0;
  std::fprintf(stderr, "roundelay: the data directory lacks what its database names, and so does the backup:\n");
  for (const std::string& path : done->missing) std::fprintf(stderr, "  %s\n", path.c_str());
  return 1;
}

void restore(const std::string& file, const std::string& data_dir) {
  prepare_to_copy();
  const auto done = restore_backup(file, data_dir);
  if (!done) throw std::runtime_error(done.error());
  std::printf("%s is restored: %s.\n", data_dir.c_str(), what_it_holds(*done).c_str());
}

}  // namespace

void add_backup_commands(CLI::App& app, int& status) {
  auto* backup = app.add_subcommand("backup", "write all that must survive into one file; the server may run and sing");
  backup->footer(
      "The file is a tar, for your eyes alone (mode 0600): rooms, tracks, scores and recordings as they are now, and the key "
      "that "
      "sessions' tokens are sealed with. It takes its name only when it is whole and synced. Settings and certificates are not "
      "in "
      "it.");
  const auto file = std::make_shared<std::string>();
  backup->add_option("FILE", *file, "where to; what is there is replaced")->required();
  const DataOption from(*backup);
  backup->callback([file, from, &status] { status = back_up(*file, from.folder()); });

  auto* restored = app.add_subcommand("restore", "fill an empty data directory from a backup");
  restored->footer(
      "Every file's hash is checked before anything is in its place; when something is wrong the folder stays empty. As root, "
      "the "
      "files become those of the folder's owner.");
  restored->add_option("FILE", *file, "what `roundelay backup` wrote")->required();
  const DataOption to(*restored);
  restored->callback([file, to] { restore(*file, to.folder()); });
}

}  // namespace roundelay
