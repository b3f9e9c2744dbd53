// The reader of a recording's log: what it accepts, the writer writes again to the byte.
#include <cstdlib>
#include <cstring>
#include <vector>

#include "server/wire/record/record_reader.h"
#include "server/wire/record/record_writer.h"

namespace {

using namespace roundelay::wire;

size_t write(const Record& record, std::span<uint8_t> out) {
  return std::visit(
      [&](const auto& value) -> size_t {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, UnknownRecord>) {
          return 0;
        } else {
          return write_record(value, out);
        }
      },
      record);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::span<const uint8_t> rest(data, size);
  if (!is_record_magic(rest)) return 0;
  rest = rest.subspan(kRecordMagic.size());
  std::vector<uint8_t> out(kMaxRecordBytes);
  while (const auto read = read_record(rest)) {
    const size_t written = write(read->record, out);
    if (!std::holds_alternative<UnknownRecord>(read->record) &&
        (written != read->bytes || std::memcmp(out.data(), rest.data(), written) != 0))
      std::abort();
    rest = rest.subspan(read->bytes);
  }
  return 0;
}
