#include "server/program/documents_command.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/base/version.h"

namespace roundelay {
namespace {

// As groff wants text: no line begins with a control character, no hyphen becomes a dash, and a blank line is a paragraph.
std::string groff(const std::string& text) {
  std::string out;
  bool line_begins = true;
  for (const char each : text) {
    if (line_begins && (each == '.' || each == '\'')) out += "\\&";
    if (each == '\\') {
      out += "\\e";
    } else if (each == '-') {
      out += "\\-";
    } else {
      out += each;
    }
    line_begins = each == '\n';
  }
  return out;
}

std::vector<const CLI::App*> shown_commands(const CLI::App& app) {
  // Hidden commands have no group.
  return app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty() && !each->get_name().empty(); });
}

std::vector<const CLI::Option*> shown_options(const CLI::App& app) {
  return app.get_options([](const CLI::Option* each) { return !each->get_group().empty(); });
}

// "roundelay sing" of a command below the program; the program itself has its own name.
std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? "roundelay" : full_name(*app.get_parent()) + " " + app.get_name();
}

std::string page_name(const CLI::App& app) {
  std::string name = full_name(app);
  for (char& each : name) each = each == ' ' ? '-' : each;
  return name;
}

std::string options_section(const CLI::App& app) {
  const CLI::Formatter formatter;
  std::string out;
  for (const std::string& group : app.get_groups()) {
    std::string entries;
    for (const CLI::Option* option : shown_options(app)) {
      if (option->get_group() != group || !option->nonpositional()) continue;
      // What it takes begins with a space where there is anything.
      entries +=
          ".TP\n.BI \"" + groff(option->get_name(false, true)) + "\" \"" + groff(formatter.make_option_opts(option)) + "\"\n";
      entries += groff(option->get_description()) + "\n";
    }
    if (!entries.empty())
      out.append(".SH ").append(group == "Options" ? "OPTIONS" : groff("\"" + group + "\"")).append("\n").append(entries);
  }
  return out;
}

std::string arguments_section(const CLI::App& app) {
  std::string out;
  for (const CLI::Option* option : shown_options(app)) {
    if (!option->get_positional()) continue;
    out.append(".TP\n.I ").append(groff(option->get_name(true, false))).append("\n");
    out.append(groff(option->get_description())).append("\n");
  }
  return out.empty() ? out : ".SH ARGUMENTS\n" + out;
}

void write_text(const std::string& path, const std::string& text) {
  std::ofstream out(path);
  out << text;
  if (!out.flush()) throw std::runtime_error("'" + path + "' cannot be written");
}

void write_page(const std::string& folder, const CLI::App& app, const std::vector<std::string>& all_pages) {
  const std::string name = page_name(app);
  std::string text = ".TH " + name + " 1 \"\" \"Roundelay " + kVersion + "\" \"Roundelay\"\n.SH NAME\n" + groff(name) + " \\- " +
                     groff(app.get_description()) + "\n.SH SYNOPSIS\n.B " + groff(full_name(app)) + "\n";
  const std::vector<const CLI::App*> commands = shown_commands(app);
  if (!commands.empty()) text += ".I COMMAND\n";
  text += "[\\fIOPTIONS\\fR]\n";
  for (const CLI::Option* option : shown_options(app)) {
    if (option->get_positional()) text += ".I " + groff(option->get_name(true, false)) + "\n";
  }
  if (!app.get_footer().empty()) text += ".SH DESCRIPTION\n" + groff(app.get_footer()) + "\n";
  if (!commands.empty()) {
    text += ".SH COMMANDS\n";
    for (const CLI::App* command : commands)
      text += ".TP\n.B " + groff(command->get_name()) + "\n" + groff(command->get_description()) + "\n";
  }
  text += arguments_section(app) + options_section(app);
  std::string others;
  for (const std::string& each : all_pages) {
    if (each != name) others += (others.empty() ? "" : ",\n") + (".BR " + groff(each)) + " (1)";
  }
  if (!others.empty()) text += ".SH \"SEE ALSO\"\n" + others + "\n";
  write_text(folder + "/" + name + ".1", text);
}

void for_each_command(const CLI::App& app, const std::function<void(const CLI::App&)>& visit) {
  visit(app);
  for (const CLI::App* command : shown_commands(app)) for_each_command(*command, visit);
}

// The words that may follow a command: its own commands and the names of its options.
std::string words_behind(const CLI::App& app) {
  std::string words;
  for (const CLI::App* command : shown_commands(app)) words += command->get_name() + " ";
  for (const CLI::Option* option : shown_options(app)) {
    for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
  }
  if (!words.empty()) words.pop_back();
  return words;
}

std::string completion(const CLI::App& app) {
  std::string cases;
  for_each_command(
      app, [&](const CLI::App& each) { cases += "    \"" + full_name(each) + "\") words=\"" + words_behind(each) + "\" ;;\n"; });
  std::string commands;
  for_each_command(app, [&](const CLI::App& each) { commands += "|" + full_name(each); });
  return "# bash completion for roundelay\n"
         "_roundelay() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} command=roundelay words= at\n"
         "  for ((at = 1; at < COMP_CWORD; ++at)); do\n"
         "    case \"|" +
         commands.substr(1) +
         "|\" in *\"|$command ${COMP_WORDS[at]}|\"*) command=\"$command ${COMP_WORDS[at]}\" ;; esac\n"
         "  done\n"
         "  case \"$command\" in\n" +
         cases +
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
         "}\n"
         "complete -o default -F _roundelay roundelay\n";
}

void write_documents(const std::string& folder, const CLI::App& app) {
  std::filesystem::create_directories(folder);
  std::vector<std::string> pages;
  for_each_command(app, [&](const CLI::App& each) { pages.push_back(page_name(each)); });
  for_each_command(app, [&](const CLI::App& each) { write_page(folder, each, pages); });
  write_text(folder + "/roundelay.bash", completion(app));
}

}  // namespace

void add_documents_command(CLI::App& app) {
  auto* command = app.add_subcommand("documents", "write manual pages and bash's completion")->group("");
  auto folder = std::make_shared<std::string>();
  command->add_option("folder", *folder, "where to")->required();
  command->callback([folder, &app] { write_documents(*folder, app); });
}

}  // namespace roundelay
