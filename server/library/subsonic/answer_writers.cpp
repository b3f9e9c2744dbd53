#include "server/library/subsonic/answer_writers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server/base/text.h"

namespace roundelay {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view kResponse = "subsonic-response";
constexpr std::string_view kNoCharacter = "\xEF\xBF\xBD";

// How many bytes the character at the beginning has; 0: it is none.
size_t character_bytes(std::string_view text) {
  for (size_t bytes = 1; bytes <= 4 && bytes <= text.size(); ++bytes) {
    if (is_utf8(text.substr(0, bytes))) return bytes;
  }
  return 0;
}

// In an attribute or between tags; line ends and tabs are kept in attributes too.
void write_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const size_t bytes = character_bytes(text);
    const std::string_view one = text.substr(0, std::max<size_t>(bytes, 1));
    text.remove_prefix(one.size());
    const char c = one.front();
    if (bytes == 0 || one == "\xEF\xBF\xBE" || one == "\xEF\xBF\xBF" || (bytes == 1 && c < 0x20 && c != '\n' && c != '\t')) {
      out += kNoCharacter;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n') {
      out += "&#10;";
    } else if (c == '\t') {
      out += "&#9;";
    } else {
      out += one;
    }
  }
}

std::string text_of(const SubsonicNode::Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  std::array<char, 64> digits{};
  const auto written =
      std::to_chars(digits.data(), digits.data() + digits.size(), std::get<double>(value), std::chars_format::general, 6);
  return {digits.data(), written.ptr};
}

void write_element(std::string& out, std::string_view name, const SubsonicNode& node) {
  out += '<';
  out += name;
  for (const auto& [field, value] : node.fields()) {
    out += ' ';
    out += field;
    out += "=\"";
    write_escaped(out, text_of(value));
    out += '"';
  }
  const size_t head = out.size();
  out += '>';
  if (node.plain()) write_escaped(out, text_of(*node.plain()));
  if (node.own_text()) write_escaped(out, *node.own_text());
  for (const auto& group : node.groups()) {
    for (const SubsonicNode& child : group.nodes) write_element(out, group.name, child);
  }
  if (out.size() == head + 1) {
    out.resize(head);
    out += "/>";
    return;
  }
  out += "</";
  out += name;
  out += '>';
}

Json json_of(const SubsonicNode::Value& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Json json_of(const SubsonicNode& node) {
  if (node.plain()) return json_of(*node.plain());
  Json out = Json::object();
  for (const auto& [field, value] : node.fields()) out[field] = json_of(value);
  if (node.own_text()) out["value"] = *node.own_text();
  for (const auto& group : node.groups()) {
    if (!group.many) {
      out[group.name] = json_of(group.nodes.front());
      continue;
    }
    Json& list = out[group.name] = Json::array();
    for (const SubsonicNode& child : group.nodes) list.push_back(json_of(child));
  }
  return out;
}

}  // namespace

bool is_callback_name(std::string_view name) {
  if (name.empty() || name.size() > 100) return false;
  bool begins = true;  // a part of it
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    const bool digit = c >= '0' && c <= '9';
    if (!letter && (begins || (!digit && c != '.'))) return false;
    begins = c == '.';
  }
  return !begins;
}

std::string subsonic_xml(const SubsonicNode& root) {
  std::string out = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  out += '\n';
  std::string element;
  write_element(element, kResponse, root);
  out += '<';
  out += kResponse;
  out += R"( xmlns="http://subsonic.org/restapi")";
  out += std::string_view(element).substr(1 + kResponse.size());
  out += '\n';
  return out;
}

std::string subsonic_json(const SubsonicNode& root) {
  Json out = Json::object();
  out[std::string(kResponse)] = json_of(root);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string subsonic_jsonp(const SubsonicNode& root, std::string_view callback) {
  std::string out = "/**/";  // nothing that a caller writes stands at the beginning
  out += callback;
  out += '(';
  // In a script, "</" might end it, and two line ends are line ends to old scripts alone.
  const std::string json = subsonic_json(root);
  for (size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = std::string_view(json).substr(i);
    if (rest.starts_with('<')) {
      out += "\\u003c";
    } else if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) {
      out += rest[2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  out += ");";
  return out;
}

std::string_view content_type_of(SubsonicFormat format) {
  switch (format) {
    case SubsonicFormat::kJson:
      return "application/json";
    case SubsonicFormat::kJsonp:
      return "application/javascript; charset=utf-8";
    case SubsonicFormat::kXml:
      break;
  }
  return "application/xml; charset=utf-8";
}

}  // namespace roundelay
