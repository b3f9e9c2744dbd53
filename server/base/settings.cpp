#include "server/base/settings.h"

#include <sys/un.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <type_traits>

#include "mixer/room_state.h"
#include "server/base/base_path.h"
#include "server/base/cores.h"
#include "server/base/ip_address.h"
#include "server/base/nearest_name.h"

namespace roundelay {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kMaxSocketPath = sizeof(sockaddr_un::sun_path) - 1;  // 107 bytes
constexpr size_t kMostTold = 64;                                      // bytes of an unknown key

void for_each_setting(const auto& visit) {
  for (const SettingGroup& group : setting_groups()) {
    for (const Setting& setting : group.settings) visit(setting);
  }
}

const std::vector<std::string_view>& all_keys() {
  static const std::vector<std::string_view> kKeys = [] {
    std::vector<std::string_view> keys;
    for_each_setting([&](const Setting& setting) { keys.push_back(setting.key); });
    return keys;
  }();
  return kKeys;
}

// As it may stand in a terminal or a log.
std::string told(std::string_view key) {
  const bool plain = std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > ' ' && c < 0x7F && c != '"'; });
  if (plain && !key.empty() && key.size() <= kMostTold) return std::string(key);
  return json(key.substr(0, kMostTold)).dump(-1, ' ', true, json::error_handler_t::replace);
}

std::string unknown_key(const std::string& key) {
  std::string sentence = "There is no setting named " + told(key);
  std::string_view nearest = nearest_name(key, all_keys());
  for_each_setting([&](const Setting& setting) {
    if (setting.option == "--" + key) nearest = setting.key;  // as the command line calls it
  });
  if (nearest.empty()) return sentence + ".";
  return (sentence += "; did you mean ").append(nearest) + "?";
}

std::string listed(const std::vector<std::string_view>& words) {
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) out.append(i == 0 ? "" : i + 1 == words.size() ? " or " : ", ").append(words[i]);
  return out;
}

// Sets one field; what is said is what is wrong.
std::string set(Config& config, const Setting& setting, const json& value) {
  const std::string key(setting.key);
  const auto least = setting.range.least, most = setting.range.most;
  const auto out_of_range = [&] { return key + " must be from " + std::to_string(least) + " to " + std::to_string(most) + "."; };
  return std::visit(
      [&](auto field) -> std::string {
        auto& target = config.*field;
        using Value = std::remove_reference_t<decltype(target)>;
        if constexpr (std::is_same_v<Value, bool>) {
          if (!value.is_boolean()) return key + " must be true or false.";
          target = value.get<bool>();
        } else if constexpr (std::is_same_v<Value, std::string>) {
          if (!value.is_string()) return key + " must be a text.";
          const auto& text = value.get_ref<const std::string&>();
          if (!setting.words.empty() && std::find(setting.words.begin(), setting.words.end(), text) == setting.words.end())
            return key + " must be " + listed(setting.words) + ".";
          target = text;
        } else if constexpr (std::is_floating_point_v<Value>) {
          if (!value.is_number()) return key + " must be a number.";
          const double number = value.get<double>();
          if (!(number >= static_cast<double>(least) && number <= static_cast<double>(most))) return out_of_range();
          target = number;
        } else {
          if (!value.is_number_integer()) return key + " must be a whole number.";
          const bool huge = value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX);
          if (huge || value.get<int64_t>() < least || value.get<int64_t>() > most) return out_of_range();
          target = static_cast<Value>(value.get<int64_t>());
        }
        return {};
      },
      setting.field);
}

std::vector<std::string> set_all(Config& config, const json& object) {
  if (!object.is_object()) return {"The configuration must be a JSON object."};
  std::vector<std::string> errors;
  for (const auto& [key, value] : object.items()) {
    const Setting* setting = find_setting(key);
    std::string error = setting == nullptr ? unknown_key(key) : set(config, *setting, value);
    if (!error.empty()) errors.push_back(std::move(error));
  }
  return errors;
}

// What json::parse does not tell: where the text is wrong, and which settings stand there twice.
class Scan : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ > 0; }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ > 0; }
  bool end_array() override { return --depth_ >= 0; }
  bool key(string_t& key) override {
    if (depth_ == 1 && !seen_.insert(key).second) twice_.insert(key);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    wrong_at_ = position;
    return false;
  }

  [[nodiscard]] size_t wrong_at() const { return wrong_at_; }  // counted from 1
  [[nodiscard]] const std::set<std::string>& twice() const { return twice_; }

 private:
  int depth_ = 0;
  size_t wrong_at_ = 1;
  std::set<std::string> seen_;
  std::set<std::string> twice_;
};

std::string not_json(std::string_view text, size_t wrong_at) {
  const std::string_view before = text.substr(0, std::max<size_t>(wrong_at, 1) - 1);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const size_t line_begin = before.rfind('\n') + 1;  // 0 where there is none
  return "It is not valid JSON: something is wrong at line " + std::to_string(lines + 1) + ", column " +
         std::to_string(before.size() - line_begin + 1) + ".";
}

// "" if it is an origin as browsers send it: scheme and host, perhaps a port, nothing behind.
std::string origin_error(const std::string& origin) {
  const size_t scheme = origin.starts_with("https://") ? 8 : origin.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || origin.size() == scheme || origin.find('/', scheme) != std::string::npos)
    return "public_origin must look like https://sing.example, without a path.";
  return "";
}

}  // namespace

const Setting* find_setting(std::string_view key) {
  for (const SettingGroup& group : setting_groups()) {
    for (const Setting& setting : group.settings) {
      if (setting.key == key) return &setting;
    }
  }
  return nullptr;
}

ReadSettings read_settings(std::string_view text, Config base) {
  ReadSettings read{.config = std::move(base), .errors = {}};
  Scan scan;
  if (!json::sax_parse(text, &scan)) {
    read.errors.push_back(not_json(text, scan.wrong_at()));
    return read;
  }
  for (const std::string& key : scan.twice()) read.errors.push_back(told(key) + " stands there more than once.");
  for (std::string& error : set_all(read.config, json::parse(text, nullptr, false))) read.errors.push_back(std::move(error));
  return read;
}

tl::expected<void, std::string> set_by_option(Config& config, const Setting& setting, const std::string& value) {
  const bool text = std::holds_alternative<std::string Config::*>(setting.field);
  json given = text ? json(value) : json::parse(value, nullptr, false);
  if (std::string error = set(config, setting, given); !error.empty()) return tl::unexpected(std::move(error));
  return {};
}

tl::expected<Config, std::string> apply_json(Config base, const json& object) {
  const auto errors = set_all(base, object);
  if (!errors.empty()) return tl::unexpected(joined(errors));
  return base;
}

json to_json(const Config& config) {
  json out = json::object();
  for_each_setting([&](const Setting& setting) { out[std::string(setting.key)] = value_of(config, setting); });
  return out;
}

json value_of(const Config& config, const Setting& setting) {
  return std::visit([&](auto field) { return json(config.*field); }, setting.field);
}

std::vector<std::string> errors_of(const Config& config) {
  std::vector<std::string> errors;
  const auto add = [&](std::string error) {
    if (!error.empty()) errors.push_back(std::move(error));
  };
  const auto wrong_if = [&](bool wrong, const std::string& sentence) { add(wrong ? sentence : std::string()); };
  Config unused;
  for_each_setting([&](const Setting& setting) { add(set(unused, setting, value_of(config, setting))); });
  wrong_if(!IpAddress::parse(config.host),
           "host must be an address, such as :: (all) or 127.0.0.1; a name such as localhost is none.");
  if (!config.public_origin.empty()) add(origin_error(config.public_origin));
  if (const auto base_path = checked_base_path(config.base_path); !base_path) add(base_path.error());
  if (const auto proxies = AddressList::parse(config.trusted_proxies); !proxies) add("trusted_proxies: " + proxies.error());
  wrong_if(config.tls_certificate.empty() != config.tls_key.empty(),
           "tls_certificate and tls_key belong together: give both, or none.");
  wrong_if(config.default_interval_ms > 0 && config.default_interval_ms < 60,
           "default_interval_ms must be 0 (automatic) or from 60 to 10000.");
  const int64_t last_offset_ms =
      config.default_first_offset_ms + (int64_t{config.default_buckets} - 1) * config.default_interval_ms;
  wrong_if(last_offset_ms / 20 + kRingSlackBlocks > int64_t{kLineBlocks},
           "default_first_offset_ms + (default_buckets - 1) x default_interval_ms must be at most " +
               std::to_string((static_cast<int>(kLineBlocks) - kRingSlackBlocks) * 20) + ".");
  wrong_if(config.data_dir.empty(), "data_dir must name a folder.");
  return errors;
}

tl::expected<Config, std::string> checked(Config config) {
  if (const auto errors = errors_of(config); !errors.empty()) return tl::unexpected(joined(errors));
  config.base_path = checked_base_path(config.base_path).value();
  if (config.shards == 0) config.shards = std::min(usable_cores(), 64);
  std::error_code failure;
  fs::path absolute = fs::absolute(config.data_dir, failure);
  if (!failure) absolute = fs::weakly_canonical(absolute, failure);
  if (failure) return tl::unexpected("data_dir " + config.data_dir + " cannot be used: " + failure.message() + ".");
  config.data_dir = absolute.string();
  while (config.data_dir.size() > 1 && config.data_dir.back() == '/') config.data_dir.pop_back();
  if (std::max(config.control_socket().size(), config.wake_socket(config.shards - 1).size()) > kMaxSocketPath) {
    return tl::unexpected("data_dir " + config.data_dir + " is too long: the paths of its sockets may have " +
                          std::to_string(kMaxSocketPath) + " bytes.");
  }
  return config;
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string out;
  for (const std::string& each : sentences) (out += out.empty() ? "" : " ") += each;
  return out;
}

}  // namespace roundelay
