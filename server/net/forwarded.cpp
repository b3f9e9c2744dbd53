#include "server/net/forwarded.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace roundelay {
namespace {

constexpr size_t kMostHops = 32;  // looked at

// Splits at a mark that does not stand in quotation marks.
std::vector<std::string_view> pieces(std::string_view text, char mark) {
  std::vector<std::string_view> found;
  bool quoted = false;
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == mark && !quoted) {
      found.push_back(trimmed_field(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  found.push_back(trimmed_field(text.substr(begin)));
  return found;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

// "192.0.2.1", "192.0.2.1:80", "[2001:db8::1]:80", "2001:db8::1".
std::optional<IpAddress> node_address(std::string_view node) {
  if (node.starts_with('[')) {
    const size_t end = node.find(']');
    const std::string_view rest = node.substr(std::min(end, node.size()));
    if (rest.empty() || (rest.size() > 1 && rest[1] != ':')) return std::nullopt;
    return IpAddress::parse(node.substr(1, end - 1));
  }
  if (std::count(node.begin(), node.end(), ':') == 1) node = node.substr(0, node.find(':'));
  return IpAddress::parse(node);
}

// One field in several lines is one list (RFC 9110, 5.3).
std::string joined(const HttpHead& head, std::string_view name) {
  std::string all;
  for (const auto& [each, value] : head.fields) {
    if (each == name) all.append(all.empty() ? "" : ",").append(value);
  }
  return all;
}

// A parameter of one element of Forwarded; names are alike in any case.
std::string_view parameter(std::string_view element, std::string_view name) {
  for (const std::string_view pair : pieces(element, ';')) {
    const size_t equals = pair.find('=');
    if (equals != std::string_view::npos && in_small_letters(trimmed_field(pair.substr(0, equals))) == name)
      return unquoted(trimmed_field(pair.substr(equals + 1)));
  }
  return {};
}

}  // namespace

std::string forwarded_for(const HttpHead& head) {
  std::string plain = joined(head, "x-forwarded-for");
  return plain.empty() ? joined(head, "forwarded") : plain;
}

Asker asker_of(const std::string& peer, const HttpHead& head, const AddressList& trusted) {
  Asker asker{peer, {}};
  auto nearest = IpAddress::parse(peer);
  if (!nearest || !trusted.contains(*nearest)) return asker;

  const std::string plain = joined(head, "x-forwarded-for");
  const std::string standard = joined(head, "forwarded");
  const std::string host = joined(head, "x-forwarded-host");
  if (plain.empty() && standard.empty() && host.empty()) return asker;
  const std::vector<std::string_view> hops = pieces(plain.empty() ? standard : plain, ',');
  for (size_t i = 0; i < std::min(hops.size(), kMostHops); ++i) {
    const std::string_view hop = hops[hops.size() - 1 - i];
    const auto before = node_address(plain.empty() ? parameter(hop, "for") : unquoted(hop));
    if (!before) break;
    nearest = before;
    if (!trusted.contains(*before)) break;
  }
  asker.address = nearest->text();

  // The first is what the client asked for. Pages cannot set these headers, so no other site makes use of them.
  asker.host = host.empty() ? parameter(pieces(standard, ',').front(), "host") : pieces(host, ',').front();
  return asker;
}

}  // namespace roundelay
