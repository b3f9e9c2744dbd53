#include "server/net/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <optional>

namespace roundelay {
namespace {

std::optional<int64_t> unix_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return static_cast<int64_t>(timegm(&parts));
}

std::string text_of_name(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), static_cast<size_t>(ASN1_STRING_length(text))};
}

std::vector<std::string> names_of(X509* certificate) {
  std::vector<std::string> out;
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)), GENERAL_NAMES_free);
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) out.push_back(text_of_name(name->d.dNSName));
  }
  if (!out.empty()) return out;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at >= 0) out.push_back(text_of_name(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
  return out;
}

}  // namespace

tl::expected<CertificateFacts, std::string> read_certificate(const std::string& path) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(fopen(path.c_str(), "re"), fclose);
  if (!file) return tl::unexpected("'" + path + "' cannot be read: " + std::strerror(errno));
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(PEM_read_X509(file.get(), nullptr, nullptr, nullptr), X509_free);
  ERR_clear_error();
  const auto begins = certificate ? unix_of(X509_get0_notBefore(certificate.get())) : std::nullopt;
  const auto ends = certificate ? unix_of(X509_get0_notAfter(certificate.get())) : std::nullopt;
  if (!begins || !ends) return tl::unexpected("'" + path + "' is not a PEM certificate");
  return CertificateFacts{*begins, *ends, names_of(certificate.get())};
}

}  // namespace roundelay
