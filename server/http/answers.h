// How requests are answered, and what is read from them. Loop thread only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/base/sentences.h"
#include "server/net/http_request.h"

namespace roundelay {

// {"error": {"code", "message"}}; of a sentence for people its code and values too.
[[nodiscard]] nlohmann::json error_body(const std::string& code, const std::string& message);
[[nodiscard]] nlohmann::json error_body(const std::string& code, const Sentence& said);
// What whoever needs the conductor gets (503) while it is away or stands.
[[nodiscard]] nlohmann::json conductor_away();

[[nodiscard]] HttpResponse json_response(int status, const nlohmann::json& body);
void answer(HttpRequest& request, int status, const nlohmann::json& body, bool close = false);

// The value of `name` among "name=value" strings; empty if there is none.
[[nodiscard]] std::string argument(const std::vector<std::string>& arguments, const std::string& name);
// The same as a whole number; -1 if it is none.
[[nodiscard]] int64_t number_argument(const HttpRequest& request, const char* name);
// Of the header "Authorization: Bearer TOKEN"; empty when it is another one or none.
[[nodiscard]] std::string token_of(const HttpRequest& request);

}  // namespace roundelay
