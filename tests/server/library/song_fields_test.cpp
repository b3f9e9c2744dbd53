#include "server/library/song_fields.h"

#include <gtest/gtest.h>

namespace roundelay::song_fields_test {
namespace {

using nlohmann::json;

// The field that is refused; empty: none.
std::string refused_field(const json& fields) {
  json song = fields;
  song.emplace("title", "A");
  const auto out = changed_song({}, song);
  if (out) return "";
  EXPECT_EQ(out.error().kind, CatalogueFault::Kind::kRefused);
  EXPECT_FALSE(out.error().said.text.empty());
  return out.error().field;
}

TEST(SongFields, AreCheckedAndCleaned) {
  const auto out = changed_song({}, {{"title", "  Amazing \t Grace "},
                                     {"artist", "Choir"},
                                     {"key", "bb minor"},
                                     {"tempo_bpm", 72.5},
                                     {"language", "pt-BR"},
                                     {"licence", "cc-by-4.0"},
                                     {"year", 1779},
                                     {"words", "Amazing grace\r\nhow sweet"},
                                     {"private", false}});
  ASSERT_TRUE(out) << out.error().said;
  EXPECT_EQ(out->title, "Amazing Grace");
  EXPECT_EQ(out->key, "Bbm");
  EXPECT_EQ(out->licence, "CC-BY-4.0");
  EXPECT_EQ(out->words, "Amazing grace\nhow sweet");
  EXPECT_FALSE(out->is_private);
}

TEST(SongFields, StayWhereTheyAreNotNamedAndGoWithNull) {
  const SongFields before = changed_song({}, {{"title", "A"}, {"genre", "Gospel"}, {"year", 1999}}).value();
  const SongFields after = changed_song(before, {{"year", nullptr}}).value();
  EXPECT_EQ(after.genre, "Gospel");
  EXPECT_EQ(after.year, std::nullopt);
}

TEST(SongFields, ThatMakeNoSenseAreRefusedByName) {
  EXPECT_EQ(refused_field({}), "");
  for (const auto& [field, value] : std::initializer_list<std::pair<const char*, json>>{{"title", ""},
                                                                                        {"title", "a\u0001b"},
                                                                                        {"title", std::string(201, 'a')},
                                                                                        {"title", "\xFF"},
                                                                                        {"year", 999},
                                                                                        {"year", "1999"},
                                                                                        {"tempo_bpm", 19.9},
                                                                                        {"tempo_bpm", 401},
                                                                                        {"length_ms", -1},
                                                                                        {"length_ms", 1.5},
                                                                                        {"key", "H"},
                                                                                        {"key", "Cmm"},
                                                                                        {"language", "d"},
                                                                                        {"language", "de_DE"},
                                                                                        {"link", "javascript:alert(1)"},
                                                                                        {"link", "https://a b"},
                                                                                        {"track", 0},
                                                                                        {"disc", 1000},
                                                                                        {"words", 3},
                                                                                        {"private", 1},
                                                                                        {"colour", "red"}})
    EXPECT_EQ(refused_field({{field, value}}), field) << value.dump(-1, ' ', false, json::error_handler_t::replace);
}

TEST(SongFields, AreNamedAsTheirFileWhereNobodySaysOtherwise) {
  EXPECT_EQ(title_of_file("Amazing Grace.mp3"), "Amazing Grace");
  EXPECT_EQ(title_of_file("02_ave_verum.flac"), "02 ave verum");
  EXPECT_EQ(title_of_file("a_b c.m4a"), "a_b c");
  EXPECT_EQ(title_of_file("Nr. 7 in G"), "Nr. 7 in G");
  EXPECT_EQ(title_of_file("folder/Dona.wav"), "Dona");
  EXPECT_EQ(title_of_file(".mp3"), ".mp3");
  EXPECT_EQ(title_of_file("___.mp3"), "Track");
}

TEST(SongFields, KnowLanguagesByTheirNamesToo) {
  for (const auto& [name, tag] : std::initializer_list<std::pair<const char*, const char*>>{{"German", "de"},
                                                                                            {"deutsch", "de"},
                                                                                            {"Latin", "la"},
                                                                                            {"Latein", "la"},
                                                                                            {"francais", "fr"},
                                                                                            {"алеманский", ""},
                                                                                            {"русский", "ru"},
                                                                                            {"Kiswahili", "sw"},
                                                                                            {"de-AT", "de-AT"},
                                                                                            {"Gibberish", ""}}) {
    const auto out = changed_song({}, {{"title", "A"}, {"language", name}});
    EXPECT_EQ(out ? out->language : "", tag) << name;
  }
}

TEST(SongFields, KnowKeysAsPeopleWriteThem) {
  const auto key = [](std::string_view text) { return musical_key(text).value_or("none"); };
  EXPECT_EQ(key("c"), "C");
  EXPECT_EQ(key("F\xE2\x99\xAF"), "F#");
  EXPECT_EQ(key("E\xE2\x99\xAD minor"), "Ebm");
  EXPECT_EQ(key("b"), "B");
  EXPECT_EQ(key("bm"), "Bm");
  EXPECT_EQ(key("A Major"), "A");
  EXPECT_EQ(key("dM"), "D");
  EXPECT_EQ(key(""), "none");
  EXPECT_EQ(key("C#\xE2\x99"), "none");
}

}  // namespace
}  // namespace roundelay::song_fields_test
