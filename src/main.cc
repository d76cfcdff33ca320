// The program: its commands are the table in command.h.
#include "core/base/large_pages.h"

#include "commands/described.h"
#include "commands/options.h"

int main(int argc, char** argv) {
  quoin::ask_for_large_pages();
  return quoin::run(quoin::all_commands(), argc, argv);
}
