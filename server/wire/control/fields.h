// Reads fields of JSON that came from outside: a value of the right type and range, or nothing. Pure; never throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace roundelay {

inline constexpr int64_t kMaxNumber = int64_t{1} << 53;  // integers up to it are exact for every reader of JSON

// What a field holds, when it may be left out: "absent" (also null) is no error, a wrong type is.
template <typename T>
struct Field {
  bool present = false;
  bool valid = true;  // false: present, but of another type or out of range
  T value{};

  [[nodiscard]] bool given() const { return present && valid; }
};

inline const nlohmann::json* find_field(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto it = object.find(key);
  return it == object.end() || it->is_null() ? nullptr : &*it;
}

inline Field<std::string> text_field(const nlohmann::json& object, const char* key) {
  const nlohmann::json* value = find_field(object, key);
  if (value == nullptr) return {};
  if (!value->is_string()) return {true, false, {}};
  return {true, true, value->get<std::string>()};
}

inline Field<bool> bool_field(const nlohmann::json& object, const char* key) {
  const nlohmann::json* value = find_field(object, key);
  if (value == nullptr) return {};
  if (!value->is_boolean()) return {true, false, false};
  return {true, true, value->get<bool>()};
}

// Whole numbers, also written as 3.0.
inline Field<int64_t> integer_field(const nlohmann::json& object, const char* key, int64_t least, int64_t most) {
  const nlohmann::json* value = find_field(object, key);
  if (value == nullptr) return {};
  int64_t number = 0;
  if (value->is_number_unsigned()) {
    if (value->get<uint64_t>() > static_cast<uint64_t>(INT64_MAX)) return {true, false, 0};
    number = value->get<int64_t>();
  } else if (value->is_number_integer()) {
    number = value->get<int64_t>();
  } else if (value->is_number_float()) {
    const double real = value->get<double>();
    if (!(real >= -9e15 && real <= 9e15) || real != static_cast<double>(static_cast<int64_t>(real))) return {true, false, 0};
    number = static_cast<int64_t>(real);
  } else {
    return {true, false, 0};
  }
  if (number < least || number > most) return {true, false, number};
  return {true, true, number};
}

inline Field<double> number_field(const nlohmann::json& object, const char* key, double least, double most) {
  const nlohmann::json* value = find_field(object, key);
  if (value == nullptr) return {};
  if (!value->is_number()) return {true, false, 0};
  const double number = value->get<double>();
  return {true, number >= least && number <= most, number};
}

}  // namespace roundelay
