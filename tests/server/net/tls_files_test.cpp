#include "server/net/tls_files.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <fstream>
#include <memory>

#include "tests/certificate/certificate.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::tls_files_test {
namespace {

class TlsFilesTest : public ::testing::Test {
 protected:
  TlsFilesTest() {
    write_certificate(ours.certificate, ours.key);
    write_certificate(other.certificate, other.key, "elsewhere");
    std::ofstream(junk) << "not a PEM file\n";
  }
  static std::string error(const TlsFiles& files) {
    const auto good = check_tls_files(files);
    return good ? "" : good.error();
  }
  TemporaryFolder folder;
  TlsFiles ours{folder.path() + "/a.crt", folder.path() + "/a.key"};
  TlsFiles other{folder.path() + "/b.crt", folder.path() + "/b.key"};
  std::string junk = folder.path() + "/junk";
};

TEST_F(TlsFilesTest, ACertificateWithItsKeyIsGood) {
  EXPECT_EQ(error(ours), "");
}

TEST_F(TlsFilesTest, SentencesSayWhichFileIsWrong) {
  const std::string missing = folder.path() + "/missing";
  EXPECT_EQ(error({missing, ours.key}), "tls_certificate '" + missing + "' cannot be read: No such file or directory");
  EXPECT_EQ(error({ours.certificate, missing}), "tls_key '" + missing + "' cannot be read: No such file or directory");
  EXPECT_EQ(error({ours.certificate, other.key}),
            "tls_key '" + other.key + "' does not belong to tls_certificate '" + ours.certificate + "'");
  EXPECT_TRUE(error({junk, ours.key}).starts_with("tls_certificate '" + junk + "' is not a PEM certificate: "));
  EXPECT_TRUE(error({ours.certificate, junk}).starts_with("tls_key '" + junk + "' is not a PEM private key"));
}

TEST_F(TlsFilesTest, ALiveContextKeepsItsCertificateWhenTheNewOneIsWrong) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  ASSERT_TRUE(use_tls_files(context.get(), ours));
  const X509* before = SSL_CTX_get0_certificate(context.get());
  EXPECT_FALSE(use_tls_files(context.get(), {other.certificate, ours.key}));
  EXPECT_EQ(SSL_CTX_get0_certificate(context.get()), before);
  ASSERT_TRUE(use_tls_files(context.get(), other));
  EXPECT_NE(SSL_CTX_get0_certificate(context.get()), before);
  EXPECT_EQ(SSL_CTX_check_private_key(context.get()), 1);
}

}  // namespace
}  // namespace roundelay::tls_files_test
