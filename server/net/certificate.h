// What a certificate says of itself, for those who look after it. Reads a file; not in the tick.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

struct CertificateFacts {
  int64_t begins_s = 0;  // Unix time
  int64_t ends_s = 0;
  std::vector<std::string> names;  // of hosts: its alternative names, otherwise its common name
};

// Of the first certificate in a PEM file: the server's own. The error is a sentence without a full stop.
[[nodiscard]] tl::expected<CertificateFacts, std::string> read_certificate(const std::string& path);

}  // namespace roundelay
