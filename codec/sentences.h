// Pieces of the sentences that tell a singer what is wrong with a file.
#pragma once

#include <cstdint>
#include <string>

namespace roundelay {

// "Allowed are WAV, ..."
[[nodiscard]] std::string allowed_sentence();
// "Please export or copy it again."
[[nodiscard]] std::string export_again();
// "20:00 minutes", "0:05 minutes", or "0.4 seconds" below one second.
[[nodiscard]] std::string duration_text(double seconds);
// "100 MB"; below one "12 kB" or "300 bytes". Powers of ten.
[[nodiscard]] std::string size_text(int64_t bytes);

}  // namespace roundelay
