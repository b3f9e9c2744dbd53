#include "server/program/admin_command.h"

#include <sodium.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "server/base/library_paths.h"
#include "server/base/text.h"
#include "server/base/unix_time.h"
#include "server/library/account_changes.h"
#include "server/library/accounts.h"
#include "server/library/logins.h"
#include "server/program/data_access.h"
#include "server/program/data_option.h"
#include "server/program/serve_settings.h"

namespace roundelay {
namespace {

struct AdminOptions {
  explicit AdminOptions(CLI::App& command) : data(command) {}

  DataOption data;
  std::string config_file;
  std::string name;
  std::string role = "admin";
};

// A line of the terminal that is not shown while it is typed, or of whatever stands in its place.
std::string read_secret_line(const char* prompt) {
  const bool terminal = isatty(STDIN_FILENO) == 1;
  termios before{};
  if (terminal) {
    std::fprintf(stderr, "%s", prompt);
    tcgetattr(STDIN_FILENO, &before);
    termios hidden = before;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  std::string line;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) line += static_cast<char>(c);
  if (terminal) {
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::fprintf(stderr, "\n");
  }
  return line;
}

std::string hash_of_new_password() {
  const std::string once = read_secret_line("Password: ");
  const std::string again = isatty(STDIN_FILENO) == 1 ? read_secret_line("Once more: ") : once;
  if (const auto wrong = new_password_fault(once, again)) throw std::runtime_error(wrong->text);
  char made[crypto_pwhash_STRBYTES] = {};
  if (crypto_pwhash_str_alg(made, once.data(), once.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("There is no memory for the password's hash.");
  return made;
}

LibraryDatabase library_of(const AdminOptions& options) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised.");
  Config config;
  if (!options.config_file.empty()) {
    const ReadSettings read = read_settings_file(options.config_file);
    if (!read.errors.empty()) throw std::runtime_error(joined(read.errors));
    config = read.config;
  }
  // The settings' where they are given and the command line names none.
  if (options.config_file.empty() || options.data.is_named()) config.data_dir = options.data.folder();
  umask(0077);
  if (const auto may = check_data_access(config.data_dir); !may) throw std::runtime_error(may.error());
  make_library_file(config.data_dir, library_database(config));
  return LibraryDatabase(library_database(config));
}

void add_account(const AdminOptions& options) {
  const auto role = library_role(options.role);
  if (!role) throw std::runtime_error("--role must be member, curator or admin.");
  const auto name = checked_name(options.name);
  if (!name) throw std::runtime_error(name.error().text);
  LibraryDatabase database = library_of(options);
  const auto id =
      Accounts(database).add({.name = *name, .password = hash_of_new_password(), .role = *role, .created_s = unix_seconds()});
  if (!id) throw std::runtime_error("The library's database does not take it: " + id.error().reason + ".");
  if (*id == 0) throw std::runtime_error("There is an account of this name already.");
  std::printf("%s is %s %s of the song library.\n", name->c_str(), *role == LibraryRole::kAdmin ? "an" : "a",
              std::string(name_of(*role)).c_str());
}

void set_password(const AdminOptions& options) {
  LibraryDatabase database = library_of(options);
  const auto account = Accounts(database).by_name(options.name);
  if (!account || !*account) throw std::runtime_error("There is no account of this name.");
  const std::string hash = hash_of_new_password();
  const bool kept = database.transaction([&] {
    return Accounts(database).set_password((*account)->id, hash) && Logins(database).remove_sessions((*account)->id, 0);
  });
  if (!kept) throw std::runtime_error("The library's database does not take it: " + database.transaction_error() + ".");
  std::printf("%s has a new password, and is logged in nowhere.\n", (*account)->name.c_str());
}

void list_accounts(const AdminOptions& options) {
  LibraryDatabase database = library_of(options);
  const auto accounts = Accounts(database).all();
  if (!accounts) throw std::runtime_error("The library's database cannot be read: " + accounts.error().reason + ".");
  for (const Account& each : *accounts) std::printf("%-8s %s\n", std::string(name_of(each.role)).c_str(), each.name.c_str());
}

}  // namespace

void add_admin_command(CLI::App& app, int& status) {
  auto* admin = app.add_subcommand("admin", "the accounts of the song library");
  admin->require_subcommand(1);
  const auto command = [&](const char* name, const char* what, void (*run)(const AdminOptions&)) {
    auto* made = admin->add_subcommand(name, what);
    auto options = std::make_shared<AdminOptions>(*made);
    made->add_option("--config", options->config_file,
                     "JSON file with the server's settings, whose data directory it is unless --data is given");
    made->callback([options, run, &status] {
      run(*options);
      status = 0;
    });
    return std::pair(made, options);
  };
  const auto [add, added] =
      command("add", "a new account; its password is asked for, or is a line of standard input", add_account);
  add->add_option("NAME", added->name, "as it is typed to log in")->required();
  add->add_option("--role", added->role, "member, curator or admin (default)");
  const auto [password, changed] =
      command("password", "a new password for an account, which is logged out everywhere", set_password);
  password->add_option("NAME", changed->name, "of the account")->required();
  command("list", "all accounts with their roles", list_accounts);
}

}  // namespace roundelay
