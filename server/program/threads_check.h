// Makes sure that threads can be started, before a library needs one and aborts because it gets none.
#pragma once

namespace roundelay {

// Some container runtimes refuse clone3 with an error after which the C library does not try clone, as it does on kernels that do
// not know clone3: then this process and its children are made to see such a kernel. Before the first thread. Throws
// std::runtime_error with a sentence.
void make_sure_of_threads();

}  // namespace roundelay
