// What is wrong with a sound file, for the singer whose file it is: a code of the table of what the server says
// (server/base/sentences.h), its values, and the English. A test holds both tables against each other. Pure; any thread, not in
// the tick.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roundelay {

struct SoundFault {
  using Value = std::pair<std::string_view, std::string>;

  std::string_view code;
  std::vector<Value> values;
  std::string text;
  std::string reason = {};  // of the system, for who runs the server; empty where the file is at fault

  friend std::ostream& operator<<(std::ostream& out, const SoundFault& fault) { return out << fault.text; }
};

struct SoundFaultRow {
  std::string_view code;
  std::string_view text;  // values stand in it as {name}
};

[[nodiscard]] std::span<const SoundFaultRow> all_sound_faults();
// `code` is in the table.
[[nodiscard]] SoundFault sound_fault(std::string_view code, std::initializer_list<SoundFault::Value> values = {});

// Minutes and seconds: "20:00"; below one second with tenths, "0:00.4".
[[nodiscard]] std::string clock_text(double seconds);
// "100 MB"; below one "12 kB" or "300 bytes". Powers of ten.
[[nodiscard]] std::string size_text(int64_t bytes);

}  // namespace roundelay
