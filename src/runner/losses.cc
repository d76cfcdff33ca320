#include "runner/losses.h"

#include <algorithm>
#include <optional>

#include "core/base/comment.h"
#include "core/sql/ast.h"
#include "runner/called_routines.h"
#include "runner/loss_reader.h"
#include "runner/moves.h"
#include "runner/temporary.h"

namespace quoin::runner {
namespace {

struct Statement {
  ast::Node node;
  std::string_view text;
};

/// The effects of earlier statements on the meaning of later ones.
struct Run {
  CalledRoutines routines;
  Moves moves{};
  TemporaryTables temporary{};
  std::vector<PossibleLoss> found{};
};

/// The savepoints of a section, each with what the run was when it was set.
class Savepoints {
 public:
  void read(ast::Node statement, Run& run) {
    const std::string_view kind = statement["kind"].text();
    const Text name(statement["savepoint_name"].text());
    if (kind == "TRANS_STMT_SAVEPOINT") set_.emplace_back(name, run);
    if (kind != "TRANS_STMT_ROLLBACK_TO" && kind != "TRANS_STMT_RELEASE") return;
    while (!set_.empty() && set_.back().first != name) set_.pop_back();
    if (set_.empty()) return;  // the server refuses it
    if (kind == "TRANS_STMT_ROLLBACK_TO")
      run = set_.back().second;
    else
      set_.pop_back();
  }

 private:
  std::vector<std::pair<Text, Run>> set_;
};

/// The loss in a comment `-- WARNING(rule): …`; no value: it is none.
std::optional<Loss> said_loss(std::string_view comment) {
  for (const RuleName rule : loss_rules())
    if (auto said = text_of_warning(rule, comment)) return Loss{rule, std::move(*said), {}};
  return std::nullopt;
}

/// What stands at the losses of a statement that its comments tell of.
Target subject_of(ast::Node node, const std::vector<PossibleLoss>& found) {
  const auto known = std::ranges::find_if(found, [](const PossibleLoss& one) { return one.target.is_plain(); });
  if (known != found.end()) return known->target;
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

/// Reads the bodies of the routines that a statement calls, and of those that they call.
void read_called(std::vector<List> calls, CalledRoutines& routines, std::vector<PossibleLoss>& found) {
  for (std::size_t next = 0; next < calls.size(); ++next) {
    const List name = calls[next];
    for (const Text& create : routines.definitions(name)) {
      ReadLosses body = read_losses_of_routine(create);
      for (PossibleLoss& candidate : body.found) {
        candidate.loss.what += concat(", by ", quote_ident(name.back()), "()");
        found.push_back(std::move(candidate));
      }
      calls.insert(calls.end(), body.calls.begin(), body.calls.end());
    }
  }
}

/// True if the statement shows that somebody may do more, and that nobody may do less.
bool only_opens(const std::vector<PossibleLoss>& found) {
  const auto is_of_access = [](const PossibleLoss& one) { return one.loss.rule == "access"; };
  return std::ranges::any_of(found, is_of_access) &&
         std::ranges::all_of(found, [&](const PossibleLoss& one) { return !is_of_access(one) || one.loss.opens; });
}

/// A statement with the comments above it, which say more than it shows.
void read_statement(const Statement& statement, const std::vector<Loss>& said, Run& run) {
  ReadLosses shown = read_losses(statement.node, statement.text);
  for (Loss loss : said) {
    loss.opens = loss.rule == "access" && only_opens(shown.found);
    run.found.push_back({std::move(loss), subject_of(statement.node, shown.found)});
  }
  read_called(std::move(shown.calls), run.routines, shown.found);
  for (PossibleLoss& candidate : shown.found)
    if (std::ranges::find(said, candidate.loss.rule, &Loss::rule) == said.end())
      run.found.push_back(std::move(candidate));
}

/// By the names that things had before the run.
void follow(const Moves& moves, Target& target) {
  if (target.space == Space::schema) target.name = moves.schema(target.name);
  if (!target.is_of_relation()) return;
  target.column = moves.column(target.name, target.column);
  target.name = moves.relation(target.name);
  for (const Text& name : moves.elsewhere(target.name)) target.elsewhere.push_back(moves.relation(name));
}

/// True if a run sends the section as one transaction: what is temporary, and what is rolled back to a savepoint, is
/// certain there alone.
bool is_one_transaction(const Section& section) {
  try {
    return read_script(section, wrapping_of(section)).transactional;
  } catch (const Error&) { return false; }  // which the run will tell
}

/// What a temporary table loses is no loss.
void leave_out_temporary(std::size_t from, Run& run) {
  const auto is_temporary = [&](const PossibleLoss& one) {
    return one.target.is_of_relation() && run.temporary.has(one.target.name);
  };
  run.found.erase(std::remove_if(run.found.begin() + static_cast<std::ptrdiff_t>(from), run.found.end(), is_temporary),
                  run.found.end());
}

void read_section(const Section& section, Run& run) {
  run.moves.begin_section();
  run.temporary = {};
  Savepoints savepoints;
  std::optional<bool> is_one;
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
    leave_out_temporary(before, run);
    for (std::size_t i = before; i < run.found.size(); ++i) {
      run.found[i].loss.place = place_of(section, statement.begin);
      follow(run.moves, run.found[i].target);
    }
    const bool is_of_transaction = statement.node.is("TransactionStmt");
    if (!is_one && (is_of_transaction || TemporaryTables::is_one_made_by(statement.node)))
      is_one = is_one_transaction(section);
    if (!is_one.value_or(true) || !run.temporary.read(statement.node, sql)) run.moves.read(statement.node);
    run.routines.read(statement.node, sql);
    if (is_of_transaction && *is_one) savepoints.read(statement.node, run);
  }
}

/// True of access to an object that every database has, and of a loss that the server cannot be asked about.
bool is_of_every_database(const PossibleLoss& candidate) {
  const Target& target = candidate.target;
  if (target.space == Space::unknown) return true;
  if (candidate.loss.rule != "access") return false;
  return target.space == Space::database || (target.space == Space::schema && target.name == "public");
}

}  // namespace

std::span<const RuleName> loss_rules() {
  static constexpr RuleName rules[] = {"data-loss", "access", "settings", "other-history"};
  return rules;
}

std::vector<Loss> find_losses(postgres::Connection& connection, const std::vector<const Section*>& sections,
                              const BeforeRun& before, const LosesValues& loses) {
  Run run{CalledRoutines(connection)};
  for (const Section* section : sections) read_section(*section, run);
  std::vector<Loss> losses;
  const bool is_empty = before.applied == AppliedBefore::none && !has_objects(connection, before.ledger);
  for (PossibleLoss& candidate : run.found) {
    if (is_empty && is_of_every_database(candidate)) continue;
    if (candidate.target.space == Space::unknown || is_there(connection, candidate.target, loses))
      losses.push_back(std::move(candidate.loss));
  }
  return losses;
}

}  // namespace quoin::runner
