// The option --data of the commands that look at a server's data directory.
#pragma once

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace roundelay {

// What is named, otherwise ./data where that is, otherwise /var/lib/roundelay, where the service keeps it; absolute.
class DataOption {
 public:
  explicit DataOption(CLI::App& command);
  // While the command runs.
  [[nodiscard]] bool is_named() const { return !named_->empty(); }
  [[nodiscard]] std::string folder() const;

 private:
  std::shared_ptr<std::string> named_ = std::make_shared<std::string>();
};

}  // namespace roundelay
