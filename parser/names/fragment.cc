#include "parser/names/fragment.h"

#include "core/model/space.h"
#include "core/sql/ast_changes.h"
#include "core/sql/print.h"
#include "parser/names/declared.h"
#include "parser/names/scope.h"

namespace quoin {

namespace {
/// The statement around a fragment. A text that closes the statement's parenthesis and goes on is refused.
ast::Node only_statement(const ast::Tree& tree) {
  if (tree.statements().size() == 1) return tree.statements()[0].node;
  throw Error(Code::input, tree.statements().empty() ? "there is nothing but a comment or blanks here"
                                                     : "this ends its statement and begins another");
}

ast::Node only_item(ast::Node list) {
  if (list.size() == 1) return list.items()[0];
  throw Error(Code::input, concat("one is meant here, and there are ", std::to_string(list.size())));
}

void refuse_more(bool more) {
  if (more) throw Error(Code::input, "this closes a parenthesis that it has not opened, and goes on behind it");
}

bool has_any(ast::Node node, std::initializer_list<const char*> fields) {
  return std::ranges::any_of(fields, [&](const char* field) { return node.has(field); });
}

Fragment parse_key(std::string_view text) {
  try {
    ast::Tree tree = ast::Tree::parse(concat("CREATE INDEX ON t (", text, "\n)"));
    const ast::Node index = only_statement(tree);
    refuse_more(has_any(index, {"indexIncludingParams", "whereClause", "options", "tableSpace"}));
    const ast::Node item = only_item(index["indexParams"]);
    return {std::move(tree), item, {}};
  } catch (const Error&) {  // then it is an exclusion constraint's key, or none: the parse below tells
  }
  ast::Tree tree = ast::Tree::parse(concat("ALTER TABLE t ADD EXCLUDE (", text, "\n)"));
  const ast::Node constraint = only_item(only_statement(tree)["cmds"])["def"];
  refuse_more(has_any(constraint, {"where_clause", "options", "indexspace", "including", "deferrable"}));
  const ast::Node pair = only_item(constraint["exclusions"]);
  return {std::move(tree), pair.items()[0], pair.items()[1]};
}

Fragment parse_partition_key(std::string_view text) {
  ast::Tree tree = ast::Tree::parse(concat("CREATE TABLE t () PARTITION BY ", text, "\n"));
  const ast::Node table = only_statement(tree);
  refuse_more(has_any(table, {"options", "tablespacename", "accessMethod"}));
  return {std::move(tree), table["partspec"], {}};
}

Fragment parse_argument(std::string_view text) {
  ast::Tree tree = ast::Tree::parse(concat("CREATE PROCEDURE f(", text, "\n) LANGUAGE sql AS ''"));
  const ast::Node procedure = only_statement(tree);
  refuse_more(procedure["options"].size() != 2);
  const ast::Node argument = only_item(procedure["parameters"]);
  tree.forget_modifiers(argument["argType"]);
  return {std::move(tree), argument, {}};
}

Text collation_of(ast::Node names) { return names.size() ? concat(" COLLATE ", ast::print_name(names)) : Text(); }

Text print_key(const Fragment& key) {
  Text text = ast::print(key.node);
  if (key.operators.size() > 1) {
    const List names = key.operators.texts();
    text += concat(" WITH OPERATOR(", quote_ident(names[0]), ".", names[1], ")");
  } else if (key.operators.size() == 1) {
    text += concat(" WITH ", key.operators.items()[0].text());
  }
  return text;
}

// "range" of PARTITION_STRATEGY_RANGE.
Text print_partition_key(ast::Node node) {
  const std::string_view strategy = node["strategy"].text();
  List keys;
  for (ast::Node element : node["partParams"]) keys.push_back(ast::print(element));
  return concat(lower(strategy.substr(strategy.rfind('_') + 1)), " (", join(keys, ", "), ")");
}

Text print_member(ast::Node node) {
  return concat(quote_ident(node["colname"].text()), " ", ast::print_type(node["typeName"]),
                collation_of(node["collClause"]["collname"]));
}

Text print_argument(ast::Node node) {
  const std::string_view mode = node["mode"].text(), name = node["name"].text();
  Text text = mode == "FUNC_PARAM_OUT"        ? "OUT "
              : mode == "FUNC_PARAM_INOUT"    ? "INOUT "
              : mode == "FUNC_PARAM_VARIADIC" ? "VARIADIC "
                                              : "";
  if (!name.empty()) text += quote_ident(name) + " ";
  if (node["argType"]["setof"].flag()) text += "SETOF ";
  text += ast::print_type(node["argType"]);
  if (node.has("defexpr")) text += " DEFAULT " + ast::print(node["defexpr"]);
  return text;
}

Fragment rooted(ast::Tree tree) {
  const ast::Node root = tree.root();
  return {std::move(tree), root, {}};
}

Fragment parse_type(std::string_view text) {
  const bool setof = lower(text.substr(0, 6)) == "setof ";
  Fragment type = rooted(ast::Tree::parse_type(setof ? text.substr(6) : text));
  if (setof) type.node.set("setof", type.tree.make_text("", "t"));
  return type;
}

Text print_type(const Fragment& type) {
  return concat(type.node.has("setof") ? "SETOF " : "", ast::print_type(type.node));
}

Fragment parse_expression(std::string_view text) { return rooted(ast::Tree::parse_expression(text)); }
Text print_as_is(const Fragment& fragment) { return ast::print(fragment.node); }
void walk_expression(const Fragment& fragment, Walk& walk) { walk.expression(fragment.node); }

Fragment parse_query(std::string_view text) {
  ast::Tree tree = ast::Tree::parse(text);
  const ast::Node statement = only_statement(tree);
  return {std::move(tree), statement, {}};
}

Fragment parse_member(std::string_view text) {
  ast::Tree tree = ast::Tree::parse(concat("CREATE TYPE t AS (", text, "\n)"));
  const ast::Node member = only_item(only_statement(tree)["coldeflist"]);
  return {std::move(tree), member, {}};
}

void walk_key(ast::Node node, const ast::Tree& tree, Walk& walk) {
  if (node.has("name")) {
    // A bare name is a column, whatever else may bear it.
    const ast::Node reference = tree.make("ColumnRef");
    const ast::Node parts[] = {tree.make_text("String", Text(node["name"].text()))};
    reference.set("fields", tree.make_list(parts));
    walk.expression(reference);
    node.set("name", tree.make_text("", Text(reference["fields"].items().back().text())));
  }
  walk.expression(node["expr"]);
  walk.named(space::collation, node["collation"]);
  walk.operator_class(node["opclass"]);
}

/// One a Syntax, in the order of the enumerators.
struct SyntaxRow {
  Syntax syntax;
  Fragment (*parse)(std::string_view);
  Text (*print)(const Fragment&);
  void (*walk)(const Fragment&, Walk&);
};
constexpr SyntaxRow syntaxes[] = {
    {Syntax::none, parse_query, print_as_is, walk_expression},
    {Syntax::type, parse_type, print_type, [](const Fragment& type, Walk& walk) { walk.type(type.node); }},
    {Syntax::expression, parse_expression, print_as_is, walk_expression},
    {Syntax::query, parse_query, print_as_is, walk_expression},
    {Syntax::key, parse_key, print_key, [](const Fragment& key, Walk& walk) { walk_key(key.node, key.tree, walk); }},
    {Syntax::partition_key, parse_partition_key, [](const Fragment& key) { return print_partition_key(key.node); },
     [](const Fragment& key, Walk& walk) {
       for (ast::Node part : key.node["partParams"]) walk_key(part, key.tree, walk);
     }},
    {Syntax::member, parse_member, [](const Fragment& member) { return print_member(member.node); },
     [](const Fragment& member, Walk& walk) {
       walk.type(member.node["typeName"]);
       walk.named(space::collation, member.node["collClause"]["collname"]);
     }},
    {Syntax::argument, parse_argument, [](const Fragment& argument) { return print_argument(argument.node); },
     [](const Fragment& argument, Walk& walk) {
       walk.type(argument.node["argType"]);
       walk.expression(argument.node["defexpr"]);
     }},
};

const SyntaxRow& syntax_of(Role role) {
  const SyntaxRow& row = syntaxes[static_cast<std::size_t>(row_of(role).syntax)];
  if (row.syntax != row_of(role).syntax) throw Error(Code::internal, "a syntax has no row in its place");
  return row;
}
}  // namespace

Fragment parse_fragment(Role role, std::string_view text) { return syntax_of(role).parse(text); }
Text print_fragment(Role role, const Fragment& fragment) { return syntax_of(role).print(fragment); }
void walk_fragment(Role role, const Fragment& fragment, Walk& walk) { syntax_of(role).walk(fragment, walk); }

bool is_as_printed(const Fragment& fragment) {
  return fragment.printed_at && *fragment.printed_at == ast::changes(fragment.node);
}

Text Fragments::print(const ast::Tree& tree, ast::Node node) {
  const Syntax syntax = node.is("IndexElem") ? Syntax::key : node.is("SelectStmt") ? Syntax::query : Syntax::expression;
  Text text = syntax == Syntax::query ? ast::print_pretty(node) : ast::print(node);
  kept_.emplace(text, std::pair(syntax, Fragment{tree, node, {}, ast::changes(node)}));
  return text;
}

void Fragments::keep(Role role, const Text& text, Fragment fragment) {
  kept_.emplace(text, std::pair(row_of(role).syntax, std::move(fragment)));
}

Fragments::Kept::iterator Fragments::find(Role role, const Text& text) {
  const auto [begin, end] = kept_.equal_range(text);
  const auto found = std::find_if(begin, end, [&](const auto& one) { return one.second.first == row_of(role).syntax; });
  return found == end ? kept_.end() : found;
}

const Fragment& Fragments::look_at(Role role, const Text& text) {
  if (find(role, text) == kept_.end()) keep(role, text, parse_fragment(role, text));
  return find(role, text)->second.second;
}

std::optional<Fragment> Fragments::take(Role role, const Text& text) {
  const auto found = find(role, text);
  if (found == kept_.end()) return std::nullopt;
  Fragment fragment = std::move(found->second.second);
  kept_.erase(found);
  return fragment;
}

namespace {
/// Declares a trigger's NEW and OLD as arguments, since libpg_query writes broken JSON for a RETURNS trigger function.
List with_rows_of_trigger(List names, std::string_view body) {
  const Text folded = lower(body);
  for (const std::string_view row : {"new", "old"})
    if (folded.find(concat(row, ".")) != Text::npos && !std::ranges::count(names, row)) names.emplace_back(row);
  return names;
}
}  // namespace

ast::Tree parse_body(std::string_view plpgsql, const List& arguments_of_routine) {
  const Text body = dollar_quote(declarations(plpgsql).body);
  const List names = with_rows_of_trigger(arguments_of_routine, body);
  const auto taking = [&](std::string_view mode, std::string_view type) {
    List arguments;
    for (const Text& name : names) arguments.push_back(concat(mode, quote_ident(name), " record"));
    return ast::Tree::parse_plpgsql(
        concat("CREATE FUNCTION f(", join(arguments, ", "), ") RETURNS ", type, " LANGUAGE plpgsql AS ", body));
  };
  // PL/pgSQL checks RETURN against what the function takes and returns, which is not known here: the first that parses.
  for (const auto& [mode, type] : {std::pair("", "integer"),
                                   {"", "void"},
                                   {"", "SETOF integer"},
                                   {"INOUT ", "record"},
                                   {"INOUT ", "SETOF record"}})
    try {
      return taking(mode, type);
    } catch (const Error&) {  // the next, or the last one's error
    }
  return ast::Tree::parse_plpgsql(concat("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS ", body));
}

}  // namespace quoin
