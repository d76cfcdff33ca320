// The program: its commands are the table in command.h.
#include "commands/described.h"
#include "commands/options.h"

int main(int argc, char** argv) { return quoin::run(quoin::all_commands(), argc, argv); }
