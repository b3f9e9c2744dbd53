// Any bytes as the parameters of a player: every field is text, and no answer made of them breaks its form.
#include <cstdint>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

#include "server/base/text.h"
#include "server/library/subsonic/answer_writers.h"
#include "server/library/subsonic/subsonic_parameters.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  const std::string text(reinterpret_cast<const char*>(data), size);
  FormFields fields = form_fields(text);
  SubsonicNode node;
  for (const auto& [name, value] : fields) {
    if (name.empty() || !is_utf8(name) || !is_utf8(value)) std::abort();
    node.set("field", value).add("more", SubsonicNode().text(value));
  }
  node.text(text);  // which need not be UTF-8
  if (nlohmann::json::parse(subsonic_json(node), nullptr, false).is_discarded()) std::abort();
  const std::string xml = subsonic_xml(node);
  if (!is_utf8(xml)) std::abort();
  for (const char c : xml) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') std::abort();
  }
  const SubsonicParameters given(std::move(fields));
  const auto id = given.id("id");
  if (id && PlayerId::read(id->text()) != *id) std::abort();
  if (given.format() == SubsonicFormat::kJsonp && !is_callback_name(given.text("callback"))) std::abort();
  static_cast<void>(given.version_fault());
  static_cast<void>(given.number("size", 1, 0, 2));
  static_cast<void>(player_password_of(given.text("p")));
  return 0;
}
