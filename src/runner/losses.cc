#include "runner/losses.h"

#include <algorithm>
#include <optional>

#include "core/base/comment.h"
#include "core/sql/ast.h"
#include "runner/moves.h"

namespace quoin::runner {
namespace {

using postgres::Parameter;

/// How to ask the server whether something is there: a function of $1.
enum class Space { relation, column, routine, schema, role, unknown };

struct Target {
  Space space = Space::relation;
  Text name, column{};  // as SQL; the column bare
  List elsewhere{};     // other names that it may have, of which one is enough
};

struct Candidate {
  Loss loss;
  Target target;
};

Text spelled(const List& names) {
  Text text;
  for (const Text& name : names) text += concat(text.empty() ? "" : ".", quote_ident(name));
  return text;
}

/// Reads one statement; where it stands is filled in by the caller.
class Reader {
 public:
  std::vector<Candidate> found;

  void read(ast::Node node) {
    const std::string_view tag = node.tag();
    if (tag == "DropStmt") read_drop(node);
    if (tag == "TruncateStmt") read_truncate(node);
    if (tag == "DeleteStmt" && !node.has("whereClause"))
      add("data-loss", "deletes all rows of ", {Space::relation, name_of(node["relation"])});
    if (tag == "AlterTableStmt") read_alter(node);
    if (tag == "GrantStmt" && !node["is_grant"].flag()) read_revoke(node);
    if (tag == "AlterFunctionStmt") read_alter_function(node);
    if (tag == "DropRoleStmt")
      for (const ast::Node role : node["roles"])
        add("access", "drops role ", {Space::role, quote_ident(role["rolename"].text())});
  }

 private:
  void add(std::string_view rule, std::string_view what, const Target& target) {
    const Text shown = target.column.empty() ? target.name : concat(target.name, ".", quote_ident(target.column));
    found.push_back({{Text(rule), concat(what, shown), {}}, target});
  }

  void read_drop(ast::Node node) {
    const std::string_view type = node["removeType"].text();
    for (const ast::Node object : node["objects"]) {
      const List names = object.text().empty() ? object.texts() : List{Text(object.text())};
      if (type == "OBJECT_TABLE") add("data-loss", "drops table ", {Space::relation, spelled(names)});
      if (type == "OBJECT_SCHEMA") add("data-loss", "drops schema ", {Space::schema, spelled(names)});
      if (type == "OBJECT_POLICY" && names.size() > 1)
        add("access", concat("drops policy ", quote_ident(names.back()), " of "),
            {Space::relation, spelled(List(names.begin(), names.end() - 1))});
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
      if (subtype == "AT_DisableRowSecurity") add("access", "disables row security of ", {Space::relation, table});
      if (subtype == "AT_EnableRowSecurity") add("access", "enables row security of ", {Space::relation, table});
      if (subtype == "AT_ForceRowSecurity" || subtype == "AT_NoForceRowSecurity")
        add("access", "changes whether row security binds the owner of ", {Space::relation, table});
    }
  }

  void read_alter_function(ast::Node node) {
    for (const ast::Node action : node["actions"])
      if (action["defname"].text() == "security")
        add("access",
            "changes with whose privileges it runs: ", {Space::routine, spelled(node["func"]["objname"].texts())});
  }

  void read_revoke(ast::Node node) {
    const std::string_view type = node["objtype"].text();
    for (const ast::Node object : node["objects"]) {
      if (type == "OBJECT_TABLE" && object.has("relname"))
        add("access", "revokes rights on ", {Space::relation, name_of(object)});
      if (type == "OBJECT_SCHEMA")
        add("access", "revokes rights on schema ", {Space::schema, quote_ident(object.text())});
      if (type == "OBJECT_FUNCTION" || type == "OBJECT_PROCEDURE" || type == "OBJECT_ROUTINE")
        add("access", "revokes rights on ", {Space::routine, spelled(object["objname"].texts())});
    }
  }
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

/// A statement with the comments above it, which say more than it shows.
void read_statement(ast::Node node, const std::vector<Loss>& said, std::vector<Candidate>& all) {
  Reader reader;
  reader.read(node);
  for (const Loss& loss : said) all.push_back({loss, subject_of(node, reader.found)});
  for (Candidate& candidate : reader.found)
    if (std::ranges::find(said, candidate.loss.rule, &Loss::rule) == said.end()) all.push_back(std::move(candidate));
}

/// By the names that things had before the run.
void follow(const Moves& moves, Target& target) {
  if (target.space == Space::schema) target.name = moves.schema(target.name);
  if (target.space != Space::relation && target.space != Space::column) return;
  target.column = moves.column(target.name, target.column);
  target.name = moves.relation(target.name);
  for (const Text& name : moves.elsewhere(target.name)) target.elsewhere.push_back(moves.relation(name));
}

void read_section(const Section& section, Moves& moves, std::vector<Candidate>& all) {
  moves.begin_section();
  std::vector<Error> unread;
  const ast::Tree tree = ast::Tree::parse_all(section.text, unread);
  const std::vector<ast::Comment> comments = ast::comments(section.text);
  auto comment = comments.begin();
  for (const ast::Statement& statement : tree.statements()) {
    std::vector<Loss> said;
    for (; comment != comments.end() && comment->begin < statement.begin; ++comment)
      if (auto loss = said_loss(std::string_view(section.text).substr(comment->begin, comment->end - comment->begin)))
        said.push_back(std::move(*loss));
    const std::size_t before = all.size();
    read_statement(statement.node, said, all);
    for (std::size_t i = before; i < all.size(); ++i) {
      all[i].loss.place = place_of(section, statement.begin);
      follow(moves, all[i].target);
    }
    moves.read(statement.node);
  }
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
  std::vector<Candidate> candidates;
  Moves moves;
  for (const Section* section : sections) read_section(*section, moves, candidates);
  std::vector<Loss> losses;
  for (Candidate& candidate : candidates) {
    const bool needs_history = candidate.loss.rule == "access" || candidate.target.space == Space::unknown;
    if (needs_history && history == History::none) continue;
    if (candidate.target.space == Space::unknown || is_there(connection, candidate))
      losses.push_back(std::move(candidate.loss));
  }
  return losses;
}

}  // namespace quoin::runner
