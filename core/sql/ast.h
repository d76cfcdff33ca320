// SQL as a tree: the only door to libpg_query. Whatever differs between its majors 15, 17 and 18 is evened out here.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin::ast {

/// The PostgreSQL major whose SQL this build reads: 15, 17 or 18.
int grammar();

namespace detail {
struct Datum;
class Arena;
}  // namespace detail

/// A value of the tree: null, flag, number, text, list, or fields (a struct of parsenodes.h, primnodes.h). A handle of
/// one pointer, valid while its Tree lives. Reading a field that is not there gives a null Node, "", 0 or false, never
/// an error, since libpg_query leaves out zero, false and empty.
/// Tags and fields have the names of PostgreSQL 18's parsenodes.h as libpg_query spells them in JSON ("SelectStmt",
/// "targetList", "relname", enums by name: "AT_AddColumn", "OBJECT_TABLE"), also where the linked grammar is older. A
/// String, Float or BitString node reads as its text, an Integer as its number, a Boolean as its flag, a List as its
/// items; so do the values in an A_Const: `c.has("ival")`, `c["ival"].number()`. NULL in a list is a null Node.
/// Instead of 18's `is_enforced` (false in every older tree) there is `not_enforced`, only where NOT ENFORCED was
/// written; a column's own NOT ENFORCED, DEFERRABLE… are, as in the server's grammar, Constraints CONSTR_ATTR_… that
/// follow it.
class Node {
 public:
  Node() = default;
  explicit operator bool() const { return datum_ != nullptr; }
  bool operator==(const Node&) const = default;  // the same place of the same tree

  std::string_view tag() const;  // "ColumnRef"; "" where the field's type says it (as RangeVar in relation; but CALL's
                                 // `funccall` is a FuncCall)
  bool is(std::string_view name) const { return tag() == name; }
  Node operator[](std::string_view field) const;  // of fields
  std::string_view text() const;
  std::int64_t number() const;
  bool flag() const;
  bool has(std::string_view field) const { return bool((*this)[field]); }
  /// A list's items; empty for anything else.
  std::span<const Node> items() const;
  std::size_t size() const { return items().size(); }
  auto begin() const { return items().begin(); }
  auto end() const { return items().end(); }
  /// A struct's fields in libpg_query's order, for walkers that go everywhere.
  std::span<const std::pair<std::string_view, Node>> fields() const;
  /// Byte offset in the tree's text, or -1.
  int location() const;
  /// Texts of a list of String nodes, as a qualified name.
  List texts() const;

  // Rewriting, for the normal form. `tree` owns what is made.
  void set(std::string_view field, Node value) const;  // of fields; a null Node takes the field away
  void become(Node other) const;                       // this place now holds what `other` holds
  void set_items(std::span<const Node> items) const;   // of a list

 private:
  friend class detail::Arena;
  explicit Node(detail::Datum* datum) : datum_(datum) {}
  detail::Datum* datum_ = nullptr;
};

/// One statement of a text: its node, and the bytes [begin, end) it takes there, without the semicolon and without
/// white space and comments at its ends.
struct Statement {
  Node node;
  std::size_t begin = 0, end = 0;
};

/// Parsed SQL: owns the text and all nodes. Copies share them, and what changes a node in one changes it in all.
class Tree {
 public:
  /// Parses a text of any number of statements. Throws Error(Code::input) with line and column in the text for what the
  /// grammar does not know (its hint names the PostgreSQL version a tell-tale of newer syntax shows, where that is
  /// beyond `grammar()`), for bytes that are not UTF-8 or hold NUL, and for nesting too deep to read.
  static Tree parse(std::string_view sql);
  /// As parse, but goes on after an error: the text is split at the semicolons outside of strings, comments, dollar
  /// quotes, BEGIN ATOMIC … END and CREATE SCHEMA elements, what parses is kept and errors are collected (their place
  /// is in `sql`; `file` is left empty).
  static Tree parse_all(std::string_view sql, std::vector<Error>& errors);
  /// One expression, as in a default or check. Throws as parse does, places counted in `sql`.
  static Tree parse_expression(std::string_view sql);
  /// A type name, as in a column: the TypeName node is `root()`.
  static Tree parse_type(std::string_view sql);
  /// The SQL statements and expressions in a PL/pgSQL function, from a whole CREATE FUNCTION (or DO) statement:
  /// libpg_query's JSON, whose nodes are PLpgSQL_…, with `query` texts. Throws as parse does.
  static Tree parse_plpgsql(std::string_view create_function);

  Tree();

  std::string_view text() const;
  const std::vector<Statement>& statements() const;
  Node root() const;  // of parse_expression, parse_type and parse_plpgsql

  // Makes nodes that this tree owns.
  Node make(std::string_view tag) const;                          // fields, none set
  Node make_text(std::string_view tag, const Text& value) const;  // tag "String" for a String node, "" for a bare text
  Node make_number(std::int64_t value) const;                     // an Integer node
  Node make_list(std::span<const Node> items) const;
  Node copy(Node deep) const;  // a deep copy, of a node of any tree
  /// Removes length and precision from the type of a routine's argument or result: the server keeps none there, and
  /// shows `bit` and `character` for what would be bit(1) and character(1) elsewhere.
  void forget_modifiers(Node type_name) const;

 private:
  struct Store;
  std::shared_ptr<Store> store_;
};

/// Comments of a text, in order: [begin, end) with their signs (`--…`, `/*…*/`). Works on text that does not parse.
struct Comment {
  std::size_t begin, end;
};
std::vector<Comment> comments(std::string_view sql);

/// The same statements without carriage returns, which a checkout may add or take: one in a string or a name becomes an
/// escape, any other a line end.
Text without_carriage_returns(std::string_view sql);

/// A hash of a tree that is equal for two texts exactly where they differ in layout and comments alone. libpg_query's
/// own fingerprint would ignore constants.
std::uint64_t fingerprint(Node);

}  // namespace quoin::ast
