#include "server/library/subsonic/answer_writers.h"

#include <gtest/gtest.h>

#include "server/library/subsonic/form_fields.h"
#include "server/library/subsonic/player_ids.h"
#include "server/library/subsonic/subsonic_parameters.h"

namespace roundelay::answer_writers_test {
namespace {

SubsonicNode small_answer() {
  SubsonicNode lines;
  lines.set("synced", true).add("line", SubsonicNode().set("start", 1'500).text("Oh, Shenandoah"));
  SubsonicNode root;
  root.set("status", "ok").set("rating", 4.5).put("lyrics", std::move(lines));
  root.add("one", SubsonicNode().set("id", "a").add_value("versions", int64_t{1}));
  return root.list("none");
}

TEST(AnswerWriters, WriteOneTreeAsXmlAndAsJson) {
  EXPECT_EQ(
      subsonic_xml(small_answer()),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<subsonic-response xmlns=\"http://subsonic.org/restapi\" status=\"ok\" rating=\"4.5\"><lyrics synced=\"true\">"
      "<line start=\"1500\">Oh, Shenandoah</line></lyrics><one id=\"a\"><versions>1</versions></one></subsonic-response>\n");
  EXPECT_EQ(subsonic_json(small_answer()),
            R"({"subsonic-response":{"status":"ok","rating":4.5,"lyrics":{"synced":true,"line":[{"start":1500,"value":)"
            R"("Oh, Shenandoah"}]},"one":[{"id":"a","versions":[1]}],"none":[]}})");
}

TEST(AnswerWriters, LetNoTextBreakOutOfItsPlace) {
  SubsonicNode root;
  root.set("title", "<a href=\"x\">&\n\t\x01\xFF\xEF\xBF\xBF</a>").text("]]></subsonic-response>");
  EXPECT_EQ(subsonic_xml(root),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<subsonic-response xmlns=\"http://subsonic.org/restapi\" "
            "title=\"&lt;a href=&quot;x&quot;&gt;&amp;&#10;&#9;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD&lt;/a&gt;\">]]&gt;&lt;/"
            "subsonic-response&gt;</subsonic-response>\n");
  const std::string script = subsonic_jsonp(SubsonicNode().set("title", "</script>\xE2\x80\xA8"), "player.done");
  EXPECT_EQ(script, "/**/player.done({\"subsonic-response\":{\"title\":\"\\u003c/script>\\u2028\"}});");
}

TEST(AnswerWriters, KnowWhatMayBeCalledBack) {
  for (const char* good : {"done", "a.b_c$", "_1"}) EXPECT_TRUE(is_callback_name(good)) << good;
  for (const char* bad : {"", "1a", "a..b", "a.", ".a", "alert(1)", "a b", "a-b", "a\n"})
    EXPECT_FALSE(is_callback_name(bad)) << bad;
  EXPECT_FALSE(is_callback_name(std::string(101, 'a')));
}

TEST(FormFields, AreReadAsFormsAreWritten) {
  const FormFields fields = form_fields("u=anna+b&p=%2B%26%3d&empty=&&x&bad=%FF&half=%4&id=1&id=2");
  EXPECT_EQ(fields,
            (FormFields{{"u", "anna b"}, {"p", "+&="}, {"empty", ""}, {"x", ""}, {"half", "%4"}, {"id", "1"}, {"id", "2"}}));
  EXPECT_TRUE(form_fields("").empty());
}

TEST(PlayerIds, AreReadAsTheyAreWritten) {
  for (const char* text : {"so-7", "al-1", "ao-0", "ao-3", "ar-9", "ar-unknown", "ar-various", "pl-12"}) {
    const auto id = PlayerId::read(text);
    ASSERT_TRUE(id.has_value()) << text;
    EXPECT_EQ(id->text(), text);
  }
  for (const char* text : {"", "7", "so-", "so-0", "so-07", "so--1", "so-7x", "xx-7", "so-9223372036854775808", "ar-Unknown"})
    EXPECT_FALSE(PlayerId::read(text).has_value()) << text;
}

TEST(CoverArtIds, NameThePictureTooAndAreReadWithoutIt) {
  const PlayerId album{PlayerId::Kind::kAlbum, 7};
  EXPECT_EQ(cover_art_id(album, ""), "al-7");
  EXPECT_EQ(cover_art_id(album, "0123456789abcdef"), "al-7_01234567");
  for (const char* text : {"al-7", "al-7_01234567", "al-7_of_before"}) EXPECT_EQ(read_cover_art_id(text), album) << text;
  for (const char* text : {"", "_", "_01234567", "7_01234567"}) EXPECT_FALSE(read_cover_art_id(text).has_value()) << text;
}

TEST(SubsonicParameters, AreReadAsWhatTheyAreMeantToBe) {
  const SubsonicParameters given(form_fields("f=jsonp&callback=x.y&size=900&bad=many&on=true&id=so-1&id=al-2&v=1.16.1"));
  EXPECT_EQ(given.format(), SubsonicFormat::kJsonp);
  EXPECT_EQ(given.number("size", 10, 0, 500), 500);
  EXPECT_EQ(given.number("bad", 10, 0, 500), 10);
  EXPECT_TRUE(given.flag("on", false));
  EXPECT_EQ(given.ids("id")->size(), 2U);
  EXPECT_FALSE(given.version_fault().has_value());
  EXPECT_EQ(given.required("u").error().code, 10);
  EXPECT_EQ(SubsonicParameters(form_fields("f=jsonp&callback=x(1)")).format(), SubsonicFormat::kXml);
  EXPECT_EQ(SubsonicParameters(form_fields("v=2.0.0")).version_fault()->code, 30);
  EXPECT_EQ(SubsonicParameters(form_fields("v=1.17.0")).version_fault()->code, 30);
  EXPECT_EQ(SubsonicParameters(form_fields("v=0.9")).version_fault()->code, 20);
  EXPECT_EQ(SubsonicParameters(form_fields("v=one")).version_fault()->code, 0);
}

TEST(SubsonicParameters, TakePasswordsInHex) {
  EXPECT_EQ(player_password_of("enc:736573616d65"), "sesame");
  EXPECT_EQ(player_password_of("enc:73657"), "enc:73657");
  EXPECT_EQ(player_password_of("enc:zz"), "enc:zz");
  EXPECT_EQ(player_password_of("sesame"), "sesame");
}

}  // namespace
}  // namespace roundelay::answer_writers_test
