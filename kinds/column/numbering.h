// What sequences of columns and sequences of their own have in common.
#pragma once
#include "kinds/users.h"

namespace quoin {

struct Bounds {
  std::int64_t least, greatest, start;
};

/// What is to be done about where a sequence stands before it gets other bounds. The server refuses bounds that its
/// value lies outside of, and a sequence that was never used stands at its old start.
struct SequenceMove {
  Text move;     // a statement to run before: to the nearest number that the new bounds allow, none lost; or empty
  Text restart;  // a clause of ALTER: where old and new bounds have no number in common; or empty
  std::vector<Hazard> hazards{};  // of that ALTER
};
SequenceMove sequence_move(std::string_view sequence, const Bounds& from, const Bounds& to);

/// A sequence: its name in SQL, the object that makes it, and the column that takes its numbers.
struct Numbering {
  Text sequence;
  Id maker, column;
  bool hidden = false;  // the table's policies bind its owner, who sees only the rows that they show
};
/// Where the column is older than its numbering: the steps that set the next number past those that rows have.
Steps past_the_rows(const Numbering&, std::int64_t start, std::int64_t increment);
/// True if the policies of a column's table are to bind its owner too (FORCE ROW LEVEL SECURITY).
bool hides_rows(Id column, const Schema&);

/// Where one sequence takes another's place: the old one, in `users.from`, steps aside, the new one goes on where it
/// stands, and it goes (by a step of its own, but for that of an identity, whose DROP takes it).
struct SequenceHandover {
  Id old_one;       // whose slot is the sequence's name
  Id column, heir;  // what makes the new one
  Text heir_name;   // in SQL
  bool upwards = true;
};
Steps hand_over(const SequenceHandover&, const Users&);
/// True if the column stays of its type: one that gets another is rebuilt between the old numbering and the new, so
/// that neither can see the other.
bool keeps_type(Id column, const Users&);
/// The name in SQL of the sequence that an identity has; it is no object, and what is granted on it or said of it is
/// carried under these words.
Text sequence_of_identity(const Object& identity);
inline constexpr std::string_view sequence_grants = "grants on its sequence",
                                  sequence_comment = "comment on its sequence";
/// The identity whose sequence has this name (RangeVar, or list of String); null: none has.
Id identity_named(ast::Node, Reading&);
/// What a statement about an object of a type ("OBJECT_SEQUENCE") names, an identity by its sequence too.
Id find_with_identities(std::string_view object_type, ast::Node object, Reading&);
/// ALTER SEQUENCE of an identity's own.
void read_identity_options(ast::Node options, Object& identity);
}  // namespace quoin
