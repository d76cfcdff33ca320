// Marks: comments that begin a section of a migration file, in the words of each tool that has them.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin::migration_marks {

enum class Mark {
  none,
  up,
  down,
  rollback,  // a down whose SQL stands in comments
};

/// What a comment says of goose's ENVSUB: from here on values of the environment are put into the SQL, or no more.
enum class Envsub { unsaid, on, off };

/// What a comment in a migration file means.
struct Meaning {
  enum class Kind {
    comment,  // a comment for people, no mark
    section,  // begins a section
    setting,  // a tool's word on how the file is run: `without_transaction`, `envsub`, or nothing that concerns quoin
    nearly,   // of a tool's spelling, or words that say no more than a direction or look like another tool's: a mark
              // that went wrong
    down_and_more,  // begins with a way down and goes on in words: a mark that went wrong where SQL stands above and
                    // below it, else for people
    refused,        // asks for what quoin does not do
  };
  Kind kind = Kind::comment;
  Mark mark = Mark::none;
  Layout layout = Layout::plain;  // of section and setting
  bool without_transaction = false;
  Envsub envsub = Envsub::unsaid;
  Text advice;  // of nearly, down_and_more and refused: what to write instead
};
/// Where a comment stands: alone on its line, or behind SQL.
enum class Stands { whole_line, behind_sql };
/// The meaning of one comment, with its signs, as ast::comments() finds it.
Meaning meaning_of(std::string_view comment, Stands);

/// How a tool spells its mark, for messages: "-- migrate:down".
Text spelling(Layout, Mark);

}  // namespace quoin::migration_marks
