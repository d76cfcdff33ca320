// Marks: comments that begin a section of a migration file, in each tool's spelling.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin::migration_marks {

enum class Mark {
  none,
  up,
  down,
  rollback,  // a down whose SQL stands in comments
};

/// What a comment says of goose's ENVSUB. on, off: whether values of the environment are put into the SQL from here on.
enum class Envsub { unsaid, on, off };

/// What a comment in a migration file means.
struct Meaning {
  enum class Kind {
    comment,  // a comment for people, no mark
    section,  // begins a section
    setting,  // a tool's setting for how the file is run: `without_transaction`, `envsub`, or one that quoin ignores
    nearly,  // a misspelt mark: it begins in a tool's spelling, or names only a direction, or looks like another tool's
    down_and_more,  // names the direction down and goes on in words: a misspelt mark if SQL stands above and below it,
                    // else a comment
    refused,        // asks for what quoin does not do
  };
  Kind kind = Kind::comment;
  Mark mark = Mark::none;
  Layout layout = Layout::plain;  // of section and setting
  bool without_transaction = false;
  Envsub envsub = Envsub::unsaid;
  Text advice;  // of nearly, down_and_more and refused: what to write instead
};
/// The place of a comment: alone on its line, or behind SQL.
enum class CommentPlace { whole_line, behind_sql };
/// The meaning of one comment, with its signs, as ast::comments() finds it.
Meaning meaning_of(std::string_view comment, CommentPlace);

/// The mark as the layout's tool spells it, for messages: "-- migrate:down".
Text spelling(Layout, Mark);

/// The SQL as a section that goes up, in the layout's spelling; for tools that cut at semicolons, those within
/// functions too, as one statement. Without a change where the layout has no mark of what goes up.
Text marked_up(Layout, const Text& sql);
/// A statement without the marks above it that say it is one: "-- +goose StatementBegin".
std::string_view without_statement_marks(std::string_view statement);

}  // namespace quoin::migration_marks
