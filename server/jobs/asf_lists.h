// Whether an ASF file (WMA) holds as many attributes as it claims: TagLib makes room for each that is claimed, behind the end of
// the file too, which takes 0.1 s and 20 MB for a file of 4 KB.
#pragma once

#include <cstdint>
#include <span>

namespace roundelay {

// Of the lists that begin in this part of it, where so many bytes of the file stand behind the part. A list whose beginning is
// cut off by the part's end is not looked at. Pure.
[[nodiscard]] bool asf_lists_fit(std::span<const uint8_t> part, uint64_t behind_bytes);

// Of the file behind a descriptor, which is not closed. True for a file of another kind, too.
[[nodiscard]] bool asf_lists_fit(int fd);

}  // namespace roundelay
