// The words of a song, a sheet, as clients see them: what a list shows of one, and its lines (PROTOCOL.md 4.3).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

// A chord that stands above a line.
struct Chord {
  int64_t column = 0;  // before this character of the line, from 0; may be beyond its end
  std::string name;

  bool operator==(const Chord&) const = default;
  [[nodiscard]] nlohmann::json to_json() const { return nlohmann::json::array({column, name}); }
  [[nodiscard]] static Read<Chord> read(const nlohmann::json& in) {
    const bool pair = in.is_array() && in.size() == 2 && in[0].is_number_integer() && in[1].is_string();
    if (!pair || in[0].get<int64_t>() < 0) return wrong("A chord must be its column and its name.");
    return Chord{in[0].get<int64_t>(), in[1].get<std::string>()};
  }
};

struct SheetLine {
  static constexpr int64_t kMostMs = 24 * 3'600'000;
  std::string text;  // empty: a gap between verses, or a line of chords alone
  std::vector<Chord> chords = {};
  std::optional<int64_t> at_ms = {};  // from the music's start
  std::string section = {};           // what begins with this line, such as "Chorus"

  bool operator==(const SheetLine&) const = default;
  [[nodiscard]] bool is_gap() const { return text.empty() && chords.empty() && section.empty(); }

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"text", text}};
    if (!chords.empty()) out["chords"] = list_json(chords);
    if (at_ms) out["at_ms"] = *at_ms;
    if (!section.empty()) out["section"] = section;
    return out;
  }
  [[nodiscard]] static Read<SheetLine> read(const nlohmann::json& in) {
    const auto text = text_field(in, "text");
    const auto at_ms = integer_field(in, "at_ms", 0, kMostMs);
    const auto section = text_field(in, "section");
    if (!text.given()) return wrong("A line's text must be text.");
    if (!at_ms.valid) return wrong("A line's at_ms must be milliseconds.");
    if (!section.valid) return wrong("A line's section must be text.");
    SheetLine out{.text = text.value, .section = section.value};
    if (at_ms.present) out.at_ms = at_ms.value;
    if (find_field(in, "chords") != nullptr) {
      auto chords = read_list<Chord>(in, "chords");
      if (!chords) return wrong(std::move(chords.error()));
      out.chords = *std::move(chords);
    }
    return out;
  }
};

struct Sheet {
  std::string id;
  std::string title;
  std::string format;   // "plain", "lrc" or "chordpro": how its text is written
  int64_t lines = 0;    // how many
  int64_t timed = 0;    // how many of them have a time
  int64_t version = 1;  // another one after every change of its text or times

  bool operator==(const Sheet&) const = default;
  [[nodiscard]] nlohmann::json to_json() const {
    return {{"id", id}, {"title", title}, {"format", format}, {"lines", lines}, {"timed", timed}, {"version", version}};
  }
  [[nodiscard]] static Read<Sheet> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto title = text_field(in, "title");
    const auto format = text_field(in, "format");
    const auto lines = integer_field(in, "lines", 0, kMaxNumber);
    const auto timed = integer_field(in, "timed", 0, kMaxNumber);
    const auto version = integer_field(in, "version", 1, kMaxNumber);
    if (!id.given()) return wrong("A sheet's id must be text.");
    if (!title.given()) return wrong("A sheet's title must be text.");
    if (!format.given()) return wrong("A sheet's format must be text.");
    if (!lines.given() || !timed.given()) return wrong("A sheet's lines and timed must be whole numbers.");
    if (!version.given()) return wrong("A sheet's version must be a whole number from 1.");
    return Sheet{id.value, title.value, format.value, lines.value, timed.value, version.value};
  }
};

// `sheets`: the words that the room has.
struct Sheets {
  static constexpr const char* kType = "sheets";
  std::vector<Sheet> sheets;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"sheets", list_json(sheets)}}; }
  // Of a `welcome` too, which has the same field unless there are no words.
  [[nodiscard]] static Read<Sheets> read(const nlohmann::json& in) {
    Sheets out;
    if (type_of(in) == kType || find_field(in, "sheets") != nullptr) {
      auto sheets = read_list<Sheet>(in, "sheets");
      if (!sheets) return wrong(std::move(sheets.error()));
      out.sheets = *std::move(sheets);
    }
    return out;
  }
};

}  // namespace roundelay::control
