#include "server/library/subsonic/subsonic_parameters.h"

#include <algorithm>
#include <charconv>

#include "server/base/text.h"

namespace roundelay {
namespace {

constexpr int64_t kOurMajor = 1, kOurMinor = 16;

std::optional<int64_t> number_at_front(std::string_view& text) {
  int64_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  if (read.ec != std::errc() || out < 0) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(read.ptr - text.data()));
  return out;
}

}  // namespace

std::string_view SubsonicParameters::text(std::string_view name) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const auto& each) { return each.first == name; });
  return found == fields_.end() ? std::string_view() : std::string_view(found->second);
}

bool SubsonicParameters::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const auto& each) { return each.first == name; });
}

std::vector<std::string_view> SubsonicParameters::all(std::string_view name) const {
  std::vector<std::string_view> out;
  for (const auto& [field, value] : fields_) {
    if (field == name) out.emplace_back(value);
  }
  return out;
}

FromSubsonic<std::string> SubsonicParameters::required(std::string_view name) const {
  const std::string_view found = text(name);
  if (!found.empty()) return std::string(found);
  return subsonic_fault(SubsonicFault::kMissing, std::string("The parameter ").append(name).append(" is missing."));
}

std::optional<int64_t> SubsonicParameters::number(std::string_view name) const {
  const std::string_view found = text(name);
  int64_t out = 0;
  const auto read = std::from_chars(found.data(), found.data() + found.size(), out);
  if (found.empty() || read.ec != std::errc() || read.ptr != found.data() + found.size()) return std::nullopt;
  return out;
}

int64_t SubsonicParameters::number(std::string_view name, int64_t usual, int64_t least, int64_t most) const {
  return std::clamp(number(name).value_or(usual), least, most);
}

bool SubsonicParameters::flag(std::string_view name, bool usual) const {
  const std::string_view found = text(name);
  if (found == "true" || found == "1") return true;
  if (found == "false" || found == "0") return false;
  return usual;
}

FromSubsonic<PlayerId> SubsonicParameters::id(std::string_view name) const {
  const auto given = required(name);
  if (!given) return tl::unexpected(given.error());
  const auto out = PlayerId::read(*given);
  if (!out) return nothing_there();
  return *out;
}

FromSubsonic<std::vector<PlayerId>> SubsonicParameters::ids(std::string_view name) const {
  std::vector<PlayerId> out;
  for (const std::string_view each : all(name)) {
    const auto one = PlayerId::read(each);
    if (!one) return nothing_there();
    out.push_back(*one);
  }
  return out;
}

SubsonicFormat SubsonicParameters::format() const {
  const std::string_view wanted = text("f");
  if (wanted == "json") return SubsonicFormat::kJson;
  if (wanted == "jsonp" && is_callback_name(text("callback"))) return SubsonicFormat::kJsonp;
  return SubsonicFormat::kXml;
}

std::optional<SubsonicFault> SubsonicParameters::version_fault() const {
  std::string_view version = text("v");
  if (version.empty()) return std::nullopt;
  const auto major = number_at_front(version);
  if (!major) return SubsonicFault{SubsonicFault::kGeneric, "The parameter v is a version such as 1.16.1."};
  int64_t minor = 0;
  if (version.starts_with('.')) {
    version.remove_prefix(1);
    minor = number_at_front(version).value_or(0);
  }
  if (*major < kOurMajor)
    return SubsonicFault{SubsonicFault::kClientIsOld, "This server speaks version 1.16.1: the player is too old."};
  if (*major > kOurMajor || minor > kOurMinor)
    return SubsonicFault{SubsonicFault::kServerIsOld, "This server speaks version 1.16.1: the player is too new."};
  return std::nullopt;
}

std::string player_password_of(std::string_view given) {
  constexpr std::string_view kEncoded = "enc:";
  if (!given.starts_with(kEncoded)) return std::string(given);
  const std::string_view digits = given.substr(kEncoded.size());
  std::string out(digits.size() / 2, '\0');
  if (digits.size() % 2 != 0 || !from_hex(digits, {reinterpret_cast<uint8_t*>(out.data()), out.size()}))
    return std::string(given);
  return out;
}

}  // namespace roundelay
