#include "server/net/http_head.h"

#include <algorithm>
#include <charconv>

#include "server/base/text.h"

namespace roundelay {

namespace {

using Fault = tl::unexpected<HttpFault>;

Fault bad(std::string message) {
  return Fault(HttpFault{.message = std::move(message)});
}

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'z') || kMarks.find(c) != std::string_view::npos;
  });
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

// The next line without its end, which it takes away too. Lines end in CR LF or in LF alone.
std::string_view take_line(std::string_view& bytes) {
  const size_t end = std::min(bytes.find('\n'), bytes.size());
  std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// UTF-8 without control characters.
bool is_clean_text(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), is_control);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return small(c) >= 'a' && small(c) <= 'f' ? small(c) - 'a' + 10 : -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_clean_text(decoded)) return std::nullopt;
  return decoded;
}

tl::expected<void, HttpFault> parse_target(std::string_view target, HttpHead& head) {
  if (target.size() > kMaxTargetBytes)
    return Fault(HttpFault{.status = 414, .code = "too_large", .message = "This address is too long."});
  // Proxies ask with scheme and host in front.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (in_small_letters(target.substr(0, scheme.size())) != scheme) continue;
    const size_t path = target.find_first_of("/?", scheme.size());
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  if (!target.starts_with('/') && !target.starts_with('?')) {
    if (target != "*" && head.method != "CONNECT") return bad("An address must begin with a slash.");
    head.path = target;  // of methods that nobody here knows
    return {};
  }
  const size_t question = std::min(target.find('?'), target.size());
  const auto path = percent_decoded(target.substr(0, question));
  if (!path) return bad("This address is not text in UTF-8 without control characters, percent-encoded where it must be.");
  head.path = path->empty() ? "/" : *path;
  std::string_view query = target.substr(std::min(question + 1, target.size()));
  head.query = query;
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const auto argument = percent_decoded(query.substr(0, end));
    if (!argument)
      return bad(
          "The part of the address behind the question mark is not text in UTF-8 without control characters, "
          "percent-encoded where it must be.");
    if (!argument->empty()) head.arguments.push_back(*argument);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return {};
}

// Returns whether the version is 1.1 (rather than 1.0).
tl::expected<bool, HttpFault> parse_request_line(std::string_view line, HttpHead& head) {
  const size_t first = line.find(' ');
  const size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return bad("A request must begin with a method, an address and HTTP/1.1.");
  const std::string_view version = line.substr(last + 1);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (version.size() != 8 || !version.starts_with("HTTP/"))
    return bad("A request must begin with a method, an address and HTTP/1.1.");
  if (version != "HTTP/1.1" && version != "HTTP/1.0")
    return Fault(HttpFault{.status = 505, .message = "This server speaks HTTP/1.1."});
  head.method = line.substr(0, first);
  if (!is_token(head.method) || head.method.size() > 32) return bad("This is not the name of a method.");
  if (target.empty() || target.find(' ') != std::string_view::npos)
    return bad("An address must not hold spaces; they are written %20.");
  if (auto parsed = parse_target(target, head); !parsed) return Fault(parsed.error());
  return version == "HTTP/1.1";
}

tl::expected<void, HttpFault> parse_field(std::string_view line, HttpHead& head) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return bad("A header line has no name.");
  const std::string_view value = trimmed_field(line.substr(colon + 1));
  if (std::any_of(value.begin(), value.end(), [](char c) { return is_control(c) && c != '\t'; }))
    return bad("A header holds a control character.");
  if (head.fields.size() == kMaxFields)
    return Fault(HttpFault{.status = 431, .code = "too_large", .message = "There are too many headers."});
  head.fields.emplace_back(in_small_letters(line.substr(0, colon)), value);
  return {};
}

size_t count_of(const HttpHead& head, std::string_view name) {
  return static_cast<size_t>(
      std::count_if(head.fields.begin(), head.fields.end(), [&](const auto& field) { return field.first == name; }));
}

// How long the body is; a request of which two readers could think differently is refused (request smuggling).
tl::expected<void, HttpFault> parse_body_length(HttpHead& head) {
  if (count_of(head, "transfer-encoding") > 0) {
    return Fault(HttpFault{.status = 411,
                           .message = "The size of a body must be announced (Content-Length); a chunked one is not taken."});
  }
  const size_t lengths = count_of(head, "content-length");
  if (lengths == 0) return {};
  const std::string_view length = head.field("content-length");
  const char* end = length.data() + length.size();
  const bool digits = !length.empty() && std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto parsed = std::from_chars(length.data(), end, head.content_length);
  if (lengths > 1 || !digits || parsed.ec != std::errc() || parsed.ptr != end)
    return bad("Content-Length must stand there once and be a number.");
  return {};
}

bool is_host(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'z') ||
           std::string_view("-._~:[]%").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string_view trimmed_field(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string in_small_letters(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), small);
  return result;
}

std::string_view HttpHead::field(std::string_view name) const {
  for (const auto& [each, value] : fields) {
    if (each == name) return value;
  }
  return {};
}

bool HttpHead::lists(std::string_view name, std::string_view word) const {
  for (const auto& [each, value] : fields) {
    if (each != name) continue;
    std::string_view left = value;
    while (!left.empty()) {
      const size_t end = std::min(left.find(','), left.size());
      if (in_small_letters(trimmed_field(left.substr(0, end))) == word) return true;
      left.remove_prefix(std::min(end + 1, left.size()));
    }
  }
  return false;
}

std::optional<size_t> head_length(std::string_view bytes) {
  for (size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    const std::string_view next = bytes.substr(at + 1);
    if (next.starts_with('\n')) return at + 2;
    if (next.starts_with("\r\n")) return at + 3;
  }
  return std::nullopt;
}

tl::expected<HttpHead, HttpFault> parse_head(std::string_view bytes) {
  HttpHead head;
  const auto is_1_1 = parse_request_line(take_line(bytes), head);
  if (!is_1_1) return Fault(is_1_1.error());
  while (!bytes.empty()) {
    const std::string_view line = take_line(bytes);
    if (line.empty()) break;
    if (auto parsed = parse_field(line, head); !parsed) return Fault(parsed.error());
  }
  const size_t hosts = count_of(head, "host");
  if (hosts > 1 || (hosts == 0 && *is_1_1) || !is_host(head.field("host"))) return bad("A request must name one Host.");
  if (auto parsed = parse_body_length(head); !parsed) return Fault(parsed.error());
  if (head.content_length > 0 && (head.method == "GET" || head.method == "HEAD" || head.method == "DELETE"))
    return bad("A body is taken with POST alone.");
  head.keep_alive = *is_1_1 ? !head.lists("connection", "close") : head.lists("connection", "keep-alive");
  if (const std::string_view expect = head.field("expect"); !expect.empty()) {
    if (in_small_letters(expect) != "100-continue")
      return Fault(HttpFault{.status = 417, .message = "Nothing can be expected here but 100-continue."});
    head.expects_continue = *is_1_1;
  }
  return head;
}

}  // namespace roundelay
