#include "tests/certificate/certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace roundelay {

void write_certificate(const std::string& certificate_path, const std::string& key_path, const std::string& name,
                       int64_t begins_s, int64_t ends_s) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), begins_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), ends_s);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_sign(certificate.get(), key.get(), EVP_sha256());

  using File = std::unique_ptr<FILE, int (*)(FILE*)>;
  const File certificate_file(fopen(certificate_path.c_str(), "w"), fclose);
  const File key_file(fopen(key_path.c_str(), "w"), fclose);
  if (!certificate_file || !key_file || PEM_write_X509(certificate_file.get(), certificate.get()) != 1 ||
      PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    throw std::runtime_error("the test's certificate could not be written");
}

}  // namespace roundelay
