#include "parser/names/fragment.h"

#include "core/model/space.h"
#include "core/sql/print.h"
#include "parser/names/declared.h"

namespace quoin {

namespace {
/// The statement around a fragment, which shall hold nothing besides: a text may close its parenthesis and go on.
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
  } catch (const Error&) {  // then it is an exclusion's, or nothing at all: the next line tells
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
}  // namespace

bool has_syntax(Role role) {
  return role == Role::type || role == Role::expression || role == Role::query || role == Role::key ||
         role == Role::partition_key || role == Role::member || role == Role::argument;
}

Fragment parse_fragment(Role role, std::string_view text) {
  using ast::Tree;
  auto rooted = [](Tree tree) {
    const ast::Node root = tree.root();
    return Fragment{std::move(tree), root, {}};
  };
  switch (role) {
    case Role::type: {
      const bool setof = lower(text.substr(0, 6)) == "setof ";
      Fragment type = rooted(Tree::parse_type(setof ? text.substr(6) : text));
      if (setof) type.node.set("setof", type.tree.make_text("", "t"));
      return type;
    }
    case Role::expression:
      return rooted(Tree::parse_expression(text));
    case Role::key:
      return parse_key(text);
    case Role::partition_key:
      return parse_partition_key(text);
    case Role::member: {
      Tree tree = Tree::parse(concat("CREATE TYPE t AS (", text, "\n)"));
      const ast::Node member = only_item(only_statement(tree)["coldeflist"]);
      return {std::move(tree), member, {}};
    }
    case Role::argument:
      return parse_argument(text);
    default: {
      Tree tree = Tree::parse(text);
      const ast::Node statement = only_statement(tree);
      return {std::move(tree), statement, {}};
    }
  }
}

ast::Tree parse_body(std::string_view plpgsql, const List& names) {
  const Text body = dollar_quote(declarations(plpgsql).body);
  const auto taking = [&](std::string_view mode, std::string_view type) {
    List arguments;
    for (const Text& name : names) arguments.push_back(concat(mode, quote_ident(name), " record"));
    return ast::Tree::parse_plpgsql(
        concat("CREATE FUNCTION f(", join(arguments, ", "), ") RETURNS ", type, " LANGUAGE plpgsql AS ", body));
  };
  // What it takes and returns decides what RETURN may say, and matters no further: the first that fits will do.
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

Text print_fragment(Role role, const Fragment& fragment) {
  switch (role) {
    case Role::type:
      return concat(fragment.node.has("setof") ? "SETOF " : "", ast::print_type(fragment.node));
    case Role::key:
      return print_key(fragment);
    case Role::partition_key:
      return print_partition_key(fragment.node);
    case Role::member:
      return print_member(fragment.node);
    case Role::argument:
      return print_argument(fragment.node);
    default:
      return ast::print(fragment.node);
  }
}

}  // namespace quoin
