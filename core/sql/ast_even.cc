#include "core/sql/ast_parse.h"
#include "core/sql/ast_scan.h"

namespace quoin::ast::detail {
namespace {

using Fields = std::vector<Field>;

Node member(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.first == name) return field.second;
  }
  return {};
}

void take_away(Fields& fields, std::string_view name) {
  std::erase_if(fields, [&](const Field& field) { return field.first == name; });
}

void add(Fields& fields, std::string_view name, Node value) { fields.emplace_back(intern(name), value); }

Node fields_node(Arena& arena, std::string_view tag, const Fields& fields) {
  return arena.make(intern(tag), arena.array(std::span<const Field>(fields)));
}

Node list_of(Arena& arena, Node only) { return arena.make("", arena.array(std::span<const Node>(&only, 1))); }

void constraint(Arena& arena, Fields& fields) {
  std::string_view type = member(fields, "contype").text();
  if (grammar() >= 18) {
    bool can = type == "CONSTR_CHECK" || type == "CONSTR_FOREIGN";
    if (can && !member(fields, "is_enforced").flag()) add(fields, "not_enforced", arena.make("", true));
    take_away(fields, "is_enforced");
    return;
  }
  if (type == "CONSTR_GENERATED") add(fields, "generated_kind", arena.make("", std::string_view("s")));
  if (type == "CONSTR_NOTNULL" && !member(fields, "skip_validation")) {
    add(fields, "initially_valid", arena.make("", true));
  }
}

void alter_constraint(Arena& arena, Fields& fields) {
  bool changed = member(fields, "alterEnforceability").flag();
  if (changed && !member(fields, "is_enforced").flag()) add(fields, "not_enforced", arena.make("", true));
  take_away(fields, "is_enforced");
}

// Up to 17 ALTER CONSTRAINT carries a Constraint, which says deferrability alone.
void alter_table_command(Arena& arena, Fields& fields) {
  if (grammar() >= 18 || member(fields, "subtype").text() != "AT_AlterConstraint") return;
  Node old = member(fields, "def");
  Fields now;
  for (std::string_view kept : {"conname", "deferrable", "initdeferred"}) {
    if (old.has(kept)) add(now, kept, old[kept]);
  }
  add(now, "alterDeferrability", arena.make("", true));
  take_away(fields, "def");
  add(fields, "def", fields_node(arena, "ATAlterConstraint", now));
}

void returning(Arena& arena, Fields& fields) {
  Node list = member(fields, "returningList");
  if (!list) return;
  take_away(fields, "returningList");
  add(fields, "returningClause", fields_node(arena, "", {{intern("exprs"), list}}));
}

// 15 has a flag that GRANT … WITH ADMIN OPTION and REVOKE ADMIN OPTION FOR set alike.
void grant_role(Arena& arena, Fields& fields) {
  if (!member(fields, "admin_opt").flag()) return;
  take_away(fields, "admin_opt");
  Fields value;
  if (member(fields, "is_grant").flag()) add(value, "boolval", arena.make("", true));
  Node option = fields_node(arena, "DefElem",
                            {{intern("defname"), arena.make("", std::string_view("admin"))},
                             {intern("arg"), fields_node(arena, "Boolean", value)},
                             {intern("defaction"), arena.make("", std::string_view("DEFELEM_UNSPEC"))}});
  add(fields, "opt", list_of(arena, option));
}

// Up to 16 MERGE knows matched or not; 17 tells which side did not match.
void merge_when(Arena& arena, Fields& fields) {
  if (grammar() >= 17) return;
  bool matched = member(fields, "matched").flag();
  take_away(fields, "matched");
  add(fields, "matchKind",
      arena.make("", std::string_view(matched ? "MERGE_WHEN_MATCHED" : "MERGE_WHEN_NOT_MATCHED_BY_TARGET")));
}

void partition_strategy(Arena& arena, Fields& fields) {
  Node spec = member(fields, "partspec");
  if (!spec) return;
  for (auto [old, now] : {std::pair<std::string_view, std::string_view>{"range", "PARTITION_STRATEGY_RANGE"},
                          {"list", "PARTITION_STRATEGY_LIST"},
                          {"hash", "PARTITION_STRATEGY_HASH"}}) {
    if (lower(spec["strategy"].text()) == old) spec.set("strategy", arena.make("", now));
  }
}

// 15's JSON leaves integers below zero out as it does zero, so the text has to tell. `at` is where the number or
// the words before it stand.
std::int64_t negative_number(const Input& input, std::int64_t at) {
  if (at < 0) return 0;
  Scanner scanner(input.whole, static_cast<std::size_t>(at));
  Token token = scanner.next_significant();
  while (token.kind == Token::Kind::word || token.is_sign(input.whole, '=')) token = scanner.next_significant();
  if (!token.is_sign(input.whole, '-')) return 0;
  token = scanner.next_significant();
  if (token.kind != Token::Kind::number) return 0;
  std::int64_t value = 0;
  for (char digit : input.whole.substr(token.begin, token.end - token.begin)) {
    if (digit < '0' || digit > '9') return 0;
    value = value * 10 + (digit - '0');
  }
  return -value;
}

void lost_number(Arena& arena, const Input& input, Node integer, Node place) {
  if (!integer || integer.has("ival")) return;
  std::int64_t value = place ? negative_number(input, place.number()) : 0;
  if (value != 0) integer.set("ival", arena.make("", value));
}

// SET STATISTICS has no place of its own: the command's is found by counting those words from the table's name on.
void lost_statistics(Arena& arena, const Input& input, Fields& fields) {
  Node relation = member(fields, "relation");
  if (relation.location() < 0) return;
  Scanner scanner(input.whole, static_cast<std::size_t>(relation.location()));
  for (Node command : member(fields, "cmds")) {
    if (command["subtype"].text() != "AT_SetStatistics") continue;
    Token token = scanner.next_significant();
    for (bool set = false; token.kind != Token::Kind::end; token = scanner.next_significant()) {
      if (set && token.is_word(input.whole, "statistics")) break;
      set = token.is_word(input.whole, "set");
    }
    lost_number(arena, input, command["def"], arena.make("", static_cast<std::int64_t>(token.begin)));
  }
}

// A call like any other, for walkers that look for calls by tag.
void call(Arena& arena, Fields& fields) {
  const Node bare = member(fields, "funccall");
  take_away(fields, "funccall");
  if (bare) add(fields, "funccall", fields_node(arena, "FuncCall", Fields(bare.fields().begin(), bare.fields().end())));
}

void array_bounds(Arena& arena, Fields& fields) {
  for (Node bound : member(fields, "arrayBounds")) {
    if (bound.is("Integer") && !bound.has("ival")) bound.set("ival", arena.make("", std::int64_t{-1}));
  }
}

}  // namespace

void even_out(Arena& arena, const Input& input, std::string_view tag, std::vector<Field>& fields) {
  if (grammar() < 17) {
    if (tag == "A_Const") lost_number(arena, input, member(fields, "ival"), member(fields, "location"));
    Node value = tag == "DefElem" ? member(fields, "arg") : Node();
    if (value.is("Integer")) lost_number(arena, input, value, member(fields, "location"));
    if (tag == "AlterTableStmt") lost_statistics(arena, input, fields);
    array_bounds(arena, fields);
  }
  if (tag.empty()) return;
  if (tag == "Constraint") constraint(arena, fields);
  if (tag == "ATAlterConstraint") alter_constraint(arena, fields);
  if (tag == "AlterTableCmd") alter_table_command(arena, fields);
  if (tag == "GrantRoleStmt") grant_role(arena, fields);
  if (tag == "MergeWhenClause") merge_when(arena, fields);
  if (tag == "CallStmt") call(arena, fields);
  if (tag == "CreateStmt") partition_strategy(arena, fields);
  if (tag.ends_with("Stmt")) returning(arena, fields);
}

}  // namespace quoin::ast::detail
