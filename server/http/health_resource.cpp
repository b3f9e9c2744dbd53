#include "server/http/health_resource.h"

#include <string>
#include <vector>

#include "server/http/answers.h"
#include "server/http/health.h"

namespace roundelay {

void answer_health(HttpRequest& request, const Segment& segment, const ConductorLine& conductor) {
  std::vector<Trouble> found = troubles(segment, monotonic_ns());
  if (found.empty() && !conductor.connected()) found.push_back({"conductor", "away"});
  if (found.empty()) return answer(request, 200, {{"status", "ok"}});
  std::string sentence;
  nlohmann::json processes = nlohmann::json::array();
  for (const Trouble& each : found) {
    processes.push_back({{"process", each.process}, {"state", each.state}});
    sentence += (sentence.empty() ? "" : ", ") + each.process + " " + each.state;
  }
  nlohmann::json body = error_body("busy", "Not well: " + sentence + ".");
  body["status"] = "unwell";
  body["processes"] = std::move(processes);
  answer(request, 503, body);
}

}  // namespace roundelay
