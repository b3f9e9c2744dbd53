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

}  // namespace

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
