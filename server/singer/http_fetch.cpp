#include "server/singer/http_fetch.h"

#include <curl/curl.h>

#include <memory>

namespace roundelay {
namespace {

constexpr size_t kMostBodyBytes = 64 * 1024;

size_t take_body(const char* bytes, size_t, size_t len, void* to) {
  auto& body = *static_cast<std::string*>(to);
  if (body.size() + len > kMostBodyBytes) return 0;
  body.append(bytes, len);
  return len;
}

}  // namespace

tl::expected<FetchedAnswer, FetchFailure> fetch(const HttpFetch& wanted) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> request(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  if (!request || !headers) return tl::unexpected(FetchFailure{false, "there is no memory left"});
  CURL* const handle = request.get();
  FetchedAnswer answer;
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(handle, CURLOPT_URL, wanted.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_NOPROXY, wanted.any_proxy ? "localhost,127.0.0.1,::1" : "*");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, wanted.timeout_ms);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error);
  if (wanted.json) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(wanted.json->size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, wanted.json->c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  }
  if (wanted.any_certificate) {
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  const CURLcode done = curl_easy_perform(handle);
  if (done != CURLE_OK)
    return tl::unexpected(FetchFailure{done == CURLE_OPERATION_TIMEDOUT, error[0] != '\0' ? error : curl_easy_strerror(done)});
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

}  // namespace roundelay
