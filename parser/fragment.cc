#include "parser/fragment.h"

#include "base/print.h"
#include "kinds/space.h"
#include "parser/declared.h"

namespace quoin {

namespace {
Fragment parse_key(std::string_view text) {
  try {
    ast::Tree tree = ast::Tree::parse(concat("CREATE INDEX ON t (", text, ")"));
    const auto items = tree.statements()[0].node["indexParams"].items();
    if (items.size() == 1) return {std::move(tree), items[0], {}};
  } catch (const Error&) {  // then it is an exclusion's, or nothing at all: the next line tells
  }
  ast::Tree tree = ast::Tree::parse(concat("ALTER TABLE t ADD EXCLUDE (", text, ")"));
  const ast::Node pair = tree.statements()[0].node["cmds"].items()[0]["def"]["exclusions"].items()[0];
  return {std::move(tree), pair.items()[0], pair.items()[1]};
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
         role == Role::member || role == Role::argument;
}

Fragment parse_fragment(Role role, std::string_view text) {
  using ast::Tree;
  auto rooted = [](Tree tree) {
    const ast::Node root = tree.root();
    return Fragment{std::move(tree), root, {}};
  };
  auto of_statement = [](Tree tree, auto part) {
    const ast::Node node = part(tree.statements().at(0).node);
    return Fragment{std::move(tree), node, {}};
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
    case Role::member:
      return of_statement(Tree::parse(concat("CREATE TYPE t AS (", text, ")")),
                          [](ast::Node node) { return node["coldeflist"].items()[0]; });
    case Role::argument: {
      Fragment argument = of_statement(Tree::parse(concat("CREATE PROCEDURE f(", text, ") LANGUAGE sql AS ''")),
                                       [](ast::Node node) { return node["parameters"].items()[0]; });
      argument.tree.forget_modifiers(argument.node["argType"]);
      return argument;
    }
    default:
      return of_statement(Tree::parse(text), [](ast::Node node) { return node; });
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
    case Role::member:
      return print_member(fragment.node);
    case Role::argument:
      return print_argument(fragment.node);
    default:
      return ast::print(fragment.node);
  }
}

}  // namespace quoin
