#include "server/library/subsonic/subsonic.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "server/base/version.h"

namespace roundelay {
namespace {

FormFields fields_of(const LibraryRequest& request) {
  const size_t question = std::min(request.path.find('?'), request.path.size());
  FormFields out = form_fields(std::string_view(request.path).substr(std::min(question + 1, request.path.size())));
  if (!request.body.is_string()) return out;
  FormFields form = form_fields(request.body.get_ref<const std::string&>());
  std::move(form.begin(), form.end(), std::back_inserter(out));
  return out;
}

LibraryAnswer answer_of(LibraryText text) {
  LibraryAnswer out;
  out.text = std::make_shared<const LibraryText>(std::move(text));
  return out;
}

LibraryAnswer fault_of_player(int code, const std::string& message, const SubsonicParameters& given) {
  return answer_of(subsonic_text(subsonic_fault(code, message), given));
}

// What is read for a long answer, and then written.
struct LongReading {
  Viewer viewer;
  std::shared_ptr<const SubsonicParameters> given;
  std::shared_ptr<LongReply> reply;
  std::vector<PlayerSong> songs = {};
  size_t next = 0;
  bool others_read = false;
  std::optional<SubsonicFault> fault = {};

  // True: that was the last part.
  bool read_on(Library& library) {
    if (reply->read_on && !others_read) {
      const auto last = reply->read_on(library, reply->songs);
      if (!last) fault = last.error();
      others_read = last && *last;
      return fault || (others_read && reply->songs.empty());
    }
    const auto part = std::span(reply->songs).subspan(next, std::min(kSongsAtOnce, reply->songs.size() - next));
    auto read = PlayerSongs(library.database, viewer).of_ids(part);
    if (!read) {
      fault = read.error();
      return true;
    }
    std::move(read->begin(), read->end(), std::back_inserter(songs));
    next += part.size();
    return next == reply->songs.size();
  }
  [[nodiscard]] LibraryText write() const {
    if (fault) return subsonic_text(tl::unexpected(*fault), *given);
    return subsonic_text(reply->put_together(songs), *given);
  }

  static constexpr size_t kSongsAtOnce = 50;
};

}  // namespace

const std::vector<SubsonicMethod>& subsonic_methods() {
  static const std::vector<SubsonicMethod> kMethods = [] {
    std::vector<SubsonicMethod> out;
    for (const auto& list : {subsonic_server(), subsonic_browsing(), subsonic_lists(), subsonic_finding(), subsonic_media(),
                             subsonic_sound(), subsonic_liking(), subsonic_playlists(), subsonic_queue()})
      out.insert(out.end(), list.begin(), list.end());
    return out;
  }();
  return kMethods;
}

const SubsonicMethod* subsonic_method(std::string_view name) {
  constexpr std::string_view kView = ".view";
  if (name.ends_with(kView)) name.remove_suffix(kView.size());
  const auto& methods = subsonic_methods();
  const auto found = std::find_if(methods.begin(), methods.end(), [&](const auto& each) { return each.name == name; });
  return found == methods.end() ? nullptr : &*found;
}

LibraryText subsonic_text(const FromSubsonic<SubsonicNode>& content, const SubsonicParameters& given) {
  SubsonicNode root = content ? *content : SubsonicNode();
  SubsonicNode whole;
  whole.set("status", content ? "ok" : "failed").set("version", kSubsonicVersion).set("type", "roundelay");
  whole.set("serverVersion", kVersion).set("openSubsonic", true);
  if (!content) root.put("error", SubsonicNode().set("code", content.error().code).set("message", content.error().message));
  whole.take_groups_of(std::move(root));
  const SubsonicFormat format = given.format();
  return {std::string(content_type_of(format)), format == SubsonicFormat::kJson    ? subsonic_json(whole)
                                                : format == SubsonicFormat::kJsonp ? subsonic_jsonp(whole, given.text("callback"))
                                                                                   : subsonic_xml(whole)};
}

LibraryAnswer subsonic_answer(SubsonicReply reply, const Viewer& viewer, std::shared_ptr<const SubsonicParameters> given) {
  constexpr size_t kFewNodes = 100;
  if (reply.other) return std::move(*reply.other);
  LibraryAnswer out;
  if (reply.long_one) {
    auto reading = std::make_shared<LongReading>(LongReading{viewer, std::move(given), std::move(reply.long_one)});
    out.long_one = std::make_shared<LongAnswer>();
    const bool reads = !reading->reply->songs.empty() || reading->reply->read_on;
    if (reads) out.long_one->read_on = [reading](Library& library) { return reading->read_on(library); };
    out.long_one->write = [reading] { return reading->write(); };
    return out;
  }
  if (reply.root.nodes() <= kFewNodes) return answer_of(subsonic_text(reply.root, *given));
  const auto root = std::make_shared<const SubsonicNode>(std::move(reply.root));
  out.long_one = std::make_shared<LongAnswer>(
      LongAnswer{.write = [root, given = std::move(given)] { return subsonic_text(*root, *given); }});
  return out;
}

LibraryAnswer Subsonic::called(const SubsonicMethod& method, const LibraryRequest& request,
                               std::shared_ptr<const SubsonicParameters> given) {
  auto reply = method.answer({library_, shelves_, now_playing_, request, *given});
  if (!reply && reply.error().code == SubsonicFault::kShelfIsUnread) return called_later(method, request, std::move(given));
  if (!reply) return answer_of(subsonic_text(tl::unexpected(std::move(reply.error())), *given));
  return subsonic_answer(*std::move(reply), viewer_of(request), std::move(given));
}

LibraryAnswer Subsonic::called_later(const SubsonicMethod& method, const LibraryRequest& request,
                                     std::shared_ptr<const SubsonicParameters> given) {
  const auto fault = std::make_shared<std::optional<SubsonicFault>>();
  LibraryAnswer out;
  out.long_one = std::make_shared<LongAnswer>();
  out.long_one->read_on = [this, fault](Library& library) {
    const auto last = shelves_.read_on(library.database);
    if (!last) *fault = last.error();
    return !last || *last;
  };
  out.long_one->then = [this, &method, request, given = std::move(given), fault](Library&) {
    return *fault ? answer_of(subsonic_text(tl::unexpected(**fault), *given)) : called(method, request, given);
  };
  return out;
}

LibraryAnswer Subsonic::answer(LibraryRequest request) {
  const auto given = std::make_shared<const SubsonicParameters>(fields_of(request));
  if (!library_.limits.requests.allow(request.address, request.now_ns))
    return fault_of_player(SubsonicFault::kGeneric, phrase("library_too_many_requests").text, *given);
  std::string_view name = std::string_view(request.path).substr(0, request.path.find('?'));
  if (name.starts_with('/')) name.remove_prefix(1);
  const SubsonicMethod* method = subsonic_method(name);
  if (method == nullptr) return fault_of_player(SubsonicFault::kGeneric, "This server has no such method.", *given);
  if (request.method != LibraryMethod::kGet && request.method != LibraryMethod::kPost)
    return fault_of_player(SubsonicFault::kGeneric, "Methods are asked for by GET or POST.", *given);
  if (auto fault = given->version_fault()) return answer_of(subsonic_text(tl::unexpected(*std::move(fault)), *given));
  if (method->for_nobody) return called(*method, request, given);
  return authentication_.identify(request, *given, [this, method, request, given](FromSubsonic<LibraryAccount> account) mutable {
    if (!account) return answer_of(subsonic_text(tl::unexpected(account.error()), *given));
    if (!library_.limits.account_requests.allow(std::to_string(account->id), request.now_ns))
      return fault_of_player(SubsonicFault::kGeneric, phrase("library_too_many_requests").text, *given);
    request.account = *std::move(account);
    return called(*method, request, given);
  });
}

}  // namespace roundelay
