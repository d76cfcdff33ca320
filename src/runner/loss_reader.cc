#include "runner/loss_reader.h"

#include <algorithm>

#include "core/sql/print.h"
#include "runner/access_reader.h"
#include "runner/conditions.h"
#include "runner/moves.h"

namespace quoin::runner {
namespace {

/// EXPLAIN (ANALYZE …)
bool runs(ast::Node explain) {
  return std::ranges::any_of(explain["options"].items(), [](ast::Node option) {
    const Text said = lower(option["arg"].text());
    const bool is_off = said == "false" || said == "off" || said == "0" || option["arg"].tag() == "Integer";
    return option["defname"].text() == "analyze" && !(option.has("arg") && is_off && option["arg"].number() == 0);
  });
}

class LossReader {
 public:
  ReadLosses all;

  void read(ast::Node node, std::string_view sql) {
    static constexpr std::string_view running[] = {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt",
                                                   "MergeStmt",  "CallStmt",   "ExecuteStmt"};
    read_own(node);
    read_rows(node);
    if (std::ranges::count(running, node.tag()) > 0) read_calls(node);
    if (node.is("DoStmt")) read_body(sql);
    for (const ast::Node with : node["withClause"]["ctes"]) read(with["ctequery"], {});
    const bool holds_query = node.is("CreateTableAsStmt") || node.is("CopyStmt") || node.is("PrepareStmt") ||
                             (node.is("ExplainStmt") && runs(node));
    if (holds_query) read(node["query"], {});
    if (node.is("InsertStmt")) read(node["selectStmt"], {});
  }

  void read_routine(ast::Node create, std::string_view sql) {
    for (const ast::Node option : create["options"])
      if (option["defname"].text() == "language" && lower(option["arg"].text()) == "plpgsql") return read_body(sql);
    for (const ast::Node option : create["options"])
      if (option["defname"].text() == "as")
        for (const Text& body : option["arg"].texts()) read_query(body);
    read_atomic(create["sql_body"]);
  }

 private:
  Text assigned_verb_;  // of the body at hand

  /// RETURN f(), or BEGIN ATOMIC … END, whose statements stand in lists of lists.
  void read_atomic(ast::Node body) {
    for (const ast::Node item : body.items()) read_atomic(item);
    if (body.is("ReturnStmt")) read_calls(body);
    read(body, {});
  }

  void read_calls(ast::Node node) {
    if (node.is("FuncCall")) all.calls.push_back(node["funcname"].texts());
    for (const ast::Node item : node.items()) read_calls(item);
    for (const auto& [name, value] : node.fields()) read_calls(value);
  }

  void read_own(ast::Node node) {
    const std::string_view tag = node.tag();
    if (tag == "DropStmt") read_drop(node), read_cascade(node);
    if (tag == "TruncateStmt") read_truncate(node);
    if (tag == "AlterTableStmt") read_alter(node);
    if (tag == "DropOwnedStmt") read_drop_owned(node);
    if (tag == "DropdbStmt") add("data-loss", "drops database ", {Space::database, quote_ident(node["dbname"].text())});
    read_access(node, all.found);
  }

  /// Statements that change rows and keep the table.
  void read_rows(ast::Node node) {
    const std::string_view tag = node.tag();
    const Text table = name_of(node["relation"]);
    if (tag == "DeleteStmt" && is_always(node["whereClause"]))
      add("data-loss", "deletes all rows of ", {Space::relation, table});
    else if (tag == "DeleteStmt" && node.has("usingClause"))
      add("data-loss", "deletes the rows that match other tables, of ", {Space::relation, table});
    if (tag == "MergeStmt") read_merge(table, node);
    if (tag == "InsertStmt" && node["onConflictClause"]["action"].text() == "ONCONFLICT_UPDATE" &&
        is_always(node["onConflictClause"]["whereClause"]))
      read_overwritten(table, node["onConflictClause"], "overwrites, in rows that are there already, ");
    if (tag == "UpdateStmt" && is_always(node["whereClause"]))
      read_overwritten(table, node, "overwrites all values of ");
  }

  void read_merge(const Text& table, ast::Node node) {
    for (const ast::Node clause : node["mergeWhenClauses"]) {
      if (clause["commandType"].text() == "CMD_DELETE")
        add("data-loss", "deletes the rows that match other tables, of ", {Space::relation, table});
      if (clause["commandType"].text() == "CMD_UPDATE" && is_always(clause["condition"]))
        read_overwritten(table, clause, "overwrites, in the rows that match other tables, ");
    }
  }

  /// What is set to the same in all of them.
  void read_overwritten(const Text& table, ast::Node setting, std::string_view what) {
    for (const ast::Node target : setting["targetList"])
      if (const ast::Node value = assigned_value(target); !target.has("indirection")) {
        const Target column{Space::column, table, Text(target["name"].text())};
        if (is_constant(value)) add("data-loss", what, column);
        if (is_shortening(value) && names_column(value, column.column))
          add("data-loss", "cuts short the values of ", column);
      }
  }

  void read_body(std::string_view sql) {
    try {
      const ast::Tree tree = ast::Tree::parse_plpgsql(sql);
      assigned_verb_.clear();
      read_assigned(tree.root());
      read_queries(tree.root());
    } catch (const Error&) {  // of another language, or beyond the grammar
      add(note_rule, "runs a body that quoin cannot read, so what it takes away is not known", {Space::unknown, {}});
    }
  }

  void read_queries(ast::Node node) {
    if (node.is("PLpgSQL_stmt_dynexecute")) read_execute(node["query"]);
    if (const std::string_view query = node["query"].text(); !query.empty()) read_query(query);
    for (const ast::Node item : node.items()) read_queries(item);
    for (const auto& [name, value] : node.fields()) read_queries(value);
  }

  /// EXECUTE of a constant is read like any statement; of what is put together the constants tell.
  void read_execute(ast::Node expression) {
    for (const auto& [name, inner] : expression.fields())
      if (inner.has("query")) return read_execute(inner);
    try {
      const ast::Tree tree = ast::Tree::parse_expression(expression["query"].text());
      if (const std::string_view whole = tree.root()["sval"].text(); !whole.empty()) return read_query(whole);
      Text verb = destroying_word_in(tree.root());
      if (verb.empty()) verb = assigned_verb_;
      if (!verb.empty())
        return add("data-loss", concat("runs SQL that it puts together, with ", upper(verb), " in it"),
                   {Space::unknown, {}});
    } catch (const Error&) {  // what is no expression is not known either
    }
    add(note_rule, "runs SQL that it puts together, so what that takes away is not known", {Space::unknown, {}});
  }

  /// Of the constants of an expression, as 'drop table ' || name and format('alter table %I drop column %I', …).
  static Text destroying_word_in(ast::Node value) {
    if (value.has("sval"))
      if (Text verb = destroying_word(value["sval"].text()); !verb.empty()) return verb;
    for (const ast::Node item : value.items())
      if (Text verb = destroying_word_in(item); !verb.empty()) return verb;
    for (const auto& [name, inner] : value.fields())
      if (Text verb = destroying_word_in(inner); !verb.empty()) return verb;
    return {};
  }

  static Text destroying_word(std::string_view constant) {
    static constexpr std::string_view verbs[] = {"drop table", "drop schema", "drop owned", "drop database",
                                                 "truncate",   "drop column", "delete from"};
    Text words = " ";
    for (const char c : lower(constant)) {
      const bool is_blank = std::isspace(static_cast<unsigned char>(c)) != 0;
      if (!is_blank || words.back() != ' ') words += is_blank ? ' ' : c;
    }
    for (const std::string_view verb : verbs)
      if (words.find(concat(" ", verb)) != Text::npos) return Text(verb);
    // What is dropped stands in another piece.
    return trim(words).ends_with("drop") || words.find(" drop %") != Text::npos ? Text("drop") : Text();
  }

  /// The verb in what a body puts into its variables, one of which EXECUTE may run.
  void read_assigned(ast::Node node) {
    if (node.is("PLpgSQL_stmt_assign") || node.is("PLpgSQL_var"))
      if (Text verb = verb_in_expressions(node); !verb.empty()) assigned_verb_ = std::move(verb);
    for (const ast::Node item : node.items()) read_assigned(item);
    for (const auto& [name, value] : node.fields()) read_assigned(value);
  }

  static Text verb_in_expressions(ast::Node node) {
    if (const std::string_view query = node["query"].text(); !query.empty()) {
      const std::size_t assigned = query.find(":=");
      try {
        const ast::Tree tree = ast::Tree::parse_expression(query.substr(assigned == query.npos ? 0 : assigned + 2));
        if (Text verb = destroying_word_in(tree.root()); !verb.empty()) return verb;
      } catch (const Error&) {  // what is no expression puts no text together
      }
    }
    for (const ast::Node item : node.items())
      if (Text verb = verb_in_expressions(item); !verb.empty()) return verb;
    for (const auto& [name, value] : node.fields())
      if (Text verb = verb_in_expressions(value); !verb.empty()) return verb;
    return {};
  }

  /// A statement, or as PL/pgSQL has them too, an expression: `f()`, `x := f()`.
  void read_query(std::string_view query) {
    std::vector<Error> unread;
    const ast::Tree tree = ast::Tree::parse_all(query, unread);
    for (const ast::Statement& one : tree.statements()) read(one.node, query.substr(one.begin, one.end - one.begin));
    if (!tree.statements().empty() || query.find('(') == std::string_view::npos) return;
    const std::size_t assigned = query.find(":=");
    try {
      read_calls(ast::Tree::parse_expression(query.substr(assigned == Text::npos ? 0 : assigned + 2)).root());
    } catch (const Error&) {  // what is no expression either calls nothing that its text tells
    }
  }

  /// DROP … CASCADE, whose loss is in the objects that it drops along.
  void read_cascade(ast::Node node) {
    if (node["behavior"].text() != "DROP_CASCADE") return;
    struct Kind {
      std::string_view type, name;
    };
    static constexpr Kind kinds[] = {
        {"OBJECT_TYPE", "type"},           {"OBJECT_DOMAIN", "type"},       {"OBJECT_FUNCTION", "function"},
        {"OBJECT_PROCEDURE", "function"},  {"OBJECT_ROUTINE", "function"},  {"OBJECT_AGGREGATE", "function"},
        {"OBJECT_VIEW", "relation"},       {"OBJECT_MATVIEW", "relation"},  {"OBJECT_COLLATION", "collation"},
        {"OBJECT_EXTENSION", "extension"}, {"OBJECT_LANGUAGE", "language"}, {"OBJECT_ACCESS_METHOD", "access method"}};
    for (const Kind& kind : kinds) {
      if (node["removeType"].text() != kind.type) continue;
      for (const ast::Node object : node["objects"])
        add("data-loss", concat("drops columns or tables with ", kind.name == "relation" ? "view" : kind.name, " "),
            {Space::users, spelled(names_of(object)), {}, Text(kind.name)});
    }
  }

  static List names_of(ast::Node object) {
    if (!object.text().empty()) return {Text(object.text())};
    for (const char* field : {"names", "objname"})
      if (object.has(field)) return object[field].texts();
    return object.texts();
  }

  void read_drop_owned(ast::Node node) {
    for (const ast::Node role : node["roles"])
      if (const std::string_view name = role["rolename"].text(); !name.empty())
        add("data-loss", "drops all that belongs to ", {Space::owner, quote_ident(name)});
      else
        add("data-loss", "drops all that belongs to whoever runs it", {Space::unknown, {}});
  }

  void add(RuleName rule, std::string_view what, const Target& target) {
    const Text shown = target.column.empty() ? target.name : concat(target.name, ".", quote_ident(target.column));
    all.found.push_back({{rule, concat(what, shown), {}}, target});
  }

  void read_drop(ast::Node node) {
    const std::string_view type = node["removeType"].text();
    for (const ast::Node object : node["objects"]) {
      const List names = names_of(object);
      if (type == "OBJECT_TABLE") add("data-loss", "drops table ", {Space::relation, spelled(names)});
      if (type == "OBJECT_SCHEMA") add("data-loss", "drops schema ", {Space::schema, spelled(names)});
    }
  }

  void read_truncate(ast::Node node) {
    for (const ast::Node relation : node["relations"])
      add("data-loss", "empties table ", {Space::relation, name_of(relation)});
  }

  void read_alter(ast::Node node) {
    const Text table = name_of(node["relation"]);
    for (const ast::Node command : node["cmds"]) {
      const std::string_view subtype = command["subtype"].text();
      if (subtype == "AT_DropColumn")
        add("data-loss", "drops column ", {Space::column, table, Text(command["name"].text())});
      if (subtype == "AT_SetUnLogged")
        add("data-loss", "leaves to the next crash the rows of ", {Space::relation, table});
      if (subtype == "AT_AlterColumnType") read_retype(table, command);
    }
  }

  /// What the new type or USING cannot hold of the old values.
  void read_retype(const Text& table, ast::Node command) {
    const Text column(command["name"].text());
    const ast::Node value = command["def"]["raw_default"];
    if (value && !names_column(value, column))
      add("data-loss", "overwrites all values of ", {Space::column, table, column});
    if (value && is_shortening(value)) add("data-loss", "cuts short the values of ", {Space::column, table, column});
    if (!value || is_cast(value)) read_cast(command["def"]["typeName"], {Space::retyped, table, column});
    read_casts(value, {Space::retyped, table, column});
  }

  /// A column, and no more than casts around it: a function decides by itself what is kept.
  static bool is_cast(ast::Node value) {
    while (value.is("TypeCast") || value.is("CollateClause")) value = value["arg"];
    return value.is("ColumnRef");
  }

  void read_casts(ast::Node value, const Target& column) {
    if (value.is("TypeCast") && is_cast(value["arg"]) && names_column(value["arg"], column.column))
      read_cast(value["typeName"], column);
    for (const ast::Node item : value.items()) read_casts(item, column);
    for (const auto& [name, one] : value.fields()) read_casts(one, column);
  }

  void read_cast(ast::Node type_name, Target column) {
    column.kind = ast::print_type(type_name);
    const auto is_same = [&](const PossibleLoss& one) {
      return one.target.space == column.space && one.target.column == column.column && one.target.kind == column.kind;
    };
    if (std::ranges::none_of(all.found, is_same))
      add("data-loss", concat("does not keep whole, as ", column.kind, ", the values of "), column);
  }
};

}  // namespace

ReadLosses read_losses(ast::Node statement, std::string_view sql) {
  LossReader reader;
  reader.read(statement, sql);
  return std::move(reader.all);
}

ReadLosses read_losses_of_routine(const Text& create) {
  LossReader reader;
  const ast::Tree tree = ast::Tree::parse(create);
  for (const ast::Statement& one : tree.statements()) reader.read_routine(one.node, create);
  return std::move(reader.all);
}

}  // namespace quoin::runner
