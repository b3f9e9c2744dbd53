#include "server/program/healthcheck_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "server/singer/http_fetch.h"

namespace roundelay {
namespace {

constexpr long kHealthTimeoutMs = 5'000;

int ask_health(const std::string& url) {
  // The certificate is for the server's public name, and this asks whoever listens on this machine.
  const auto answer = fetch({.url = url, .any_certificate = true, .any_proxy = false, .timeout_ms = kHealthTimeoutMs});
  if (!answer) {
    std::printf("%s does not answer: %s.\n", url.c_str(), answer.error().why.c_str());
    return 1;
  }
  if (answer->body.starts_with('{')) std::printf("%s\n", answer->body.c_str());
  if (answer->status == 200) return 0;
  // What it is that stands is in the object. Anything else is not what a server of ours says.
  if (!answer->body.starts_with('{'))
    std::fprintf(
        stderr,
        "roundelay: %s answers with status %ld: name the server's /healthz with --url (https:// where it has a certificate).\n",
        url.c_str(), answer->status);
  return 1;
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
