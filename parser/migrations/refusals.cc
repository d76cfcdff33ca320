#include "parser/migrations/refusals.h"

#include <algorithm>

#include "core/sql/ast.h"
#include "core/sql/psql.h"

namespace quoin {
namespace {

struct Refusal {
  Severity severity;
  RuleName rule;
  Text message, hint;
};

Finding finding(const Section& section, std::size_t offset, Refusal refusal) {
  Finding found;
  found.severity = refusal.severity;
  found.rule = refusal.rule;
  found.message = std::move(refusal.message);
  found.hint = std::move(refusal.hint);
  found.place = place_of(section, offset);
  found.source = shown_line(section.text, offset);
  return found;
}

/// True if what fills in placeholders of one spelling fills in this one.
bool is_filled_in(std::string_view place, const std::optional<Placeholders>& placeholders) {
  const bool in_braces = place.starts_with("${"), in_mustaches = place.starts_with("{{");
  if (placeholders == Placeholders::braces) return in_braces;
  if (placeholders == Placeholders::mustache) return in_mustaches;
  return placeholders && !in_braces && !in_mustaches;
}

/// True of {{.name}}, false of {{template "x.sql" .}} and whatever else Go's templates have.
bool is_value_of_template(std::string_view place) {
  std::string_view inner = trim(place.substr(2, place.size() - std::min<std::size_t>(place.size(), 4)));
  if (inner.starts_with('.')) inner.remove_prefix(1);
  return inner.find_first_of(" \t|(\"") == inner.npos;
}

void find_placeholder(const Section& section, const Migration& migration, Findings& findings) {
  // Flyway and Liquibase fill them in everywhere, and know no others.
  const bool everywhere = migration.layout == Layout::flyway || migration.layout == Layout::liquibase;
  const auto where = everywhere ? psql::Where::everywhere : psql::Where::outside_of_strings;
  const auto variable = psql::first_variable(section.text, where);
  if (!variable) return;
  const std::string_view refusal =
      std::string_view(section.text).substr(variable->begin, variable->end - variable->begin);
  const bool is_template = refusal.starts_with("{{") && !is_value_of_template(refusal);
  const bool can_be_given = !is_template && is_filled_in(refusal, migration.placeholders);
  findings.push_back(
      finding(section, variable->begin,
              {Severity::error, "placeholder",
               concat(refusal, is_template    ? " is a template of Go, which is beyond quoin"
                               : can_be_given ? " stands for a value, and none is given"
                                              : " is filled in by another tool, and not by quoin"),
               can_be_given ? "give it: --set NAME=VALUE, or under vars: in quoin.yaml; or write it into the file"
                            : "write what it stands for into the file"}));
  findings.back().width = static_cast<int>(characters(refusal));
}

void find_missing_value(const Section& section, Findings& findings) {
  if (!section.obstacle.empty())
    findings.push_back(finding(section, 0,
                               {Severity::error, "obstacle", section.obstacle,
                                "set it in the environment, under vars: in quoin.yaml or with --set NAME=VALUE"}));
}

bool ends_transaction(ast::Node statement) {
  const std::string_view kind = statement["kind"].text();
  return statement.is("TransactionStmt") && kind != "TRANS_STMT_SAVEPOINT" && kind != "TRANS_STMT_RELEASE" &&
         kind != "TRANS_STMT_ROLLBACK_TO";
}

/// One that is begun again within the file, and not ended there: only a tool that commits by itself behind it would.
const ast::Statement* left_open(const ast::Tree& tree) {
  const ast::Statement* open = nullptr;
  for (const ast::Statement& statement : tree.statements()) {
    if (!ends_transaction(statement.node)) continue;
    const std::string_view kind = statement.node["kind"].text();
    open = kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START" ? &statement : nullptr;
  }
  return open;
}

void find_transaction(const Section& section, Severity severity, Findings& findings) {
  if (section.directive("no-transaction") || !psql::may_hold_transaction(section.text)) return;
  std::vector<Error> errors;  // are told by who reads the statements
  const ast::Tree tree = ast::Tree::parse_all(section.text, errors);
  for (const ast::Statement& statement : tree.statements()) {
    if (!ends_transaction(statement.node)) continue;
    const std::string_view sql =
        std::string_view(section.text).substr(statement.begin, statement.end - statement.begin);
    findings.push_back(finding(
        section, statement.begin,
        {severity, "transaction", concat("it begins or ends a transaction by itself, which no run accepts: ", sql),
         "remove the statement (a migration is one transaction already), or say `-- quoin: no-transaction`"}));
    break;
  }
  if (const ast::Statement* open = left_open(tree))
    findings.push_back(
        finding(section, open->begin,
                {Severity::note, "transaction",
                 "nothing in the file ends this transaction: psql undoes what follows, other tools keep it",
                 "end it with COMMIT, or remove it"}));
}

}  // namespace

Findings refusals(const Migration& migration) {
  Findings findings;
  const Severity severity = migration.layout == Layout::folder ? Severity::warning : Severity::error;
  if (trim(migration.up.text).empty())
    findings.push_back(finding(migration.up, 0,
                               {severity, "empty", concat(migration.file, " is still empty"),
                                "write what goes up (a comment, where that is nothing), or remove the file"}));
  if (!migration.obstacle.empty())
    findings.push_back(
        finding(migration.up, 0,
                {Severity::error, "obstacle", concat(migration.label(), " cannot run: ", migration.obstacle),
                 !migration.way_round.empty()
                     ? migration.way_round
                     : Text("write what it does without that; or run it with its own tool, and say so: quoin "
                            "repair VERSION --applied")}));
  for (const Section* section : {&migration.up, migration.down ? &*migration.down : nullptr}) {
    if (section == nullptr) continue;
    find_missing_value(*section, findings);
    find_placeholder(*section, migration, findings);
    find_transaction(*section, severity, findings);
  }
  return findings;
}

void require_filled(const Section& down, const Migration& migration) {
  Findings findings;
  // As `quoin create` writes it. With a comment in it, and to other tools, it is one that does nothing.
  if (migration.layout == Layout::quoin && down.text.find_first_not_of(" \t\r\n;") == Text::npos)
    throw Error(Code::refused, concat("the Down section of ", down.file, " is empty, so nothing would be undone"),
                {down.file, down.line, 0},
                "write into it what undoes the Up, or a comment where there is nothing to undo");
  find_missing_value(down, findings);
  find_placeholder(down, migration, findings);
  if (findings.empty()) return;
  throw Error(Code::refused, findings[0].message, findings[0].place, findings[0].hint);
}

std::optional<std::size_t> needed_by(const Directive& depends_on, std::span<const Migration> migrations) {
  const auto need =
      find_named(migrations, depends_on.argument, [](const Migration& one) -> const Text& { return one.version; });
  if (need == migrations.end()) return std::nullopt;
  return static_cast<std::size_t>(need - migrations.begin());
}

Finding unmet_need(const Migration& migration, const Directive& depends_on, const Migration* need) {
  Finding found;
  found.rule = "depends-on";
  found.place = depends_on.place;
  found.message = concat(migration.label(), " depends on ", need ? need->label() : depends_on.argument,
                         !need ? ", which the folder does not hold" : ", which does not come before it");
  found.hint = !need ? "name a version of the folder, as in: -- quoin: depends-on 0007" : "give it a later version";
  return found;
}

Findings unmet_needs(std::span<const Migration> migrations) {
  Findings findings;
  for (const Migration& migration : migrations) {
    for (const Directive& directive : migration.up.directives) {
      if (directive.name != "depends-on") continue;
      const auto place = needed_by(directive, migrations);
      const Migration* need = place ? &migrations[*place] : nullptr;
      if (need && need < &migration) continue;
      findings.push_back(unmet_need(migration, directive, need));
    }
  }
  return findings;
}

}  // namespace quoin
