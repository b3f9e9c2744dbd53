// The words of songs: kept, chosen, renamed, deleted.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/room/commands.h"
#include "server/room/room.h"
#include "server/wire/control/choose_words.h"
#include "server/wire/control/delete_sheet.h"
#include "server/wire/control/mark.h"
#include "server/wire/control/plan.h"
#include "server/wire/control/rename_sheet.h"

namespace roundelay {
namespace {

tl::unexpected<Refusal> no_words() {
  return refuse("no_words", phrase("no_such_words"));
}

}  // namespace

void Room::hold(std::vector<Sheet> sheets) {
  sheets_ = std::move(sheets);
  if (plan_.words && find_sheet(*plan_.words) == nullptr) plan_.words.reset();
}

bool Room::may_change_words(const Person& person) const {
  return holds(person, Who::kLeaderOrOrganiser);
}

const Sheet* Room::find_sheet(const std::string& id) const {
  const auto it = std::find_if(sheets_.begin(), sheets_.end(), [&](const Sheet& sheet) { return sheet.id == id; });
  return it == sheets_.end() ? nullptr : &*it;
}

Sheet* Room::own_sheet(const std::string& id) {
  const auto it = std::find_if(sheets_.begin(), sheets_.end(), [&](const Sheet& sheet) { return sheet.id == id; });
  return it == sheets_.end() ? nullptr : &*it;
}

void Room::put_sheet(Sheet sheet, Effects& out) {
  if (Sheet* known = own_sheet(sheet.id)) {
    *known = std::move(sheet);
    out.push_back(effect::ToRoom{shown_sheets().to_json()});
    return;
  }
  const std::string id = sheet.id;
  sheets_.push_back(std::move(sheet));
  out.push_back(effect::ToRoom{shown_sheets().to_json()});
  if (!song_was_on_) plan_words(id, out);
}

void Room::plan_words(std::optional<std::string> words, Effects& out) {
  if (plan_.words == words) return;
  plan_.words = std::move(words);
  marks_.remove(control::Mark::kLine);
  marks_.last_line.reset();
  save_marks_again(out);
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{control::PlanNews{plan_}.to_json()});
}

void Room::set_times(const std::string& id, SheetTimes times, Effects& out) {
  Sheet* sheet = own_sheet(id);
  if (sheet == nullptr || sheet->times == times) return;
  sheet->times = std::move(times);
  ++sheet->version;
  out.push_back(effect::SaveSheet{*sheet});
  out.push_back(effect::ToRoom{shown_sheets().to_json()});
}

Room::Answer Room::choose_words(const Person&, const control::ChooseWords& wanted, Moment, Effects& out) {
  if (wanted.words && find_sheet(*wanted.words) == nullptr) return no_words();
  plan_words(wanted.words, out);
  return {};
}

Room::Answer Room::rename_sheet(const Person&, const control::RenameSheet& wanted, Moment, Effects& out) {
  Sheet* sheet = own_sheet(wanted.sheet);
  if (sheet == nullptr) return no_words();
  if (std::exchange(sheet->title, wanted.title) == wanted.title) return {};
  out.push_back(effect::SaveSheet{*sheet});
  out.push_back(effect::ToRoom{shown_sheets().to_json()});
  return {};
}

Room::Answer Room::delete_sheet(const Person&, const control::DeleteSheet& wanted, Moment, Effects& out) {
  if (std::erase_if(sheets_, [&](const Sheet& sheet) { return sheet.id == wanted.sheet; }) == 0) return no_words();
  if (plan_.words == wanted.sheet) plan_words(std::nullopt, out);
  out.push_back(effect::DeleteSheet{wanted.sheet});
  out.push_back(effect::ToRoom{shown_sheets().to_json()});
  return {};
}

control::Sheets Room::shown_sheets() const {
  control::Sheets out;
  for (const Sheet& sheet : sheets_) out.sheets.push_back(as_shown(sheet));
  return out;
}

}  // namespace roundelay
