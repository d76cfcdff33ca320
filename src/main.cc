// The program: its commands are the table in command.h.
#include "described.h"
#include "options.h"

int main(int argc, char** argv) { return quoin::run(quoin::all_commands(), argc, argv); }
