// The server's certificate and private key (PEM files) for OpenSSL. Reads files: at start and on request, not in the tick.
#pragma once

#include <string>

#include <tl/expected.hpp>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace roundelay {

struct TlsFiles {
  std::string certificate;  // path; the server's own first, then those up to the root
  std::string key;          // path; without a passphrase
};

// Both can be read and belong together; otherwise a sentence that says which of them is wrong, and how.
[[nodiscard]] tl::expected<void, std::string> check_tls_files(const TlsFiles& files);

// A new context of a server that uses them, for HTTP/1.1 over TLS 1.2 or 1.3; the caller frees it. Or what is wrong with them.
[[nodiscard]] tl::expected<ssl_ctx_st*, std::string> make_tls_context(const TlsFiles& files);

// Gives them to a live context: connections from now on use them, those that stand keep what they have. On an error nothing
// changed.
[[nodiscard]] tl::expected<void, std::string> use_tls_files(ssl_ctx_st* context, const TlsFiles& files);

}  // namespace roundelay
