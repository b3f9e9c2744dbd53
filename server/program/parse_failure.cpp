#include "server/program/parse_failure.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "server/base/nearest_name.h"

namespace roundelay {
namespace {

constexpr std::string_view kOption = "--";

// As people type it, or empty: the nearest of these words.
std::string nearest_of(std::string_view word, const std::vector<std::string>& words) {
  std::vector<std::string> names = words;
  for (std::string& each : names) std::replace(each.begin(), each.end(), '-', '_');
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view found = nearest_name(word, views);
  const auto at = std::find(views.begin(), views.end(), found);
  return found.empty() || at == views.end() ? std::string() : words.at(static_cast<size_t>(at - views.begin()));
}

// The commands that were found, as they are typed.
std::string typed(const CLI::App& command) {
  return command.get_parent() == nullptr ? "roundelay" : typed(*command.get_parent()) + " " + command.get_name();
}

}  // namespace

std::string word_not_understood(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  // In another order than they were typed: what begins with a hyphen comes first, for what follows may belong to it.
  std::vector<std::string> words = command->remaining();
  if (words.empty()) return {};
  const auto first = std::find_if(words.begin(), words.end(), [](const std::string& each) { return each.starts_with('-'); });
  const std::string word = first == words.end() ? words.front() : *first;
  std::vector<std::string> known;
  std::string sentence = "`" + typed(*command) + "` ";
  std::string before;
  if (word.starts_with('-')) {
    for (const CLI::Option* each : command->get_options()) {
      for (const std::string& name : each->get_lnames()) known.push_back(name);
    }
    sentence += "has no option " + word;
    before = kOption;
  } else {
    for (const CLI::App* each : command->get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
      known.push_back(each->get_name());
    sentence += known.empty() ? "takes no '" + word + "'" : "has no command '" + word + "'";
  }
  const size_t hyphens = std::min(word.find_first_not_of('-'), word.size());
  const std::string nearest = nearest_of(std::string_view(word).substr(hyphens), known);
  return sentence + (nearest.empty() ? "." : "; did you mean " + before + nearest + "?");
}

}  // namespace roundelay
