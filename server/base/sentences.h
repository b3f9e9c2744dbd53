// What the server says to people, in one table: a code, the English sentence, and the values that are named in it. Clients get
// the code and the values beside the English, and say it in their own language (PROTOCOL.md 3.4). Sentences for authors of
// clients are not in it. Any thread; not in the tick.
#pragma once

#include <initializer_list>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace roundelay {

struct Sentence {
  std::string code;       // of the table; empty: of none
  nlohmann::json values;  // an object of texts and numbers
  std::string text;       // in English

  bool operator==(const Sentence&) const = default;
  friend bool operator==(const Sentence& sentence, std::string_view text) { return sentence.text == text; }
  friend std::ostream& operator<<(std::ostream& out, const Sentence& sentence) { return out << sentence.text; }
};

struct SentenceRow {
  std::string_view code;
  std::string_view text;  // values stand in it as {name}
};

[[nodiscard]] std::span<const SentenceRow> all_sentences();
// The names of the values of a row, in the order of its text.
[[nodiscard]] std::vector<std::string> value_names(const SentenceRow& row);

// `code` must be in the table, and all its values given: a test looks for every one that the server says.
[[nodiscard]] Sentence phrase(std::string_view code,
                              std::initializer_list<std::pair<std::string_view, nlohmann::json>> values = {});

// Puts code and values into a message or an error's body, as "sentence" and "values"; nothing for a sentence of no code.
void put_sentence(const std::string& code, const nlohmann::json& values, nlohmann::json& out);

}  // namespace roundelay
