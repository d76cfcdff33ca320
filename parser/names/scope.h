// Walks expressions and statements with their scopes, and tells what each name in them means.
#pragma once
#include <functional>

#include "parser/names/lookup.h"

namespace quoin {

/// The columns of a source, as far as they are known: a given list, or those of a relation, which are looked up one by
/// one.
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
  bool named = false;  // has an alias of its own, so that renaming the relation leaves columns alone
  SourceColumns columns;
  bool hidden = false;  // its columns are found only with the alias (EXCLUDED, NEW, OLD)
};

/// Hears of every name that a walk meets, with what it means. It may rewrite the nodes in place.
class Mentions {
 public:
  virtual ~Mentions() = default;
  virtual void relation(ast::Node range_var, const Found&) = 0;
  /// A string constant that means a relation: nextval('x'), 'x'::regclass.
  virtual void relation_text(ast::Node constant, const Found&) = 0;
  /// `from`: how many sources the columns of its query come from. The Id is null for a query's column.
  virtual void column(ast::Node reference, const Source&, const Lookup::Column&, std::size_t from) = 0;
  /// A column by its bare name: of INSERT, SET, ON CONFLICT.
  virtual void target(ast::Node res_target, const Source&, Id column) = 0;
  virtual void routine(ast::Node names, const std::vector<Id>&, const Found&) = 0;
  /// A list of String nodes: a TypeName's `names`, a CollateClause's `collname`.
  virtual void named(std::string_view in, ast::Node names, const Found&) = 0;
  /// The key of a relation, by which the query groups and so may show the relation's other columns.
  virtual void key(Id) {}
  virtual void missing(Missing) = 0;
  /// The type of a column that was met; null: not known.
  virtual const Text* known_type(ast::Node) const { return nullptr; }
  /// True if calls in FROM get a list of all their columns, as the server shows them.
  virtual bool says_columns() const { return false; }
};

/// What to do with `*`: keep it, or replace it by the columns that it means, as the server does when it stores a query.
enum class Stars { keep, expand };

class Walk {
 public:
  Walk(const Lookup& lookup, Mentions& mentions) : lookup_(lookup), mentions_(mentions) {}
  /// Expands stars, with nodes that `tree` then owns.
  Walk(const Lookup& lookup, Mentions& mentions, const ast::Tree& tree)
      : lookup_(lookup), mentions_(mentions), tree_(&tree) {}

  /// Adds a source for names outside of any query: the relation of a CHECK, NEW and OLD of a trigger.
  void add_source(Source source) { outermost_.sources.push_back(std::move(source)); }
  /// Adds a name that is no column: a parameter, a variable. After `*` nothing is ever missing.
  void add_variable(Text name) { variables_.insert(std::move(name)); }
  void relation_is_open() { outermost_.open = true; }

  void expression(ast::Node);
  /// A SELECT, INSERT, UPDATE, DELETE, MERGE: walks it and gives its columns; nothing: not known.
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
    bool has_stars = true;  // or every column has to be known for another reason
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

/// The name that the server gives to a column of a SELECT list without a label.
Text figured_name(ast::Node expression);
/// The alias of an item in FROM; empty: none.
Text alias_of(ast::Node from_item);
/// Renames the first columns by the column aliases of a FROM item or a WITH query.
void rename_columns(SourceColumns::List&, ast::Node names);

}  // namespace quoin
