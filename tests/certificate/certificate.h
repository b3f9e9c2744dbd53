// A self-signed certificate for "localhost" and its key, made anew, written as PEM files. For tests of TLS.
#pragma once

#include <cstdint>
#include <string>

namespace roundelay {

// Good from `begins_s` to `ends_s`, seconds from now. Throws std::runtime_error.
void write_certificate(const std::string& certificate_path, const std::string& key_path, const std::string& name = "localhost",
                       int64_t begins_s = -86'400, int64_t ends_s = 86'400);

}  // namespace roundelay
