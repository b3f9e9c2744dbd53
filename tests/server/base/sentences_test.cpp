// The table of what the server says to people, held against tests/golden/sentences.json (which the page's languages are held
// against too) and against the sources.
#include "server/base/sentences.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "codec/sound_fault.h"
#include "server/base/told_sentence.h"

namespace roundelay::sentences_test {
namespace {

const std::filesystem::path kSource = ROUNDELAY_SOURCE_DIR;

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Sentences, AreThoseOfTheGoldenFile) {
  std::map<std::string, std::string> table;
  for (const SentenceRow& row : all_sentences()) {
    EXPECT_TRUE(table.emplace(row.code, row.text).second) << row.code << " stands there twice";
  }
  EXPECT_EQ(nlohmann::json(table), nlohmann::json::parse(contents(kSource / "tests/golden/sentences.json")));
}

// Every text in quotation marks in the sources, but for those of the table itself.
std::multiset<std::string> texts_of_the_sources() {
  std::multiset<std::string> found;
  const std::regex text("\"([a-z0-9_]+)\"");
  for (const char* folder : {"codec", "server"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kSource / folder)) {
      const std::string extension = entry.path().extension();
      const std::string name = entry.path().filename();
      if ((extension != ".cpp" && extension != ".h") || name == "sentences.cpp" || name == "sound_fault.cpp") continue;
      const std::string source = contents(entry.path());
      for (std::sregex_iterator one(source.begin(), source.end(), text), end; one != end; ++one) found.insert((*one)[1]);
    }
  }
  return found;
}

TEST(Sentences, AreInTheTableWhereverTheServerSaysOne) {
  std::set<std::string> known;
  for (const SentenceRow& row : all_sentences()) known.emplace(row.code);
  const std::string said = "phrase(";
  const std::regex code("\"([a-z0-9_]+)\"");
  int found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kSource / "server")) {
    const std::string extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".h") continue;
    const std::string text = contents(entry.path());
    for (size_t at = text.find(said); at != std::string::npos; at = text.find(said, at + 1)) {
      // Up to the values or the end: the codes of a choice between two are both there.
      const size_t from = at + said.size();
      size_t to = from;
      for (int depth = 1; to < text.size() && text[to] != '{' && text[to] != ';'; ++to) {
        depth += text[to] == '(' ? 1 : text[to] == ')' ? -1 : 0;
        if (depth == 0) break;
      }
      const std::string inside = text.substr(from, to - from);
      for (std::sregex_iterator each(inside.begin(), inside.end(), code), end; each != end; ++each, ++found) {
        EXPECT_TRUE(known.contains((*each)[1])) << (*each)[1] << " in " << entry.path() << " is not in server/base/sentences.cpp";
      }
    }
  }
  EXPECT_GT(found, 150);
}

TEST(Sentences, AreWordForWordWhatTheCodecSaysOfSoundFiles) {
  std::map<std::string_view, std::string_view> table;
  for (const SentenceRow& row : all_sentences()) table.emplace(row.code, row.text);
  for (const SoundFaultRow& row : all_sound_faults()) EXPECT_EQ(table[row.code], row.text) << row.code;
  // A worker's report of one is believed.
  const SoundFault fault =
      sound_fault("sound_file_is_too_short", {{"format", "{minutes}"}, {"stated", "1:02"}, {"minutes", "0:00.4"}});
  const auto told = told_sentence({{"error", fault.text},
                                   {"sentence", fault.code},
                                   {"values", {{"format", "{minutes}"}, {"stated", "1:02"}, {"minutes", "0:00.4"}}}},
                                  500);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->code, "sound_file_is_too_short");
}

TEST(Sentences, AreEachSaidSomewhere) {
  const std::multiset<std::string> texts = texts_of_the_sources();
  for (const SentenceRow& row : all_sentences())
    EXPECT_TRUE(texts.contains(std::string(row.code))) << row.code << " is never said";
}

TEST(Sentences, HaveTheirValuesInTheText) {
  const Sentence said = phrase("moved_you_to_group", {{"name", "{group}"}, {"group", 3}});
  EXPECT_EQ(said, "{group} moved you to group 3.") << "what stands in a value is no name";
  nlohmann::json out;
  put_sentence(said.code, said.values, out);
  EXPECT_EQ(out, nlohmann::json({{"sentence", "moved_you_to_group"}, {"values", {{"name", "{group}"}, {"group", 3}}}}));
}

TEST(Sentences, OfAnotherProcessAreBelievedWhereTheTableSaysTheSame) {
  const auto told = [](const char* json) { return told_sentence(nlohmann::json::parse(json), 100).value_or(Sentence{}); };
  const Sentence page = told(R"({"error": "This score has no such page.", "sentence": "no_such_page"})");
  EXPECT_EQ(page, phrase("no_such_page"));
  const Sentence moved =
      told(R"({"error": "A moved you to group 2.", "sentence": "moved_you_to_group", "values": {"name": "A", "group": 2}})");
  EXPECT_EQ(moved, phrase("moved_you_to_group", {{"name", "A"}, {"group", 2}}));
  for (const char* other :
       {R"({"error": "Pay here.", "sentence": "no_such_page"})",
        R"({"error": "Pay here.", "sentence": "leads", "values": {"name": ["A"]}})",
        R"({"error": "Pay here.", "sentence": "leads", "values": {}})",
        R"({"error": "Pay here.", "sentence": "leads", "values": "A"})", R"({"error": "Pay here.", "sentence": "unheard_of"})",
        R"({"error": "Pay here.", "sentence": 3})", R"({"error": "Pay here."})"}) {
    EXPECT_EQ(told(other).text, "Pay here.") << other;
    EXPECT_EQ(told(other).code, "") << other;
  }
  for (const char* none : {R"({"error": ""})", R"({"error": 3})", R"([])", R"({"sentence": "no_such_page"})"}) {
    EXPECT_FALSE(told_sentence(nlohmann::json::parse(none), 100)) << none;
  }
  EXPECT_FALSE(told_sentence({{"error", std::string(101, 'x')}}, 100));
}

}  // namespace
}  // namespace roundelay::sentences_test
