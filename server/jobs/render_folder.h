// The folder of a recording, as the worker that renders it sees it: the logs, temporary files that get their names when they are
// whole and synced, what a killed worker left. Blocks: for the worker.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

#include "mixer/file_descriptor.h"

namespace roundelay {

class RenderFolder {
 public:
  // The error is the system's word for it.
  [[nodiscard]] static tl::expected<RenderFolder, std::string> open(const std::string& path);

  // Names of the logs, in their order.
  [[nodiscard]] std::vector<std::string> logs() const;
  [[nodiscard]] tl::expected<int, std::string> open_to_read(const std::string& name);
  // An empty file that is to be called so: keep_all() gives it the name.
  [[nodiscard]] tl::expected<int, std::string> create(const std::string& name);
  // An empty file without a name.
  [[nodiscard]] tl::expected<int, std::string> scratch();
  // A JSON file of the folder; nothing if it is not there, or is none.
  [[nodiscard]] std::optional<nlohmann::json> read_json(const std::string& name) const;

  // Syncs what was created and gives it its names, in the order of create(). All or nothing of it may be there if this is ended.
  [[nodiscard]] tl::expected<void, std::string> keep_all();
  void drop_all();
  // Removes temporary files of a worker that was killed.
  void sweep();
  void remove(const std::vector<std::string>& names);
  // They stay, as NAME.late, and are no logs any more.
  [[nodiscard]] tl::expected<void, std::string> set_aside(const std::vector<std::string>& names);

  // All descriptors that were opened.
  [[nodiscard]] std::vector<int> descriptors() const;

 private:
  explicit RenderFolder(FileDescriptor folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::vector<std::string> names_ending(const std::string& end) const;
  tl::expected<int, std::string> opened(int fd);

  FileDescriptor folder_;
  std::vector<FileDescriptor> open_;
  struct Created {
    std::string name;
    int fd = -1;
  };
  std::vector<Created> created_;
};

}  // namespace roundelay
