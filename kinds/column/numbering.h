// What identities and sequences have in common.
#pragma once
#include "kinds/users.h"

namespace quoin {

struct Range {
  std::int64_t least, greatest;
};
Range range_of_numbers(std::string_view type);  // smallint, integer, or bigint

/// A number that no number stands for where it is absent: 0 is one as any other.
struct OptionalNumber : Field<std::int64_t> {
  constexpr OptionalNumber(FieldTable& table, std::string_view key, std::string_view meaning)
      : Field(table, key, meaning) {
    is_fallback = [](const FieldBase&, const Value&) { return false; };
  }
};

struct Bounds {
  std::int64_t least, greatest, start;
};

/// What has to happen to a sequence's value before the sequence gets other bounds. The server refuses bounds that do
/// not contain the value, and a sequence that was never used has its old start as value.
struct SequenceMove {
  Text move;     // a statement to run before: to the nearest number that the new bounds allow, none lost; or empty
  Text restart;  // a clause of ALTER: where old and new bounds have no number in common; or empty
  std::vector<Hazard> hazards{};  // of the ALTER that sets the bounds
};
SequenceMove sequence_move(std::string_view sequence, const Bounds& from, const Bounds& to);

/// A sequence that numbers a column: its name in SQL, the object that creates it, and the column.
struct Numbering {
  Text sequence;
  Id maker, column;
  bool hidden = false;  // the table's policies bind its owner, who sees only the rows that they show
};
/// The steps that set the next number past the numbers that rows have, where the column is older than the sequence.
Steps past_the_rows(const Numbering&, std::int64_t start, std::int64_t increment);
/// True if the column's table is to have FORCE ROW LEVEL SECURITY, under which its owner sees only the rows that
/// policies show.
bool hides_rows(Id column, const Schema&);

/// Whether a sequence is emptied after a crash: as its column's table is, unless the field `persistence` says
/// otherwise; one that is free is not.
struct Persistence {
  std::string_view said;  // logged or unlogged; or nothing
  bool of_unlogged = false;
  bool is_unlogged() const { return said.empty() ? of_unlogged : said == "unlogged"; }
};
/// True if the column's table is to be unlogged.
bool is_unlogged(Id column, const Schema&);
/// The statement after which a sequence is as it is to be. Servers before PostgreSQL 15 have no unlogged sequences.
Text set_persistence(std::string_view sequence, const Persistence& to);
/// The steps of a sequence that stays, after those of its column's table, which takes it along; `step` is without SQL.
Steps change_persistence(std::string_view sequence, const Persistence& from, const Persistence& to, Step step);
/// Freed once a table is logged, or unlogged.
Slot persistence_of(Id table);
/// What ALTER SEQUENCE … SET LOGGED or SET UNLOGGED says of a sequence, or of an identity's. False for anything else.
bool read_persistence(Id, std::string_view word, Reading&);

/// One sequence that replaces another on a column. The old one, in `users.from`, is renamed; the new one goes on from
/// its value; then the old one is dropped: by a step of its own, or, where it is an identity's, with the identity.
struct SequenceHandover {
  Id old_one;       // whose slot is the sequence's name
  Id column, heir;  // what makes the new one
  Text heir_name;   // in SQL
  bool upwards = true;
};
Steps hand_over(const SequenceHandover&, const Users&);
/// True if the column keeps its type. One that gets another is rebuilt between dropping the old numbering and making
/// the new, so that neither sees the other.
bool keeps_type(Id column, const Users&);
/// The SQL name of an identity's sequence. That sequence is no object; grants and comments on it are carried by the
/// identity, under the two names below.
Text sequence_of_identity(const Object& identity);
inline constexpr std::string_view sequence_grants = "grants on its sequence",
                                  sequence_comment = "comment on its sequence";
/// The identity whose sequence has this name (RangeVar, or list of String); null: none has.
Id identity_named(ast::Node, Reading&);
/// The object that a statement names by its type ("OBJECT_SEQUENCE"); an identity counts under its sequence's name.
Id find_with_identities(std::string_view object_type, ast::Node object, Reading&);
/// Applies the options of an ALTER SEQUENCE on an identity's sequence.
void read_identity_options(ast::Node options, Object& identity);
}  // namespace quoin
