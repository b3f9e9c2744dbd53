#include "server/conductor/words_api.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "server/base/text.h"
#include "server/conductor/insider.h"
#include "server/conductor/programme_arrivals.h"
#include "server/room/commands.h"
#include "server/wire/control/rename_sheet.h"

namespace roundelay {
namespace {

constexpr int kChangesPerMinute = 60;  // from one address
constexpr const char* kUntitled = "Words";

struct NewText {
  std::string title;  // as it was given; empty: it was not
  WordsFormat format;
  WordsText words;
};

tl::expected<NewText, ApiAnswer> read_text(const link::Words& asked) {
  NewText out{.title = {}, .format = guessed_format(asked.text), .words = {}};
  if (!asked.format.empty()) {
    const auto format = words_format(asked.format);
    if (!format) return tl::unexpected(api_error(400, "bad_message", "format must be plain, lrc or chordpro."));
    out.format = *format;
  }
  if (!asked.title.empty()) {
    auto title = checked_name(asked.title, control::kMostTitleCharacters);
    if (!title) return tl::unexpected(api_error(400, "bad_name", title.error()));
    out.title = *std::move(title);
  }
  auto words = parse_words(asked.text, out.format);
  if (!words) return tl::unexpected(api_error(422, "bad_words", words.error()));
  out.words = *std::move(words);
  return out;
}

// What the text says itself, or its first line.
std::string title_of(const WordsText& words) {
  if (auto title = checked_name(words.title, control::kMostTitleCharacters)) return *std::move(title);
  for (const control::SheetLine& line : words.lines) {
    if (line.text.empty()) continue;
    return checked_name(line.text, control::kMostTitleCharacters).value_or(kUntitled);
  }
  return kUntitled;
}

ApiAnswer no_words() {
  return api_error(404, "no_words", phrase("words_are_not_in_the_room"));
}

ApiAnswer not_stored(const Store& store) {
  spdlog::error("words cannot be stored or read: {}", store.error());
  return api_error(503, "busy", phrase("words_unread"));
}

}  // namespace

WordsApi::WordsApi(Rooms& rooms, Store& store, const Tokens& tokens, ApiClock clock, ApiApply apply)
    : rooms_(rooms),
      store_(store),
      tokens_(tokens),
      clock_(std::move(clock)),
      apply_(std::move(apply)),
      changes_(kChangesPerMinute, kMinuteNs) {}

tl::expected<OpenRoom*, ApiAnswer> WordsApi::room_of(const link::Words& asked) {
  using Wish = link::Words::Wish;
  const auto [open, person] = insider(rooms_, tokens_, asked.asker.room, asked.asker.token);
  if (!person) return tl::unexpected(api_error(401, "bad_token", phrase("words_are_for_people_inside")));
  if (asked.wish == Wish::kShow || asked.wish == Wish::kShowText) return open;
  if (!open->room.may_change_words(*person)) return tl::unexpected(api_error(403, "not_allowed", phrase(kWordsAreTheirs)));
  if (!changes_.allow(asked.asker.address, clock_.now().ns))
    return tl::unexpected(api_error(429, "too_fast", phrase("too_many_words_sent")));
  return open;
}

ApiAnswer WordsApi::answer(const link::Words& asked) {
  using Wish = link::Words::Wish;
  const auto open = room_of(asked);
  if (!open) return open.error();
  if (asked.wish == Wish::kAdd) return add(**open, asked);
  const Sheet* found = (*open)->room.find_sheet(asked.sheet);
  if (found == nullptr) return no_words();
  const Sheet sheet = *found;
  switch (asked.wish) {
    case Wish::kReplace:
      return replace(**open, sheet, asked);
    case Wish::kSetTimes:
      return set_times(**open, sheet, asked);
    case Wish::kShowText:
      return show_text(**open, sheet);
    default:
      return show(**open, sheet);
  }
}

void WordsApi::put(OpenRoom& open, const Sheet& sheet) {
  Effects effects;
  open.room.put_sheet(sheet, effects);
  apply_(open, effects);
}

ApiAnswer WordsApi::add(OpenRoom& open, const link::Words& asked) {
  auto text = read_text(asked);
  if (!text) return text.error();
  if (open.room.sheets().size() >= kMostRoomSheets) return api_error(429, "too_many_words", phrase("room_has_all_words"));
  const Sheet sheet{.id = make_id(),
                    .title = text->title.empty() ? title_of(text->words) : text->title,
                    .format = text->format,
                    .version = 1,
                    .times = times_of(text->words.lines)};
  if (!store_.add_sheet(open.room.id(), sheet, asked.text, clock_.unix_now())) return not_stored(store_);
  put(open, sheet);
  return {201, {{"sheet", as_shown(sheet).to_json()}}};
}

ApiAnswer WordsApi::replace(OpenRoom& open, const Sheet& sheet, const link::Words& asked) {
  auto text = read_text(asked);
  if (!text) return text.error();
  const auto before = store_.sheet_text(open.room.id(), sheet.id);
  if (!before) return not_stored(store_);
  if (!*before) return no_words();
  if (const auto words = parse_words(**before, sheet.format)) keep_times(words->lines, sheet.times, text->words.lines);
  Sheet next{.id = sheet.id,
             .title = text->title.empty() ? sheet.title : text->title,
             .format = text->format,
             .version = sheet.version + 1,
             .times = times_of(text->words.lines)};
  if (!store_.replace_sheet(open.room.id(), next, asked.text)) return not_stored(store_);
  put(open, next);
  return {200, {{"sheet", as_shown(next).to_json()}}};
}

ApiAnswer WordsApi::set_times(OpenRoom& open, const Sheet& sheet, const link::Words& asked) {
  const auto version = integer_field(asked.body, "version", 1, kMaxNumber);
  auto times = read_times(control::part(asked.body, "times"));
  if (!version.given() || !times)
    return api_error(400, "bad_message", "The body must have the version and the times, a list of milliseconds and nulls.");
  if (version.value != sheet.version || times->size() != sheet.times.size())
    return api_error(409, "changed", phrase("words_changed_meanwhile"));
  if (const auto line = line_out_of_order(*times))
    return api_error(422, "bad_words", phrase("line_before_one_above", {{"line", *line + 1}}));
  Effects effects;
  open.room.set_times(sheet.id, *std::move(times), effects);
  apply_(open, effects);
  return {200, {{"sheet", as_shown(*open.room.find_sheet(sheet.id)).to_json()}}};
}

ApiAnswer WordsApi::show(const OpenRoom& open, const Sheet& sheet) {
  const auto text = store_.sheet_text(open.room.id(), sheet.id);
  if (!text) return not_stored(store_);
  if (!*text) return no_words();
  auto words = parse_words(**text, sheet.format);
  if (!words) return api_error(500, "bad_words", words.error());
  put_times(sheet.times, words->lines);
  return {200, {{"sheet", as_shown(sheet).to_json()}, {"lines", control::list_json(words->lines)}}};
}

ApiAnswer WordsApi::show_text(const OpenRoom& open, const Sheet& sheet) {
  const auto text = store_.sheet_text(open.room.id(), sheet.id);
  if (!text) return not_stored(store_);
  if (!*text) return no_words();
  return {200, {{"sheet", as_shown(sheet).to_json()}, {"text", **text}}};
}

}  // namespace roundelay
