// The songs that a room has prepared, in their order, and which of them is the next. A value; on the conductor's loop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "server/wire/control/programme.h"

namespace roundelay {

class Programme {
 public:
  using Entry = control::ProgrammeEntry;

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::optional<std::string>& taken() const { return taken_; }
  [[nodiscard]] const Entry* find(const std::string& id) const;
  [[nodiscard]] bool is_full() const { return entries_.size() >= control::kMostProgrammeEntries; }
  [[nodiscard]] bool has_hidden() const;

  // A new one, at the end; there must be room for it. Returns its id.
  std::string add(Entry entry);
  // In the place of the one of its id. False: there is none, or nothing changed.
  bool replace(Entry entry);
  bool remove(const std::string& id);
  // False: one of them is not there.
  bool move(const std::string& id, const std::optional<std::string>& before);
  // It must be there.
  void take(const std::string& id) { taken_ = id; }

  // The song begins: what was taken is sung.
  void song_begins() { singing_ = taken_; }
  // It is over: what was sung is ticked. True if anything changed.
  bool song_ends();

  // As clients see it; without what is hidden, unless `whole`.
  [[nodiscard]] control::Programme shown(bool whole) const;

  // As it is stored; what makes no sense is left out.
  [[nodiscard]] nlohmann::json stored() const;
  [[nodiscard]] static Programme from_stored(const nlohmann::json& stored);

 private:
  std::vector<Entry> entries_;
  int64_t last_id_ = 0;  // ids are not used again
  std::optional<std::string> taken_;
  std::optional<std::string> singing_;
};

}  // namespace roundelay
