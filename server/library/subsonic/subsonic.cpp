#include "server/library/subsonic/subsonic.h"

#include <algorithm>
#include <memory>

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

LibraryAnswer fault_of_player(int code, const std::string& message, const SubsonicParameters& given) {
  return subsonic_answer(subsonic_fault(code, message), given);
}

}  // namespace

const std::vector<SubsonicMethod>& subsonic_methods() {
  static const std::vector<SubsonicMethod> methods = [] {
    std::vector<SubsonicMethod> out;
    for (const auto& list : {subsonic_server(), subsonic_browsing(), subsonic_lists(), subsonic_finding(), subsonic_media(),
                             subsonic_sound(), subsonic_liking(), subsonic_playlists(), subsonic_queue()})
      out.insert(out.end(), list.begin(), list.end());
    return out;
  }();
  return methods;
}

const SubsonicMethod* subsonic_method(std::string_view name) {
  constexpr std::string_view kView = ".view";
  if (name.ends_with(kView)) name.remove_suffix(kView.size());
  const auto& methods = subsonic_methods();
  const auto found = std::find_if(methods.begin(), methods.end(), [&](const auto& each) { return each.name == name; });
  return found == methods.end() ? nullptr : &*found;
}

LibraryAnswer subsonic_answer(const FromSubsonic<SubsonicNode>& content, const SubsonicParameters& given) {
  SubsonicNode root = content ? *content : SubsonicNode();
  SubsonicNode whole;
  whole.set("status", content ? "ok" : "failed").set("version", kSubsonicVersion).set("type", "roundelay");
  whole.set("serverVersion", kVersion).set("openSubsonic", true);
  if (!content) root.put("error", SubsonicNode().set("code", content.error().code).set("message", content.error().message));
  whole.take_groups_of(std::move(root));
  const SubsonicFormat format = given.format();
  LibraryAnswer out;
  out.text = std::make_shared<const LibraryText>(LibraryText{
      std::string(content_type_of(format)), format == SubsonicFormat::kJson    ? subsonic_json(whole)
                                            : format == SubsonicFormat::kJsonp ? subsonic_jsonp(whole, given.text("callback"))
                                                                               : subsonic_xml(whole)});
  return out;
}

LibraryAnswer Subsonic::called(const SubsonicMethod& method, const LibraryRequest& request, const SubsonicParameters& given) {
  auto reply = method.answer({library_, shelves_, now_playing_, request, given});
  if (!reply) return subsonic_answer(tl::unexpected(std::move(reply.error())), given);
  if (!reply->other) return subsonic_answer(std::move(reply->root), given);
  return std::move(*reply->other);
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
  if (auto fault = given->version_fault()) return subsonic_answer(tl::unexpected(*std::move(fault)), *given);
  if (method->for_nobody) return called(*method, request, *given);
  return authentication_.identify(request, *given, [this, method, request, given](FromSubsonic<LibraryAccount> account) mutable {
    if (!account) return subsonic_answer(tl::unexpected(account.error()), *given);
    if (!library_.limits.account_requests.allow(std::to_string(account->id), request.now_ns))
      return fault_of_player(SubsonicFault::kGeneric, phrase("library_too_many_requests").text, *given);
    request.account = *std::move(account);
    return called(*method, request, *given);
  });
}

}  // namespace roundelay
