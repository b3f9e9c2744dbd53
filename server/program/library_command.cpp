#include "server/program/library_command.h"

#include <signal.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "server/base/library_paths.h"
#include "server/base/unix_time.h"
#include "server/library/accounts.h"
#include "server/library/folder_import.h"
#include "server/library/imports.h"
#include "server/net/process_beat.h"
#include "server/program/data_access.h"
#include "server/program/data_option.h"

namespace roundelay {
namespace {

constexpr auto kLookEvery = std::chrono::milliseconds(200);

struct ImportOptions {
  std::string folder;
  std::string csv;
  std::string account;
  bool is_private = false;
};

// Whose the songs will be: who is named, otherwise the first admin.
Account owner_of_import(LibraryDatabase& database, const std::string& name) {
  const auto all = Accounts(database).all();
  if (!all) throw std::runtime_error("The library's database cannot be read: " + all.error().reason + ".");
  if (!name.empty()) {
    const auto named = Accounts(database).by_name(name);
    if (named && *named) return **named;
    throw std::runtime_error("The song library has no account of this name.");
  }
  const Account* first = nullptr;
  for (const Account& each : *all) {
    if (each.role == LibraryRole::kAdmin && (first == nullptr || each.id < first->id)) first = &each;
  }
  if (first == nullptr) throw std::runtime_error("The song library has no admin yet: make one with `roundelay admin add NAME`.");
  return *first;
}

bool librarian_lives(const Config& config) {
  const ProcessBeat beat(library_beat(config));
  const auto pid = static_cast<pid_t>(beat.row().pid.load());
  return pid > 0 && (kill(pid, 0) == 0 || errno == EPERM);
}

// Waits for its end, and tells of it.
int follow_import(LibraryDatabase& database, int64_t id, bool is_terminal) {
  const Viewer viewer{0, LibraryRole::kAdmin};
  Imports imports(database);
  for (;; std::this_thread::sleep_for(kLookEvery)) {
    const auto import = imports.find(viewer, id);
    if (!import) throw std::runtime_error("The import was taken away.");
    if (is_terminal) std::fprintf(stderr, "\r%lld songs ...", static_cast<long long>(import->rows));
    if (import->state == "running") continue;
    if (is_terminal) std::fprintf(stderr, "\n");
    std::printf("%lld songs are new, %lld changed, %lld were there as they are.\n", static_cast<long long>(import->added),
                static_cast<long long>(import->changed), static_cast<long long>(import->unchanged));
    if (import->bad == 0) return import->state == "done" ? 0 : 1;
    std::fprintf(stderr, "%lld rows were not taken:\n", static_cast<long long>(import->bad));
    const auto faults = imports.faults(id, {.offset = 0, .limit = Imports::kMostFaultsKept});
    if (!faults) return 1;
    for (const ImportFault& fault : *faults)
      std::fprintf(stderr, "  line %lld: %s\n", static_cast<long long>(fault.line), fault.said.text.c_str());
    return 1;
  }
}

int import_folder(const ImportOptions& options, const std::string& data_dir) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised.");
  umask(0077);
  if (const auto may = check_data_access(data_dir); !may) throw std::runtime_error(may.error());
  Config config;
  config.data_dir = data_dir;
  make_library_file(data_dir, library_database(config));
  LibraryDatabase database(library_database(config));
  const Account owner = owner_of_import(database, options.account);
  std::error_code error;
  for (const std::string& made : {library_files_dir(config), library_imports_dir(config)}) {
    if (std::filesystem::create_directory(made, error)) give_to_owner_of(data_dir, made);
  }
  const auto staged = stage_folder(database, options.folder, options.csv, library_imports_dir(config));
  if (!staged) throw std::runtime_error(staged.error());
  give_to_owner_of(data_dir, staged->folder);
  give_to_owner_of(data_dir, staged->table);
  if (staged->known > 0) std::printf("%lld files are in the library already.\n", static_cast<long long>(staged->known));
  const auto id = Imports(database).add({.account = owner.id,
                                         .name = std::filesystem::path(options.folder).filename().string(),
                                         .file = staged->table,
                                         .folder = staged->folder,
                                         .is_private = options.is_private,
                                         .created = unix_seconds(),
                                         .bytes = staged->bytes});
  if (!id) {
    std::filesystem::remove_all(staged->folder, error);
    std::filesystem::remove(staged->table, error);
    throw std::runtime_error(id.error().said.text.empty() ? "The library's database does not take it." : id.error().said.text);
  }
  if (!librarian_lives(config)) {
    std::printf("%lld songs are taken in when the server runs.\n", static_cast<long long>(staged->rows));
    return 0;
  }
  return follow_import(database, *id, isatty(STDERR_FILENO) == 1);
}

}  // namespace

void add_library_command(CLI::App& app, int& status) {
  auto* library = app.add_subcommand("library", "the songs of the song library");
  library->require_subcommand(1);
  auto* folder = library->add_subcommand("import", "a folder of sound files becomes songs; the server may be running");
  folder->footer(
      "Every sound below FOLDER becomes a song, titled by its file's name; what the library has already, by its bytes, is left "
      "out. "
      "With --csv the table says what there is: title, artist, album, genre, length, provider, licence, link, language, year, "
      "key, "
      "tempo, and in the column file a path below FOLDER; usual names in German, French, Spanish and Russian will do as well. "
      "The same again changes nothing.");
  auto options = std::make_shared<ImportOptions>();
  folder->add_option("FOLDER", options->folder, "where the sound files are")->required();
  folder->add_option("--csv", options->csv, "a table of the songs");
  folder->add_option("--account", options->account, "whose the songs will be (default: the first admin's)");
  folder->add_flag("--private", options->is_private, "for this account alone");
  const DataOption data(*folder);
  folder->callback([options, data, &status] { status = import_folder(*options, data.folder()); });
}

}  // namespace roundelay
