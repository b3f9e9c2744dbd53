// What `roundelay doctor` found out about one thing.
#pragma once

#include <string>
#include <vector>

namespace roundelay {

enum class Health { kOk, kWarning, kError };

struct Finding {
  std::string about;  // one or two words: "port", "certificate"
  Health health = Health::kOk;
  std::string said;     // a sentence
  std::string to_do{};  // what helps; empty when it is well
};

using Findings = std::vector<Finding>;

}  // namespace roundelay
