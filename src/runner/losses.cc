#include "runner/losses.h"

#include <algorithm>
#include <optional>

#include "core/base/comment.h"
#include "core/sql/ast.h"
#include "runner/called_routines.h"
#include "runner/loss_reader.h"
#include "runner/moves.h"

namespace quoin::runner {
namespace {

using postgres::Parameter;

struct Statement {
  ast::Node node;
  std::string_view text;
};

/// What the statements so far have done to what later ones say.
struct Run {
  CalledRoutines routines;
  Moves moves{};
  std::vector<Candidate> found{};
};

/// What a comment says in the words that quoin writes above a statement; no value: nothing of the kind.
std::optional<Loss> said_loss(std::string_view comment) {
  for (const Text& rule : loss_rules())
    if (auto said = text_of_warning(rule, comment)) return Loss{rule, std::move(*said), {}};
  return std::nullopt;
}

/// What stands at the losses of a statement that its comments tell of.
Target subject_of(ast::Node node, const std::vector<Candidate>& found) {
  if (!found.empty()) return found.front().target;
  if (node.is("AlterTableStmt") && node.has("relation")) return {Space::relation, name_of(node["relation"])};
  return {Space::unknown, {}};
}

bool calls_what_decides(ast::Node node) {
  constexpr std::string_view deciding[] = {"timezone", "to_char", "to_date", "to_timestamp", "encode", "decode"};
  if (node.is("FuncCall"))
    if (const List names = node["funcname"].texts(); !names.empty() && std::ranges::count(deciding, names.back()) > 0)
      return true;
  for (const ast::Node item : node.items())
    if (calls_what_decides(item)) return true;
  for (const auto& [name, value] : node.fields())
    if (calls_what_decides(value)) return true;
  return false;
}

/// Whether the statement says by itself what the session would decide: USING at AT TIME ZONE 'UTC'.
bool is_decided(ast::Node node, const Loss& loss) {
  if (loss.rule != "settings" || !node.is("AlterTableStmt")) return false;
  std::vector<ast::Node> retyped;
  for (const ast::Node command : node["cmds"])
    if (command["subtype"].text() == "AT_AlterColumnType") retyped.push_back(command);
  const auto is_about = [&](ast::Node command) {
    return retyped.size() == 1 || loss.what.find(concat(".", command["name"].text(), " from ")) != Text::npos;
  };
  return std::ranges::any_of(retyped, [&](ast::Node command) {
    return is_about(command) && calls_what_decides(command["def"]["raw_default"]);
  });
}

/// What the routines that a statement calls do, and those that they call.
void read_called(std::vector<List> calls, CalledRoutines& routines, std::vector<Candidate>& found) {
  for (std::size_t next = 0; next < calls.size(); ++next) {
    const List name = calls[next];
    for (const Text& create : routines.definitions(name)) {
      ReadLosses body = read_losses_of_routine(create);
      for (Candidate& candidate : body.found) {
        candidate.loss.what += concat(", by ", quote_ident(name.back()), "()");
        found.push_back(std::move(candidate));
      }
      calls.insert(calls.end(), body.calls.begin(), body.calls.end());
    }
  }
}

/// A statement with the comments above it, which say more than it shows.
void read_statement(const Statement& statement, const std::vector<Loss>& said, Run& run) {
  ReadLosses shown = read_losses(statement.node, statement.text);
  for (const Loss& loss : said) run.found.push_back({loss, subject_of(statement.node, shown.found)});
  read_called(std::move(shown.calls), run.routines, shown.found);
  for (Candidate& candidate : shown.found)
    if (std::ranges::find(said, candidate.loss.rule, &Loss::rule) == said.end())
      run.found.push_back(std::move(candidate));
}

/// By the names that things had before the run.
void follow(const Moves& moves, Target& target) {
  if (target.space == Space::schema) target.name = moves.schema(target.name);
  if (target.space != Space::relation && target.space != Space::column) return;
  target.column = moves.column(target.name, target.column);
  target.name = moves.relation(target.name);
  for (const Text& name : moves.elsewhere(target.name)) target.elsewhere.push_back(moves.relation(name));
}

void read_section(const Section& section, Run& run) {
  run.moves.begin_section();
  std::vector<Error> unread;
  const ast::Tree tree = ast::Tree::parse_all(section.text, unread);
  const std::vector<ast::Comment> comments = ast::comments(section.text);
  auto comment = comments.begin();
  List set;  // by the statements before
  for (const ast::Statement& statement : tree.statements()) {
    std::vector<Loss> said;
    for (; comment != comments.end() && comment->begin < statement.begin; ++comment)
      if (auto loss = said_loss(std::string_view(section.text).substr(comment->begin, comment->end - comment->begin)))
        said.push_back(std::move(*loss));
    std::erase_if(said, [&](const Loss& loss) {
      const auto names = [&](const Text& setting) { return lower(loss.what).find(setting) != Text::npos; };
      return is_decided(statement.node, loss) || (loss.rule == "settings" && std::ranges::any_of(set, names));
    });
    if (statement.node.is("VariableSetStmt")) set.push_back(lower(statement.node["name"].text()));
    const std::size_t before = run.found.size();
    const auto sql = std::string_view(section.text).substr(statement.begin, statement.end - statement.begin);
    read_statement({statement.node, sql}, said, run);
    for (std::size_t i = before; i < run.found.size(); ++i) {
      run.found[i].loss.place = place_of(section, statement.begin);
      follow(run.moves, run.found[i].target);
    }
    run.moves.read(statement.node);
    run.routines.read(statement.node, sql);
  }
}

/// Whether rows lie in tables or columns that go with the object $1 of kind $2.
Text question_of_users() {
  const auto named = [](std::string_view name) {
    return concat("pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=) ARRAY[", name, "::pg_catalog.text]");
  };
  const auto qualified = [&](std::string_view name) {
    return concat("(", named(name), " OR pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=)",
                  " ARRAY[n.nspname::pg_catalog.text, ", name, "::pg_catalog.text])");
  };
  const auto of = [](std::string_view catalog, const Text& from, std::string_view kind) {
    return concat(" UNION ALL SELECT 'pg_catalog.", catalog, "'::pg_catalog.regclass::pg_catalog.oid, ", from,
                  " AND $2 OPERATOR(pg_catalog.=) '", kind, "'");
  };
  return concat(
      "WITH RECURSIVE gone(classid, objid, objsubid) AS (SELECT s.classid, s.objid, 0 FROM ("
      "SELECT 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid, pg_catalog.to_regtype($1)::pg_catalog.oid"
      " WHERE $2 OPERATOR(pg_catalog.=) 'type'",
      of("pg_proc",
         concat("p.oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n"
                " ON n.oid OPERATOR(pg_catalog.=) p.pronamespace WHERE ",
                qualified("p.proname")),
         "function"),
      of("pg_collation",
         concat("c.oid FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n"
                " ON n.oid OPERATOR(pg_catalog.=) c.collnamespace WHERE ",
                qualified("c.collname")),
         "collation"),
      of("pg_extension", concat("oid FROM pg_catalog.pg_extension WHERE ", named("extname")), "extension"),
      of("pg_language", concat("oid FROM pg_catalog.pg_language WHERE ", named("lanname")), "language"),
      of("pg_am", concat("oid FROM pg_catalog.pg_am WHERE ", named("amname")), "access method"),
      ") AS s(classid, objid)"
      " UNION SELECT d.classid, d.objid, d.objsubid FROM gone g JOIN pg_catalog.pg_depend d"
      " ON d.refclassid OPERATOR(pg_catalog.=) g.classid AND d.refobjid OPERATOR(pg_catalog.=) g.objid"
      " AND (g.objsubid OPERATOR(pg_catalog.=) 0 OR g.objsubid OPERATOR(pg_catalog.=) d.refobjsubid))"
      " SELECT EXISTS (SELECT FROM gone g JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) g.objid"
      " WHERE g.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid"
      " AND c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p']))"
      // A generated column goes with its expression.
      " OR EXISTS (SELECT FROM gone g JOIN pg_catalog.pg_attrdef e ON e.oid OPERATOR(pg_catalog.=) g.objid"
      " JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) e.adrelid"
      " AND a.attnum OPERATOR(pg_catalog.=) e.adnum"
      " WHERE g.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid"
      " AND a.attgenerated::pg_catalog.text OPERATOR(pg_catalog.<>) '')");
}

Text question_of(Space space) {
  switch (space) {
    case Space::relation:
      return "SELECT pg_catalog.to_regclass($1) IS NOT NULL";
    case Space::column:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid OPERATOR(pg_catalog.=)"
             " pg_catalog.to_regclass($1) AND attname OPERATOR(pg_catalog.=) $2 AND NOT attisdropped"
             " AND attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) '')";
    case Space::routine:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n"
             " ON n.oid OPERATOR(pg_catalog.=) p.pronamespace WHERE pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=)"
             " ARRAY[p.proname::pg_catalog.text] OR pg_catalog.parse_ident($1) OPERATOR(pg_catalog.=)"
             " ARRAY[n.nspname::pg_catalog.text, p.proname::pg_catalog.text])";
    case Space::schema:
      return "SELECT pg_catalog.to_regnamespace($1) IS NOT NULL";
    case Space::role:
      return "SELECT pg_catalog.to_regrole($1) IS NOT NULL";
    case Space::database:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE ARRAY[datname::pg_catalog.text]"
             " OPERATOR(pg_catalog.=) pg_catalog.parse_ident($1))";
    case Space::owner:
      return "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relkind::pg_catalog.text OPERATOR(pg_catalog.=) ANY"
             " (ARRAY['r', 'p', 'm']) AND relowner OPERATOR(pg_catalog.=)"
             " pg_catalog.to_regrole($1)::pg_catalog.oid)";
    case Space::users:
      return question_of_users();
    case Space::unknown:
      break;
  }
  return {};
}

bool is_there(postgres::Connection& connection, const Candidate& candidate) {
  const Target& target = candidate.target;
  List names = target.elsewhere;
  names.push_back(target.name);
  return std::ranges::any_of(names, [&](const Text& name) {
    std::vector<Parameter> values{name};
    if (target.space == Space::column) values.emplace_back(target.column);
    if (target.space == Space::users) values.emplace_back(target.kind);
    return connection.query(question_of(target.space), values).text(0, 0) == "t";
  });
}

}  // namespace

const List& loss_rules() {
  static const List rules{"data-loss", "access", "settings", "other-history"};
  return rules;
}

std::vector<Loss> find_losses(postgres::Connection& connection, const std::vector<const Section*>& sections,
                              History history) {
  Run run{CalledRoutines(connection)};
  for (const Section* section : sections) read_section(*section, run);
  std::vector<Loss> losses;
  for (Candidate& candidate : run.found) {
    const bool needs_history = candidate.loss.rule == "access" || candidate.target.space == Space::unknown;
    if (needs_history && history == History::none) continue;
    if (candidate.target.space == Space::unknown || is_there(connection, candidate))
      losses.push_back(std::move(candidate.loss));
  }
  return losses;
}

}  // namespace quoin::runner
