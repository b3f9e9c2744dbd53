#include "server/program/operator_commands.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "server/program/data_option.h"
#include "server/program/operator_line.h"
#include "server/program/operator_text.h"

namespace roundelay {
namespace {

using nlohmann::json;
using Wish = link::Operator::Wish;

struct Options {
  std::string room;
  std::string url;
  bool as_json = false;
  bool now = false;
  bool yes = false;
};

json asked_server(const DataOption& data, link::Operator asked) {
  auto answer = ask_server(data.folder(), std::move(asked));
  if (!answer) throw std::runtime_error(answer.error());
  return *std::move(answer);
}

void print(const Options& options, const json& answer, const std::string& text) {
  std::fputs(options.as_json ? (answer.dump(2, ' ', false, json::error_handler_t::replace) + "\n").c_str() : text.c_str(),
             stdout);
}

// All that are stored: the server tells them piece by piece.
json all_rooms(const DataOption& data) {
  json out = json::array();
  for (std::string after;;) {
    const json answer = asked_server(data, {.wish = Wish::kRooms, .room = after});
    const json* piece = find_field(answer, "rooms");
    if (piece == nullptr || !piece->is_array() || piece->empty()) return out;
    for (const json& room : *piece) out.push_back(room);
    after = text_field(out.back(), "room").value;
    if (!bool_field(answer, "more").value || after.empty()) return out;
  }
}

void delete_room(const DataOption& data, const Options& options) {
  const json room = asked_server(data, {.wish = Wish::kRoom, .room = options.room});
  std::fputs(room_text(room).c_str(), stdout);
  if (!options.yes) {
    if (isatty(STDIN_FILENO) == 0) throw std::runtime_error("deleting a room cannot be undone: say so with --yes");
    std::printf("\nDelete this room with its tracks and recordings? That cannot be undone. [y/N] ");
    std::fflush(stdout);
    std::string answer;
    std::getline(std::cin, answer);
    if (answer != "y" && answer != "Y" && answer != "yes") throw std::runtime_error("nothing was deleted");
  }
  (void)asked_server(data, {.wish = Wish::kDeleteRoom, .room = options.room, .now = options.now});
  std::printf("It is deleted.\n");
}

void give_link(const DataOption& data, const Options& options) {
  const json answer = asked_server(data, {.wish = Wish::kOrganiserLink, .room = options.room});
  const std::string begin = options.url.empty() ? text_field(answer, "origin").value : options.url;
  std::printf("%s\n", link_text(begin, text_field(answer, "path").value).c_str());
  std::fprintf(
      stderr, "Whoever has this link is the room's organiser. The link before is good no more; who is an organiser stays one.\n");
}

void add_rooms_command(CLI::App& app, const std::shared_ptr<Options>& options) {
  auto* rooms = app.add_subcommand("rooms", "list, show or delete rooms of a running server");
  rooms->require_subcommand(1);
  const auto json_flag = [&](CLI::App& command) { command.add_flag("--json", options->as_json, "as JSON, for programs"); };

  auto* list = rooms->add_subcommand("list", "all rooms, whether anybody is in them or not");
  json_flag(*list);
  const DataOption of_list(*list);
  list->callback([of_list, options] {
    const json all = all_rooms(of_list);
    print(*options, all, rooms_text(all, std::time(nullptr)));
  });

  auto* show = rooms->add_subcommand("show", "one room, and who is in it");
  show->add_option("ROOM", options->room, "its id: what stands behind /r/ in its link")->required();
  json_flag(*show);
  const DataOption of_show(*show);
  show->callback([of_show, options] {
    const json room = asked_server(of_show, {.wish = Wish::kRoom, .room = options->room});
    print(*options, room, room_text(room));
  });

  auto* remove = rooms->add_subcommand("delete", "delete a room with its tracks and recordings; those in it are told");
  remove->add_option("ROOM", options->room, "its id")->required();
  remove->add_flag("--now", options->now, "though a song lasts in it");
  remove->add_flag("--yes", options->yes, "do not ask");
  const DataOption of_delete(*remove);
  remove->callback([of_delete, options] { delete_room(of_delete, *options); });
}

}  // namespace

void add_operator_commands(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  auto* status = app.add_subcommand("status", "what a running server does: rooms, people, songs, loop times, shards");
  status->add_flag("--json", options->as_json, "as JSON, for programs");
  const DataOption of_status(*status);
  status->callback([of_status, options] {
    const json answer = asked_server(of_status, {.wish = Wish::kStatus});
    print(*options, answer, status_text(answer));
  });

  add_rooms_command(app, options);

  auto* link = app.add_subcommand("organiser-link", "a new link that makes whoever opens it the organiser of a room");
  link->footer(
      "For an organiser who lost hers. The link before is good no more; who is an organiser already stays one. The link stands "
      "alone "
      "on standard output; nobody else sees it, and no log.");
  link->add_option("ROOM", options->room, "its id: what stands behind /r/ in its link")->required();
  link->add_option(
      "--url", options->url,
      "how the page begins, such as https://sing.example (default: public_origin of the settings, else this machine)");
  const DataOption of_link(*link);
  link->callback([of_link, options] { give_link(of_link, *options); });
}

}  // namespace roundelay
