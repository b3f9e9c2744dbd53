// The worker alone, as `roundelay worker decode` starts it.
#include "server/jobs/worker_command.h"

int main(int argc, char** argv) {
  CLI::App app;
  roundelay::add_worker_command(app);
  CLI11_PARSE(app, argc, argv);
  return 0;
}
