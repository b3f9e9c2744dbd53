#include "server/library/subsonic/answer_node.h"

#include <algorithm>

namespace roundelay {

SubsonicNode& SubsonicNode::text(std::string value) {
  text_ = std::move(value);
  return *this;
}

SubsonicNode& SubsonicNode::put_field(std::string name, Value value) {
  fields_.emplace_back(std::move(name), std::move(value));
  return *this;
}

SubsonicNode::Group& SubsonicNode::group(std::string name, bool many) {
  const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const Group& each) { return each.name == name; });
  if (found != groups_.end()) return *found;
  groups_.push_back({std::move(name), many});
  return groups_.back();
}

SubsonicNode& SubsonicNode::append(std::string name, bool many, SubsonicNode child) {
  group(std::move(name), many).nodes.push_back(std::move(child));
  return *this;
}

SubsonicNode& SubsonicNode::add_value(std::string name, Value value) {
  SubsonicNode child;
  child.plain_ = std::move(value);
  return append(std::move(name), true, std::move(child));
}

size_t SubsonicNode::nodes() const {
  size_t out = 1;
  for (const Group& each : groups_) {
    for (const SubsonicNode& child : each.nodes) out += child.nodes();
  }
  return out;
}

SubsonicNode& SubsonicNode::list(std::string name) {
  group(std::move(name), true);
  return *this;
}

}  // namespace roundelay
