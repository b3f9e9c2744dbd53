// The answer of one of the players' methods as a tree, which is written as XML or as JSON (answer_writers.h): in XML what is set
// stands as attributes, in JSON as fields. A plain value.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace roundelay {

class SubsonicNode {
 public:
  using Value = std::variant<bool, int64_t, double, std::string>;
  // Children of one name. `many`: JSON has them as an array, were it of none or one.
  struct Group {
    std::string name;
    bool many = false;
    std::vector<SubsonicNode> nodes = {};
  };

  SubsonicNode& set(std::string name, bool value) { return put_field(std::move(name), value); }
  SubsonicNode& set(std::string name, std::integral auto value) {
    return put_field(std::move(name), static_cast<int64_t>(value));
  }
  SubsonicNode& set(std::string name, double value) { return put_field(std::move(name), value); }
  SubsonicNode& set(std::string name, std::string value) { return put_field(std::move(name), std::move(value)); }
  SubsonicNode& set(std::string name, std::string_view value) { return put_field(std::move(name), std::string(value)); }
  SubsonicNode& set(std::string name, const char* value) { return put_field(std::move(name), std::string(value)); }
  // Left out where there is none.
  template <typename T>
  SubsonicNode& set(std::string name, const std::optional<T>& value) {
    return value ? set(std::move(name), *value) : *this;
  }
  SubsonicNode& set_unless_empty(std::string name, std::string_view value) {
    return value.empty() ? *this : set(std::move(name), value);
  }
  // Its own text: what stands between the tags; the field "value" in JSON.
  SubsonicNode& text(std::string value);

  SubsonicNode& put(std::string name, SubsonicNode child) { return append(std::move(name), false, std::move(child)); }
  SubsonicNode& add(std::string name, SubsonicNode child) { return append(std::move(name), true, std::move(child)); }
  // One of several plain values.
  SubsonicNode& add_value(std::string name, Value value);
  void take_groups_of(SubsonicNode other) { groups_ = std::move(other.groups_); }
  // There may be several of this name; so far there is none.
  SubsonicNode& list(std::string name);

  [[nodiscard]] const std::vector<std::pair<std::string, Value>>& fields() const { return fields_; }
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  [[nodiscard]] const std::optional<std::string>& own_text() const { return text_; }
  [[nodiscard]] size_t nodes() const;                                         // with all that are below it
  [[nodiscard]] const std::optional<Value>& plain() const { return plain_; }  // it is nothing but this value

 private:
  SubsonicNode& put_field(std::string name, Value value);
  SubsonicNode& append(std::string name, bool many, SubsonicNode child);
  Group& group(std::string name, bool many);

  std::vector<std::pair<std::string, Value>> fields_;
  std::vector<Group> groups_;
  std::optional<std::string> text_;
  std::optional<Value> plain_;
};

}  // namespace roundelay
