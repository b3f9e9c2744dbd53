// A self-signed certificate for "localhost" and its key, made anew, written as PEM files. For tests of TLS.
#pragma once

#include <string>

namespace roundelay {

// Throws std::runtime_error.
void write_certificate(const std::string& certificate_path, const std::string& key_path, const std::string& name = "localhost");

}  // namespace roundelay
