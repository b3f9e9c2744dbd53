#include "tests/e2e/tls_stream.h"

#include <openssl/ssl.h>

namespace roundelay::e2e {

TlsStream::TlsStream(int fd) : context_(SSL_CTX_new(TLS_client_method())), stream_(SSL_new(context_)) {
  open_ = SSL_set_fd(stream_, fd) == 1 && SSL_connect(stream_) == 1;
}

TlsStream::~TlsStream() {
  SSL_free(stream_);
  SSL_CTX_free(context_);
}

std::string TlsStream::subject() const {
  char name[256] = {};
  X509_NAME_oneline(X509_get_subject_name(SSL_get0_peer_certificate(stream_)), name, sizeof name);
  return name;
}

bool TlsStream::write(const std::string& bytes) {
  return SSL_write(stream_, bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
}

std::string TlsStream::read(size_t most) {
  std::string bytes(most, '\0');
  const int n = SSL_read(stream_, bytes.data(), static_cast<int>(most));
  bytes.resize(n > 0 ? static_cast<size_t>(n) : 0);
  return bytes;
}

}  // namespace roundelay::e2e
