#include "server/program/healthcheck_command.h"

#include <curl/curl.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

namespace roundelay {
namespace {

constexpr long kHealthTimeoutMs = 5'000;
constexpr size_t kMaxHealthBytes = 64 * 1024;

size_t take_health(const char* bytes, size_t, size_t len, void* to) {
  auto& answer = *static_cast<std::string*>(to);
  if (answer.size() + len > kMaxHealthBytes) return 0;
  answer.append(bytes, len);
  return len;
}

int ask_health(const std::string& url) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> request(curl_easy_init(), curl_easy_cleanup);
  std::string answer;
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(request.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(request.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(request.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(request.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(request.get(), CURLOPT_TIMEOUT_MS, kHealthTimeoutMs);
  curl_easy_setopt(request.get(), CURLOPT_WRITEFUNCTION, take_health);
  curl_easy_setopt(request.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(request.get(), CURLOPT_ERRORBUFFER, error);
  // The certificate is for the server's public name, and this asks whoever listens on this machine.
  curl_easy_setopt(request.get(), CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(request.get(), CURLOPT_SSL_VERIFYHOST, 0L);
  const CURLcode done = curl_easy_perform(request.get());
  if (done != CURLE_OK) {
    std::printf("%s does not answer: %s.\n", url.c_str(), error[0] != '\0' ? error : curl_easy_strerror(done));
    return 1;
  }
  long status = 0;
  curl_easy_getinfo(request.get(), CURLINFO_RESPONSE_CODE, &status);
  std::printf("%s\n", answer.c_str());
  return status == 200 ? 0 : 1;
}

}  // namespace

void add_healthcheck_command(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("healthcheck", "ask a running server whether it is well; the exit status tells");
  auto url = std::make_shared<std::string>("http://127.0.0.1:8080/healthz");
  command->add_option("--url", *url,
                      "what to ask (default http://127.0.0.1:8080/healthz; https:// is taken with any certificate)");
  command->callback([url, &status] { status = ask_health(*url); });
}

}  // namespace roundelay
