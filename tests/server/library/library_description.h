// What server/library/openapi.json says of the library's resources, and whether requests and answers are as it says.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "server/library/library_answer.h"
#include "server/library/library_request.h"

namespace roundelay {

class LibraryDescription {
 public:
  static const LibraryDescription& get();

  [[nodiscard]] const nlohmann::json& whole() const { return whole_; }
  // What is not as described, of an answer and, where it was carried out, of its request; empty: all is.
  [[nodiscard]] std::string fault_of(const LibraryRequest& request, const LibraryAnswer& answer) const;
  // The first thing of a value that does not fit. Whatever is not described does not fit either.
  [[nodiscard]] std::string fault_of(const nlohmann::json& schema, const nlohmann::json& value, const std::string& at) const;

  // "get" of kGet.
  [[nodiscard]] static std::string name_of(LibraryMethod method);

 private:
  LibraryDescription();
  [[nodiscard]] const nlohmann::json& meant(const nlohmann::json& part) const;
  [[nodiscard]] const nlohmann::json* path_of(const std::string& path) const;
  [[nodiscard]] std::string fault_of_answer(const nlohmann::json& operation, const LibraryAnswer& answer) const;
  [[nodiscard]] std::string fault_of_request(const nlohmann::json& operation, const LibraryRequest& request) const;
  [[nodiscard]] std::string fault_of_object(const nlohmann::json& schema, const nlohmann::json& value,
                                            const std::string& at) const;

  nlohmann::json whole_;
};

}  // namespace roundelay
