// The interface that a kind's reader of a parsed statement works with. Session (parser/replay) implements it, for SQL
// and for shorthands in YAML.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// What to do where the name is taken.
enum class Existing { error, keep, replace };  // plain, IF NOT EXISTS, OR REPLACE

/// What to do where nothing has the name.
enum class Absent { error, ignore };  // plain, IF EXISTS

/// An object's name in its parent, and its signature where it has one.
struct Called {
  Text name, signature{};
  Called(Text called, Text inputs = {}) : name(std::move(called)), signature(std::move(inputs)) {}
  Called(const char* called) : name(called) {}
};

/// A column of a query's result. Its type and collation are known where it is a table's column, a cast or a constant.
struct GivenColumn {
  Text name, type{}, collation{};
};

/// The reading of one statement. Readers write raw fields: names as written, texts printed by core/sql/print.
/// Afterwards the implementation resolves names by the fields' roles, adds needs, and reports names that are missing or
/// taken.
class Reading {
 public:
  virtual ~Reading() = default;

  virtual Schema& schema() = 0;
  /// The relation or type that an ALTER … command stands under; null otherwise.
  virtual Id subject() const = 0;
  /// True if the ALTER TABLE that the command belongs to says ONLY.
  virtual bool only() const = 0;

  /// The schema in which a CREATE of this name puts it: the one written, else the first of the search path that exists.
  virtual Id creation_schema(ast::Node range_var_or_names) = 0;
  /// Finds by name as written (RangeVar, or list of String) along the search path, in a name space ("relation", "type",
  /// "routine", "schema"). Records the need; where there is none, gives a null Id: return then. Absent::error reports
  /// it missing.
  virtual Id find(std::string_view space, ast::Node range_var_or_names, Absent = Absent::error) = 0;
  /// Finds what a COMMENT, DROP, ALTER … statement names by an object type and a node. Null as by find().
  virtual Id find_object(std::string_view object_type, ast::Node object, Absent = Absent::error) = 0;

  /// Adds an object of the kind, whose fields the caller sets. Where the name is taken: Existing::error reports it and
  /// gives null, keep gives null, and replace gives the same object with empty fields, its children and carried
  /// attributes kept.
  virtual Object* make(const Kind&, Id parent, Called, Existing = Existing::error) = 0;
  /// The object to be changed, its names to be resolved anew; null (and reported) where it is not there.
  virtual Object* change(Id) = 0;
  /// Drops the object with all that its DROP drops. Other objects that need it are reported, or with CASCADE dropped
  /// too.
  virtual void drop(Id, ast::Node drop_behavior) = 0;
  /// Reads a node by the reader that some kind has for it (a Constraint in CREATE TABLE, a column's default), with
  /// `subject` as the object it stands under. A node that no kind reads is noted as unknown.
  virtual void read(ast::Node, Id subject) = 0;
  /// Says that quoin does not follow (a part of) the statement: from here on the object `touched` is known in part
  /// alone.
  virtual void unknown(Id touched, Text what) = 0;
  /// Says that the statement creates an object that no kind models: only that its name is taken is known.
  virtual void make_unmodelled(std::string_view space, ast::Node range_var_or_names, std::string_view noun) = 0;

  /// The columns of a query's result, in order; no value where not all are known. What the query names becomes a need.
  virtual std::optional<std::vector<GivenColumn>> columns_of(ast::Node query) = 0;
  /// Adds needs for the objects in a body that the server stores parsed (BEGIN ATOMIC); `arguments`: names of the
  /// routine's.
  virtual void body(ast::Node, const List& arguments) = 0;
  /// An expression, an index key or a query as text for a field, whose tree is kept beside it until the statement is
  /// finished and its names are resolved in it.
  virtual Text printed(ast::Node) = 0;
  /// A type as SQL text, canonical and qualified as far as the schema can tell; "setof" is the caller's.
  virtual Text type(ast::Node type_name) = 0;
  /// "(integer, public.mood)" from a list of TypeName nodes.
  virtual Text signature(std::span<const ast::Node> types) = 0;
  /// The name that the server would choose (makeObjectName() and ChooseRelationName() in indexcmds.c,
  /// ChooseConstraintName() in pg_constraint.c): {name1}_{name2}_{label}, cut to 63 bytes, with the first number that
  /// makes it free in `space` below `scope`.
  virtual Text choose_name(std::span<const Text> parts, std::string_view label, std::string_view space, Id scope) = 0;
};

/// The options of CREATE TABLE (LIKE … INCLUDING …): TableLikeOption in parsenodes.h.
enum class Including : unsigned {
  comments = 1,
  compression = 2,
  constraints = 4,
  defaults = 8,
  generated = 16,
  identity = 32,
  indexes = 64,
  statistics = 128,
  storage = 256
};
struct Like {
  Id table;  // the new one
  unsigned options;
  Reading& reading;
  bool includes(Including one) const { return (options & static_cast<unsigned>(one)) != 0; }
};
/// A new object with the fields of `original`. Columns and constraints that its fields name are those of that name
/// below `parent`. Null where its own name is taken, which is reported.
Object* copied(const Object& original, Id parent, Called, Reading&);

/// name1_name2_label cut as the server's makeObjectName() cuts it, without looking whether it is taken. `name2` may be
/// empty.
Text object_name(std::string_view name1, std::string_view name2, std::string_view label);

}  // namespace quoin
