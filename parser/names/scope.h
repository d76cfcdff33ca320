// Walks expressions and statements with their scopes, and tells what each name in them means.
#pragma once
#include <functional>

#include "parser/names/lookup.h"

namespace quoin {

/// The columns of a source, as far as they are known: a given list, or those of a relation, which are looked up when
/// asked for.
class SourceColumns {
 public:
  using List = std::optional<std::vector<Lookup::Column>>;
  SourceColumns(List given = std::nullopt) : given_(std::move(given)) {}
  SourceColumns(const Lookup& lookup, Id relation) : lookup_(&lookup), relation_(relation) {}

  bool known() const { return lookup_ ? lookup_->knows_columns(relation_) : given_.has_value(); }
  std::optional<Lookup::Column> find(std::string_view name) const;
  List all() const { return lookup_ ? lookup_->columns(relation_) : given_; }

 private:
  List given_;
  const Lookup* lookup_ = nullptr;
  Id relation_;
};

/// One item of a FROM clause, or the relation of an expression.
struct Source {
  Text alias;          // the name that qualifies its columns; empty: a join without an alias
  Id relation;         // null for a subquery, a function, a CTE
  bool named = false;  // has an alias, so that renaming the relation leaves `alias.column` alone
  SourceColumns columns;
  bool hidden = false;  // its columns are found only with the alias (EXCLUDED, NEW, OLD)
};

/// Is called by a walk for every name that it meets, with what the name means. May rewrite the nodes in place.
class Mentions {
 public:
  virtual ~Mentions() = default;
  virtual void relation(ast::Node range_var, const Found&) = 0;
  /// A string constant that means a relation: nextval('x'), 'x'::regclass.
  virtual void relation_text(ast::Node constant, const Found&) = 0;
  /// `from`: how many sources the query has, so that 1 means that the column needs no qualifier. The Id is null for a
  /// query's column, the node for a column that USING names.
  virtual void column(ast::Node reference, const Source&, const Lookup::Column&, std::size_t from) = 0;
  /// A column that INSERT lists, or that SET assigns to.
  virtual void target(ast::Node res_target, const Source&, Id column) = 0;
  /// A called routine, with all its overloads; none: it is no object of the schema.
  virtual void routine(ast::Node names, const std::vector<Id>& overloads, const Found&) = 0;
  /// A list of String nodes: a TypeName's `names`, a CollateClause's `collname`.
  virtual void named(std::string_view in, ast::Node names, const Found&) = 0;
  /// The primary key of a relation by which the query groups, so that it may show the relation's other columns, and
  /// needs the key (check_functional_grouping()).
  virtual void key(Id) {}
  virtual void missing(Missing) = 0;
  /// The type of a column that the walk has met; null: not known.
  virtual const Text* known_type(ast::Node) const { return nullptr; }
  /// True if calls in FROM get a list of all their columns, as the server shows them.
  virtual bool says_columns() const { return false; }
};

/// A walk over expressions and statements. It keeps the scopes of names, and calls the Mentions for each name.
class Walk {
 public:
  Walk(const Lookup& lookup, Mentions& mentions) : lookup_(lookup), mentions_(mentions) {}
  /// Also replaces `*` by the columns that it means, where all are known, as the server does when it stores a query;
  /// the new nodes are `tree`'s.
  Walk(const Lookup& lookup, Mentions& mentions, const ast::Tree& tree)
      : lookup_(lookup), mentions_(mentions), tree_(&tree) {}

  /// Adds a source for names outside of any query: the relation of a CHECK, NEW and OLD of a trigger.
  void add_source(Source source) { outermost_.sources.push_back(std::move(source)); }
  /// Adds a name that is no column: a parameter, a variable. "*": any bare name may be one, so that none is missing.
  void add_variable(Text name) { variables_.insert(std::move(name)); }
  /// Says that names outside of any query may be columns that nobody knows, so that none of them is missing.
  void allow_unknown_columns() { outermost_.open = true; }

  void expression(ast::Node);
  /// Walks a SELECT, INSERT, UPDATE, DELETE or MERGE, and gives the columns of its result; no value: not all are known.
  std::optional<std::vector<Lookup::Column>> query(ast::Node);
  void type(ast::Node type_name);
  /// A relation named on its own (in GRANT, COPY, LOCK).
  Found relation(ast::Node range_var);
  Found named(std::string_view in, ast::Node names);
  Found routine(ast::Node names);
  /// An operator class. Only those of extensions are looked up; any other counts as there.
  void operator_class(ast::Node names);

 private:
  using Columns = std::optional<std::vector<Lookup::Column>>;
  /// What `*` means: the columns of a FROM clause in order, with what qualifies each.
  struct Star {
    bool known = true;
    std::vector<std::pair<Text, Lookup::Column>> columns;
  };
  struct Scope {
    const Scope* outer = nullptr;
    std::vector<Source> sources{};
    std::vector<std::pair<Text, Columns>> queries{};  // WITH
    std::unordered_set<Text> labels{};                // of the SELECT list, which ORDER BY and GROUP BY may use
    std::unordered_set<Text> shown{};                 // whatever the SELECT list gives, with a label or without
    Star star{};
    bool has_stars = true;  // `*` or NATURAL asks for the names of all columns
    bool open = false;      // it may have names that are not known
  };

  const Lookup& lookup_;
  Mentions& mentions_;
  const ast::Tree* tree_ = nullptr;
  Scope outermost_{};
  Scope* scope_ = &outermost_;
  std::unordered_set<Text> variables_;

  // Queries.
  Columns select(ast::Node);
  Columns select_body(ast::Node);
  Columns outputs(ast::Node targets);
  Columns modify(ast::Node);
  void group_by(ast::Node clause, const std::unordered_set<Text>& without);
  void keys_of_groups(ast::Node select);
  void with_clause(ast::Node);
  Star from_item(ast::Node);
  Star join(ast::Node);
  Star range_var(ast::Node);
  Star subselect(ast::Node);
  Star function(ast::Node);
  Star table_function(ast::Node);
  Columns columns_of_call(ast::Node call, const Text& name) const;
  Columns columns_of_routine(const Object&, const Text& name) const;
  bool has_no_columns(std::string_view type) const;
  bool has_plain_elements(ast::Node array) const;
  void say_columns(ast::Node item, const Text& name, const Columns&) const;
  Star add(Source);
  Source source_of(ast::Node range_var, const Text& name, const Found&) const;
  static bool asks_for_all(ast::Node select);
  void targets(ast::Node res_targets, const Source&);
  void on_conflict(ast::Node, const Source&);
  void merge_clauses(ast::Node, const Source&);
  Star meant_by(std::span<const ast::Node> fields_of_star) const;
  void expand_stars(ast::Node select);
  const Columns* with_query(const Text& name) const;

  // Expressions.
  bool special(ast::Node);
  void column_ref(ast::Node);
  bool bare_column(ast::Node reference, const Text& name);
  void qualified_column(ast::Node reference, const List& parts);
  void missing_column(const Text& name, const Source&, int location);
  void call(ast::Node);
  void cast(ast::Node);
  void constant_name(ast::Node constant);
  void below(ast::Node);
  Found report(std::string_view in, const Written&, const Found&, int location);
};

/// The name that the server gives to a column of a SELECT list without a label (FigureColname() in parse_target.c).
Text figured_name(ast::Node expression);
/// The alias of an item in FROM; empty: none.
Text alias_of(ast::Node from_item);
/// Renames the first columns by the column aliases of a FROM item or a WITH query.
void rename_columns(SourceColumns::List&, ast::Node names);

}  // namespace quoin
