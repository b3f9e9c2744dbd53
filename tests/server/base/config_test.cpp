#include "server/base/config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

namespace roundelay::config_test {
namespace {

using nlohmann::json;

TEST(Config, DefaultsPassTheCheck) {
  const auto config = checked(Config{});
  ASSERT_TRUE(config) << config.error();
  EXPECT_GE(config->shards, 1);
  EXPECT_EQ(config->data_dir, (std::filesystem::current_path() / "data").string());
}

TEST(Config, EverySettingSurvivesTheWayThroughJson) {
  Config config;
  config.shards = 3;
  config.port = 0;
  config.host = "::1";
  config.data_dir = "/var/lib/choir";
  config.web_dir = "/usr/share/web";
  config.public_origin = "https://sing.example";
  config.base_path = "/sing/";
  config.trusted_proxies = "10.0.0.0/8";
  config.max_upload_bytes = 3'000'000'000;
  config.max_track_seconds = 90.5;
  config.forget_person_s = 7;
  config.drain_s = 5;
  config.log_level = "debug";
  config.log_format = "json";
  config.core_dumps = true;
  const auto again = apply_json(Config{}, to_json(config));
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(to_json(*again), to_json(config));
  EXPECT_EQ(again->max_upload_bytes, 3'000'000'000);
  EXPECT_EQ(again->max_track_seconds, 90.5);
  EXPECT_EQ(to_json(config).size(), 45u);
}

TEST(Config, JsonChangesOnlyWhatItNames) {
  const auto config = apply_json(Config{}, {{"port", 9000}});
  ASSERT_TRUE(config);
  Config expected;
  expected.port = 9000;
  EXPECT_EQ(to_json(*config), to_json(expected));
}

TEST(Config, ErrorsNameTheKeyAndWhatIsAllowed) {
  EXPECT_EQ(apply_json({}, {{"prot", 1}}).error(), "There is no setting named prot; did you mean port?");
  EXPECT_EQ(apply_json({}, {{"port", "8080"}}).error(), "port must be a whole number.");
  EXPECT_EQ(apply_json({}, {{"port", 80.5}}).error(), "port must be a whole number.");
  EXPECT_EQ(apply_json({}, {{"port", 65536}}).error(), "port must be from 0 to 65535.");
  EXPECT_EQ(apply_json({}, {{"port", std::numeric_limits<uint64_t>::max()}}).error(), "port must be from 0 to 65535.");
  EXPECT_EQ(apply_json({}, {{"host", 7}}).error(), "host must be a text.");
  EXPECT_EQ(apply_json({}, {{"max_track_seconds", "x"}}).error(), "max_track_seconds must be a number.");
  EXPECT_EQ(apply_json({}, json::array()).error(), "The configuration must be a JSON object.");
}

TEST(Config, CheckRefusesWhatIsOutOfRange) {
  Config config;
  config.default_buckets = 9;
  EXPECT_EQ(checked(config).error(), "default_buckets must be from 2 to 8.");
  config = {};
  config.max_track_seconds = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(checked(config));
  config = {};
  config.log_level = "loud";
  EXPECT_FALSE(checked(config));
  config = {};
  config.public_origin = "https://sing.example/path";
  EXPECT_FALSE(checked(config));
  config.public_origin = "sing.example";
  EXPECT_FALSE(checked(config));
  config.public_origin = "http://127.0.0.1:8080";
  EXPECT_TRUE(checked(config));
  config = {};
  config.base_path = "a b";
  EXPECT_FALSE(checked(config));
  config.base_path = "/sing";
  EXPECT_EQ(checked(config)->base_path, "/sing/");
  config = {};
  config.trusted_proxies = "10.0.0.0/33";
  EXPECT_EQ(checked(config).error(),
            "trusted_proxies: \"10.0.0.0/33\" is no address and no network; they look like 192.0.2.7, 10.0.0.0/8 or "
            "2001:db8::/32.");
  config = {};
  config.host.clear();
  EXPECT_FALSE(checked(config));
  config = {};
  config.data_dir.clear();
  EXPECT_FALSE(checked(config));
}

TEST(Config, ACertificateNeedsItsKey) {
  Config config;
  config.tls_certificate = "/etc/cert.pem";
  EXPECT_EQ(checked(config).error(), "tls_certificate and tls_key belong together: give both, or none.");
  config.tls_key = "/etc/key.pem";
  EXPECT_TRUE(checked(config)) << checked(config).error();
}

TEST(Config, DefaultOffsetsMustFitTheLanes) {
  Config config;
  config.default_buckets = 8;
  config.default_interval_ms = 10'000;
  EXPECT_TRUE(checked(config)) << checked(config).error();  // 70 s behind, 5 s of slack, 81.92 s of lane
  config.default_first_offset_ms = 10'000;
  EXPECT_FALSE(checked(config));
}

TEST(Config, SocketPathsMustFit) {
  Config config;
  config.data_dir = "/" + std::string(107 - std::string("//control.sock").size(), 'd');
  EXPECT_TRUE(checked(config)) << checked(config).error();
  EXPECT_EQ(config.control_socket().size(), 107u);
  config.data_dir += "d";
  EXPECT_FALSE(checked(config));
}

TEST(Config, NamesFollowFromTheDataDirectoryAlone) {
  Config one;
  one.data_dir = "/tmp/one";
  Config other = one;
  other.port = 1;
  EXPECT_EQ(one.segment_name(), other.segment_name());
  EXPECT_EQ(one.segment_name().size(), std::string("/roundelay-").size() + 16);
  other.data_dir = "/tmp/two";
  EXPECT_NE(one.segment_name(), other.segment_name());
}

TEST(Config, DifferentSpellingsOfOneDirectoryAreTheSame) {
  Config config;
  config.data_dir = "/tmp/./x/../choir/";
  EXPECT_EQ(checked(config)->data_dir, std::filesystem::weakly_canonical("/tmp/choir").string());
}

}  // namespace
}  // namespace roundelay::config_test
