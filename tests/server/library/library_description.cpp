#include "tests/server/library/library_description.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

namespace roundelay {
namespace {

using nlohmann::json;

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> out;
  std::istringstream in(path);
  for (std::string part; std::getline(in, part, '/');) {
    if (!part.empty()) out.push_back(part);
  }
  return out;
}

bool is_of_type(const std::string& type, const json& value) {
  if (type == "null") return value.is_null();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return type == "array" ? value.is_array() : type == "object" && value.is_object();
}

bool is_of_a_type(const json& types, const json& value) {
  if (types.is_string()) return is_of_type(types.get<std::string>(), value);
  return std::any_of(types.begin(), types.end(), [&](const json& type) { return is_of_type(type.get<std::string>(), value); });
}

}  // namespace

LibraryDescription::LibraryDescription() {
  std::ifstream file(LIBRARY_OPENAPI_JSON);
  whole_ = json::parse(file);
}

const LibraryDescription& LibraryDescription::get() {
  static const LibraryDescription made;
  return made;
}

std::string LibraryDescription::name_of(LibraryMethod method) {
  constexpr const char* kNames[] = {"get", "post", "patch", "put", "delete"};
  return kNames[static_cast<size_t>(method)];
}

// What a reference stands for.
const json& LibraryDescription::meant(const json& part) const {
  const auto reference = part.find("$ref");
  return reference == part.end() ? part : whole_.at(json::json_pointer(reference->get<std::string>().substr(1)));
}

// Of those that fit, the one with the fewest parameters.
const json* LibraryDescription::path_of(const std::string& path) const {
  const std::vector<std::string> wanted = parts_of(path);
  const json* out = nullptr;
  size_t least = SIZE_MAX;
  for (const auto& [name, item] : whole_.at("paths").items()) {
    const std::vector<std::string> parts = parts_of(name);
    size_t parameters = 0;
    bool fits = parts.size() == wanted.size();
    for (size_t i = 0; fits && i < parts.size(); ++i) {
      if (parts[i].starts_with('{'))
        ++parameters;
      else
        fits = parts[i] == wanted[i];
    }
    if (!fits || parameters >= least) continue;
    least = parameters;
    out = &item;
  }
  return out;
}

std::string LibraryDescription::fault_of(const LibraryRequest& request, const LibraryAnswer& answer) const {
  if (answer.file && answer.file->content_type.empty()) return "";  // it is the shard's, which answers
  const std::string what = name_of(request.method) + " " + request.path + " " + std::to_string(answer.status) + ": ";
  const json* path = path_of(request.path);
  if (path == nullptr) return answer.status == 404 ? "" : what + "the description knows no such path";
  const auto operation = path->find(name_of(request.method));
  if (operation == path->end()) return answer.status == 405 ? "" : what + "the description knows no such method";
  std::string fault = fault_of_answer(*operation, answer);
  if (fault.empty() && answer.status < 300) fault = fault_of_request(*operation, request);
  return fault.empty() ? fault : what + fault;
}

std::string LibraryDescription::fault_of_answer(const json& operation, const LibraryAnswer& answer) const {
  const auto found = operation.at("responses").find(std::to_string(answer.status));
  if (found == operation.at("responses").end()) return "the description knows no such status";
  const json& response = meant(*found);
  for (const auto& [name, value] : answer.headers) {
    const json headers = response.value("headers", json::object());
    const bool described = std::any_of(headers.items().begin(), headers.items().end(), [&, &name = name](const auto& each) {
      return std::equal(each.key().begin(), each.key().end(), name.begin(), name.end(),
                        [](char a, char b) { return std::tolower(a) == std::tolower(b); });
    });
    if (!described && answer.status != 304) return "the header " + name + " is not described";
  }
  if (!response.contains("content")) return "";
  const json& content = response.at("content");
  const std::string type = answer.file ? answer.file->content_type : answer.text ? answer.text->content_type : "application/json";
  if (!content.contains(type)) return "the type " + type + " is not described";
  if (answer.file || answer.text) return "";
  return fault_of(content.at("application/json").at("schema"), answer.body(), "answer");
}

std::string LibraryDescription::fault_of_request(const json& operation, const LibraryRequest& request) const {
  for (const auto& [name, value] : request.query) {
    const json parameters = operation.value("parameters", json::array());
    if (std::none_of(parameters.begin(), parameters.end(),
                     [&, &wanted = name](const json& each) { return meant(each).at("name") == wanted; }))
      return "the parameter " + name + " is not described";
  }
  if (request.body.is_null() || request.body.empty()) return "";
  const auto body = operation.find("requestBody");
  if (body == operation.end()) return "a body is not described";
  json sent = request.body;
  if (request.file) sent["file"] = "its bytes";
  return fault_of(body->at("content").at(request.file ? "multipart/form-data" : "application/json").at("schema"), sent, "body");
}

std::string LibraryDescription::fault_of(const json& schema, const json& value, const std::string& at) const {
  if (schema.contains("$ref")) {
    if (std::string fault = fault_of(meant(schema), value, at); !fault.empty()) return fault;
    const json properties = schema.value("properties", json::object());
    for (const auto& [name, part] : properties.items()) {
      if (std::string fault = fault_of(part, value.at(name), at + "." + name); !fault.empty()) return fault;
    }
    return "";
  }
  if (const auto choices = schema.find("oneOf"); choices != schema.end()) {
    std::string faults;
    for (const json& one : *choices) {
      const std::string fault = fault_of(one, value, at);
      if (fault.empty()) return "";
      faults.append(faults.empty() ? "" : "; or ").append(fault);
    }
    return faults;
  }
  const std::string is = at + " is " + value.dump();
  if (schema.contains("const") && schema["const"] != value) return is;
  if (schema.contains("type") && !is_of_a_type(schema["type"], value)) return is;
  if (schema.contains("enum") && std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
    return is;
  if (value.is_number() && (value < schema.value("minimum", value) || value > schema.value("maximum", value))) return is;
  if (value.is_array()) {
    if (value.size() > schema.value("maxItems", value.size()) || value.size() < schema.value("minItems", value.size())) return is;
    for (const json& one : value) {
      if (std::string fault = fault_of(schema.value("items", json::object()), one, at + "[]"); !fault.empty()) return fault;
    }
  }
  return value.is_object() && schema.contains("type") ? fault_of_object(schema, value, at) : "";
}

std::string LibraryDescription::fault_of_object(const json& schema, const json& value, const std::string& at) const {
  if (value.size() > schema.value("maxProperties", value.size()) || value.size() < schema.value("minProperties", value.size()))
    return at + " is " + value.dump();
  for (const json& name : schema.value("required", json::array())) {
    if (!value.contains(name.get<std::string>())) return at + " has no " + name.get<std::string>();
  }
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, part] : value.items()) {
    const std::string where = at + "." + name;
    if (properties.contains(name)) {
      if (std::string fault = fault_of(properties[name], part, where); !fault.empty()) return fault;
    } else if (!schema.value("additionalProperties", false)) {
      return where + " is not described";
    }
  }
  return "";
}

}  // namespace roundelay
