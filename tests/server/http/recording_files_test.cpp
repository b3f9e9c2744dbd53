#include "server/http/recording_files.h"

#include <gtest/gtest.h>

namespace roundelay::recording_files_test {
namespace {

TEST(RecordingFiles, OnlyThoseOfARecordingHaveAType) {
  EXPECT_EQ(recording_file_type("mix.opus"), "audio/ogg");
  EXPECT_EQ(recording_file_type("mix.flac"), "audio/flac");
  EXPECT_EQ(recording_file_type("track-12.opus"), "audio/ogg");
  EXPECT_EQ(recording_file_type("all.zip"), "application/zip");
  for (const char* other : {"", ".", "..", "pack.json", "all.zip.tmp", "track-.opus", "track-1a.opus", "track-1234567.opus",
                            "track-1.opus.part", "mix.opus/", "../mix.opus", "0-12-0.log", "track--1.opus", "MIX.OPUS"}) {
    EXPECT_FALSE(recording_file_type(other)) << other;
  }
}

TEST(RecordingFiles, AnIdLeadsToNoOtherFolder) {
  EXPECT_TRUE(is_recording_id("ydt8ksnxem-12"));
  for (const char* other : {"", ".", "..", "all.zip", "a/b", "a.b", "a\\b", "a b"}) EXPECT_FALSE(is_recording_id(other)) << other;
  EXPECT_FALSE(is_recording_id(std::string(101, 'a')));
}

TEST(RecordingFiles, ANameIsWhatEverySystemTakes) {
  EXPECT_EQ(disposition("Abend", "mix.opus", false),
            "content-disposition: inline; filename=\"Abend.opus\"; filename*=UTF-8''Abend.opus\r\n");
  EXPECT_EQ(disposition("No\xC3\xABl: \"A/B\" ", "track-1.opus", true),
            "content-disposition: attachment; filename=\"No_l AB.opus\"; filename*=UTF-8''No%C3%ABl%20AB.opus\r\n");
  EXPECT_NE(disposition("x\r\nset-cookie: a", "mix.flac", true).find("filename=\"xset-cookie a.flac\""), std::string::npos);
  EXPECT_NE(disposition(" .. ", "mix.flac", true).find("filename=\"Recording.flac\""), std::string::npos);
  std::string many;
  for (int i = 0; i < 200; ++i) many += "\xC3\xA4";
  const std::string cut = disposition(many, "mix.opus", true);
  EXPECT_NE(cut.find("''" + std::string("%C3%A4")), std::string::npos);
  EXPECT_NE(cut.find("%C3%A4.opus\r\n"), std::string::npos) << "not cut within a letter";
  EXPECT_LT(cut.size(), 700u);
}

}  // namespace
}  // namespace roundelay::recording_files_test
