// A TLS client over a connected socket, which checks no certificate.
#pragma once

#include <memory>
#include <string>

struct ssl_st;
struct ssl_ctx_st;

namespace roundelay::e2e {

class TlsStream {
 public:
  explicit TlsStream(int fd);  // shakes hands; the descriptor stays the caller's
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  [[nodiscard]] bool open() const { return open_; }
  [[nodiscard]] std::string subject() const;  // of the server's certificate
  bool write(const std::string& bytes);
  // Up to `most` bytes; empty at the end.
  std::string read(size_t most = 16'384);

 private:
  ssl_ctx_st* context_;
  ssl_st* stream_;
  bool open_;
};

}  // namespace roundelay::e2e
