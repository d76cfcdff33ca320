// The two sides of a comparison, each read in the server's own words where a server is at hand.
#pragma once
#include "diff/diff.h"
#include "parser/normal/normal.h"
#include "project/source.h"

namespace quoin {

/// One side of a comparison.
struct Side {
  SchemaSource source;
  Schema schema;
  int major = 0;  // of the server whose words the schema is in; 0: read without one
  Text unproven;  // why it could not be built on the shadow server; empty: it was built there, or is a database
};

/// A source, and its schema if that is read before any server is started: YAML's is, so that its mistakes are reported
/// at once, unless `manage` has rules, by which it may name objects of the other side.
struct EarlyRead {
  SchemaSource source;
  std::optional<Schema> written;
};
EarlyRead read_early(const SchemaSource&, Ids&, const Settings&);
/// True if both sources plainly have the same schema, so that no server is needed.
bool are_equal(const EarlyRead&, const EarlyRead&);

/// What open_side() needs besides the source. A body that `other` has too was accepted by a server for that side, and
/// is not checked again.
struct SideContext {
  Ids& ids;
  const Settings& settings;
  std::optional<Shadow>& shadow;
  const Schema* other = nullptr;
};
/// Reads a database; reads any other source offline (so that mistakes get their places), then builds it on the shadow
/// server, if there is one, and reads it back from there. Where that server only lacks something of the environment (a
/// role, an extension), the side stays as read offline, with the reason; any other refusal of the server is an Error
/// with the object or statement.
Side open_side(EarlyRead&&, const SideContext&);

/// True if the error means that the shadow server lacks something that the real one may have, and not that the text is
/// wrong.
bool is_environment(const Error&);

Roles roles_of(const Shadow&);

/// How texts of two sides are compared: as they are where both are words of the same server major (except queries),
/// else by normal form. Where one side alone is a server's words, texts that differ only in what a server may have
/// added count as the same, and are named in `undecided`. The schemas and `undecided` must outlive the result.
Same sameness(const Schema& from, const Schema& to, List* undecided = nullptr);
/// Replaces texts of the schema that quoin has rewritten by the server's texts of the other side that mean the same.
void take_words(Schema&, const Schema& other);
/// Compares by normal form; both schemas must outlive the result.
Same same_in_form(const Schema& from, const Schema& to, FormerNames = {});
/// The former names that the renames asked for leave as aliases in views that nobody has changed.
FormerNames former_names(const Schema&);

}  // namespace quoin
