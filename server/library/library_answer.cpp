#include "server/library/library_answer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "server/library/library_request.h"

namespace roundelay {
namespace {

constexpr std::array<std::string_view, 4> kRoleNames = {"", "member", "curator", "admin"};

LibraryAnswer failed(int status, nlohmann::json error) {
  LibraryAnswer answer;
  answer.status = status;
  answer.errors.push_back(std::move(error));
  return answer;
}

}  // namespace

std::string_view name_of(LibraryRole role) {
  return kRoleNames[static_cast<size_t>(role)];
}

std::optional<LibraryRole> library_role(std::string_view name) {
  const auto* found = std::find(kRoleNames.begin() + 1, kRoleNames.end(), name);
  if (found == kRoleNames.end()) return std::nullopt;
  return static_cast<LibraryRole>(found - kRoleNames.begin());
}

std::string_view LibraryRequest::argument(std::string_view name) const {
  const auto found = std::find_if(query.begin(), query.end(), [&](const auto& each) { return each.first == name; });
  return found == query.end() ? std::string_view() : std::string_view(found->second);
}

std::string LibraryRequest::text(const char* name) const {
  if (!body.is_object()) return {};
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int64_t LibraryRequest::id(size_t index) const {
  if (index >= parts.size() || parts[index].starts_with('0')) return 0;
  const std::string& digits = parts[index];
  int64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc() && read.ptr == digits.data() + digits.size() && number > 0 ? number : 0;
}

nlohmann::json LibraryAnswer::body() const {
  return {{"ok", errors.empty()}, {"errors", errors}, {"data", data}};
}

LibraryAnswer library_answer(nlohmann::json data, int status) {
  LibraryAnswer answer;
  answer.status = status;
  answer.data = std::move(data);
  return answer;
}

LibraryAnswer library_error(int status, const std::string& code, const Sentence& said) {
  nlohmann::json error{{"code", code}, {"message", said.text}};
  put_sentence(said.code, said.values, error);
  return failed(status, std::move(error));
}

LibraryAnswer library_error(int status, const std::string& code, const std::string& message) {
  return failed(status, {{"code", code}, {"message", message}});
}

LibraryAnswer library_not_found() {
  return library_error(404, "not_found", std::string("The library has nothing at this address."));
}

LibraryAnswer library_too_often(const Sentence& said, int64_t retry_after_s) {
  LibraryAnswer out = library_error(429, "busy", said);
  out.headers.emplace_back("retry-after", std::to_string(retry_after_s));
  return out;
}

LibraryAnswer answered_by_slices(Library& library, std::function<bool(Library&)> go_on,
                                 std::function<LibraryAnswer(Library&)> then) {
  if (go_on(library)) return then(library);
  LibraryAnswer out;
  out.long_one = std::make_shared<LongAnswer>(LongAnswer{.read_on = std::move(go_on), .then = std::move(then)});
  return out;
}

LibraryAnswer library_unread() {
  return library_error(503, "busy", phrase("library_is_unread"));
}

}  // namespace roundelay
