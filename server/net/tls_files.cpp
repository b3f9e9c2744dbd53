#include "server/net/tls_files.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace roundelay {

namespace {

// What OpenSSL says last, which is nearest to the cause's name.
std::string openssl_reason() {
  std::array<char, 256> text{};
  const unsigned long code = ERR_peek_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  if (reason != nullptr) return reason;
  ERR_error_string_n(code, text.data(), text.size());
  return text.data();
}

tl::expected<void, std::string> readable(const char* what, const std::string& path) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(fopen(path.c_str(), "re"), fclose);
  if (!file) return tl::unexpected(std::string(what) + " '" + path + "' cannot be read: " + std::strerror(errno));
  return {};
}

// Never asks a terminal for a passphrase.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

tl::expected<void, std::string> load(SSL_CTX* context, const TlsFiles& files) {
  ERR_clear_error();
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1)
    return tl::unexpected("tls_certificate '" + files.certificate + "' is not a PEM certificate: " + openssl_reason());
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    if (ERR_GET_REASON(ERR_peek_error()) == X509_R_KEY_VALUES_MISMATCH) {
      ERR_clear_error();
      return tl::unexpected("tls_key '" + files.key + "' does not belong to tls_certificate '" + files.certificate + "'");
    }
    return tl::unexpected("tls_key '" + files.key + "' is not a PEM private key without a passphrase: " + openssl_reason());
  }
  return {};
}

// Clients that ask which protocol is spoken (ALPN) learn it; those that do not speak it may try all the same.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void*) {
  static constexpr unsigned char kHttp[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  const int result = SSL_select_next_proto(&found, length, kHttp, sizeof kHttp - 1, offered, offered_length);
  *chosen = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

tl::expected<ssl_ctx_st*, std::string> make_tls_context(const TlsFiles& files) {
  if (auto good = check_tls_files(files); !good) return tl::unexpected(good.error());
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  if (auto loaded = load(context, files); !loaded) {
    SSL_CTX_free(context);
    return tl::unexpected(loaded.error());
  }
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // clients keep theirs in tickets
  // What could not be written is written again from a copy; memory for reading is there only while something comes.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  return context;
}

tl::expected<void, std::string> check_tls_files(const TlsFiles& files) {
  if (auto found = readable("tls_certificate", files.certificate); !found) return found;
  if (auto found = readable("tls_key", files.key); !found) return found;
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  return load(context.get(), files);
}

tl::expected<void, std::string> use_tls_files(ssl_ctx_st* context, const TlsFiles& files) {
  if (auto good = check_tls_files(files); !good) return good;
  return load(context, files);
}

}  // namespace roundelay
