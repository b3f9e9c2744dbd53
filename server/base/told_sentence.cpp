#include "server/base/told_sentence.h"

#include <algorithm>

namespace roundelay {
namespace {

std::string text_of(const nlohmann::json& report, const char* name) {
  const auto found = report.find(name);
  return found != report.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool has_all_values(const SentenceRow& row, const nlohmann::json& values) {
  const std::vector<std::string> names = value_names(row);
  if (!values.is_object() || values.size() != names.size()) return false;
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto value = values.find(name);
    return value != values.end() && (value->is_string() || value->is_number());
  });
}

}  // namespace

std::optional<Sentence> told_sentence(const nlohmann::json& report, size_t most_bytes) {
  if (!report.is_object()) return std::nullopt;
  Sentence said{{}, {}, text_of(report, "error")};
  if (said.text.empty() || said.text.size() > most_bytes) return std::nullopt;
  const std::string code = text_of(report, "sentence");
  const auto rows = all_sentences();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const SentenceRow& each) { return each.code == code; });
  const auto given = report.find("values");
  const nlohmann::json values = given == report.end() ? nlohmann::json::object() : *given;
  if (row == rows.end() || !has_all_values(*row, values)) return said;
  Sentence known = phrase_of(*row, values);
  return known == said.text ? std::move(known) : std::move(said);
}

}  // namespace roundelay
