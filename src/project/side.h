// The two sides of a comparison, each read in the server's own words where a server is at hand.
#pragma once
#include "diff/diff.h"
#include "parser/normal/normal.h"
#include "project/source.h"

namespace quoin {

struct Side {
  SchemaSource source;
  Schema schema;
  int major = 0;  // of the server whose words the schema is in; 0: read without one
  Text unproven;  // why it could not be built on the shadow server; empty: it was, or is a database
};

/// A source, and what was read of it before any server was started: YAML, so that its mistakes are told at once.
struct Sketch {
  SchemaSource source;
  std::optional<Schema> written;
};
Sketch read_sketch(const SchemaSource&, Ids&, const Settings&);
/// Whether both plainly say the same, so that no server need be asked.
bool are_equal(const Sketch&, const Sketch&);

/// Where a side is opened. A body that `other` holds too was let in there, and is not checked again.
struct Opening {
  Ids& ids;
  const Settings& settings;
  std::optional<Shadow>& shadow;
  const Schema* other = nullptr;
};
/// A database is read; anything else is read offline (so mistakes get their places), then built on the shadow server,
/// if there is one, and read back. What only the environment lacks there (a role, an extension) leaves it offline with
/// a reason; any other refusal of the server is an Error with the object or statement.
Side open_side(Sketch&&, const Opening&);

/// Whether the shadow server lacks something that the real one may have, rather than the text being wrong.
bool is_environment(const Error&);

Roles roles_of(const Shadow&);

/// How texts of the two sides are compared: as they are where both are words of one major (but for queries), else by
/// normal form. Where one side alone is a server's words, which differ in nothing but what a server may have added,
/// they count as the same, and are named in `undecided`. All three must outlive it.
Same sameness(const Schema& from, const Schema& to, List* undecided = nullptr);
/// Where texts of the schema were rewritten, the words that the server has for the same on the other side.
void take_words(Schema&, const Schema& other);
/// By normal form; both schemas must outlive it.
Same same_in_form(const Schema& from, const Schema& to, FormerNames = {});
/// What the renames asked for leave in views that nobody touches.
FormerNames former_names(const Schema&);

}  // namespace quoin
