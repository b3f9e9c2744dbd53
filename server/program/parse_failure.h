// What is wrong with a command line: a sentence that names the word which was not understood.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace roundelay {

// After a parse that failed: of the first word that no command and no option of the command that was found is; with the nearest
// one that there is. Empty where it failed for another reason.
[[nodiscard]] std::string word_not_understood(const CLI::App& app);

}  // namespace roundelay
