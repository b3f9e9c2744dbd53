// Marks in a song, and the leader's taps, which are marks too: where she is in the words.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server/room/room.h"
#include "server/wire/control/mark.h"

namespace roundelay {
namespace {

// A line or a page, from 0; nothing if it is no such number.
std::optional<size_t> number_in(const std::string& payload) {
  size_t number = 0;
  const auto read = std::from_chars(payload.data(), payload.data() + payload.size(), number);
  const bool whole = read.ec == std::errc() && read.ptr == payload.data() + payload.size();
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

Room::Answer Room::set_mark(const Person& by, const control::SetMark& wanted, Moment now, Effects& out) {
  const control::Mark& mark = wanted.mark;
  const bool is_line = mark.kind == control::Mark::kLine;
  const auto number = number_in(mark.payload);
  if (!number && (is_line || mark.kind == control::Mark::kPage)) return refuse("bad_mark", phrase("mark_needs_a_number"));
  const auto place = marks_.set(mark, now.position, settings_.last_offset());
  if (!place) return tl::unexpected(place.error());
  out.push_back(effect::SaveMark{song_.number, *place, mark});
  out.push_back(effect::ToRoom{control::MarkNews{mark}.to_json()});
  if (is_line && is_leader(by)) tap(*number, Position{mark.position}, out);
  return {};
}

void Room::tap(size_t line, Position at, Effects& out) {
  Sheet* sheet = plan_.words ? own_sheet(*plan_.words) : nullptr;
  if (sheet == nullptr || line >= sheet->times.size()) return;
  // Who goes back sings something once more: the first time counts.
  if (marks_.last_line && line <= *marks_.last_line) return;
  marks_.last_line = line;
  const int64_t at_ms = std::max<int64_t>(0, (at.samples - song_.music.samples) / (kSampleRate / 1'000));
  set_time(sheet->times, line, std::min(at_ms, control::SheetLine::kMostMs));
  ++sheet->version;
  out.push_back(effect::SaveSheet{*sheet});
}

void Room::tell_tapped(Effects& out) {
  if (marks_.last_line) out.push_back(effect::ToRoom{shown_sheets().to_json()});
  forget_marks(out);
}

void Room::forget_marks(Effects& out) {
  if (!marks_.all().empty()) out.push_back(effect::ForgetMarks{});
  marks_ = {};
}

void Room::save_marks_again(Effects& out) {
  out.push_back(effect::ForgetMarks{});
  for (size_t place = 0; place < marks_.all().size(); ++place)
    out.push_back(effect::SaveMark{song_.number, place, marks_.all()[place]});
}

void Room::keep_marks(uint32_t song, std::vector<control::Mark> marks) {
  if (song != song_.number || !song_was_on_) return;
  marks_.restore(std::move(marks));
  // Which of the lines she tapped herself is not kept: none of those that are marked is tapped a second time.
  for (const control::Mark& mark : marks_.all()) {
    const auto line = mark.kind == control::Mark::kLine ? number_in(mark.payload) : std::nullopt;
    if (line && line >= marks_.last_line) marks_.last_line = line;
  }
}

}  // namespace roundelay
