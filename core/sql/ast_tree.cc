#include "core/sql/ast_parse.h"
#include "core/sql/ast_scan.h"
#include "core/sql/psql.h"

namespace quoin::ast {

struct Tree::Store {
  explicit Store(std::string_view sql) : text(sql) {}
  Text text;
  detail::Arena arena;
  std::vector<Statement> statements;
  Node root;
};

namespace detail {

std::size_t Input::offset(std::size_t in_sql) const {
  auto at = static_cast<std::ptrdiff_t>(in_sql) + shift;
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::max<std::ptrdiff_t>(at, 0)), 0, whole.size());
}

Place Input::place(std::size_t in_sql) const {
  LineColumn at = lines ? lines->at(offset(in_sql)) : line_column(whole, offset(in_sql));
  return {"", at.line, at.column};
}

}  // namespace detail

namespace {
using detail::Input;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Takes white space and comments off a statement's ends. `all` are the comments of the text.
void trim_statement(std::string_view text, const std::vector<Comment>& all, Statement& statement) {
  auto first = std::lower_bound(all.begin(), all.end(), statement.begin,
                                [](const Comment& c, std::size_t at) { return c.end <= at; });
  for (;; ++first) {
    while (statement.begin < statement.end && is_space(text[statement.begin])) ++statement.begin;
    if (first == all.end() || first->begin > statement.begin || first->end > statement.end) break;
    statement.begin = first->end;
  }
  auto last = std::upper_bound(all.begin(), all.end(), statement.end,
                               [](std::size_t at, const Comment& c) { return at < c.end; });
  for (;;) {
    while (statement.end > statement.begin && is_space(text[statement.end - 1])) --statement.end;
    if (last == all.begin() || std::prev(last)->end < statement.end || std::prev(last)->begin < statement.begin) break;
    --last;
    statement.end = last->begin;
  }
}

void trim_statements(std::string_view text, std::vector<Statement>& statements) {
  const std::vector<Comment> all = comments(text);
  for (Statement& statement : statements) trim_statement(text, all, statement);
}

[[noreturn]] void throw_not(std::string_view what, std::string_view sql) {
  throw Error(Code::input, concat("this is not ", what, ": ", sql.substr(0, 80)), {"", 1, 1},
              concat("write ", what, " alone"));
}

// The only statement of a text that was made of a prefix and a fragment.
Node only_statement(const std::vector<Statement>& statements) {
  return statements.size() == 1 ? statements.front().node : Node();
}

bool has_only(Node node, std::initializer_list<std::string_view> allowed) {
  return std::all_of(node.fields().begin(), node.fields().end(), [&](const auto& field) {
    return std::find(allowed.begin(), allowed.end(), field.first) != allowed.end();
  });
}

Input with_prefix(std::string_view prefix, std::string_view sql) {
  return {concat(prefix, sql), sql, -static_cast<std::ptrdiff_t>(prefix.size())};
}

}  // namespace

Tree::Tree() : store_(std::make_shared<Store>("")) {}

Tree Tree::parse(std::string_view sql) {
  detail::check_bytes(sql);
  Tree tree;
  tree.store_ = std::make_shared<Store>(sql);
  Store& store = *tree.store_;
  store.statements = detail::parse_statements(store.arena, {store.text, store.text});
  trim_statements(store.text, store.statements);
  return tree;
}

namespace {
/// Where rows follow, the text as a whole does not parse.
void refuse_copy_of_rows(std::string_view text, const std::vector<Statement>& statements, std::vector<Error>& errors) {
  for (const Statement& statement : statements) {
    const Node copy = statement.node;
    if (!copy.is("CopyStmt") || !copy["is_from"].flag() || copy.has("filename")) continue;
    const LineColumn where = line_column(text, statement.begin);
    errors.emplace_back(Code::refused, Text(psql::reads_rows), Place{"", where.line, where.column},
                        "write the rows as INSERT, or have the server read a file of its own: COPY … FROM '/path'");
  }
}
}  // namespace

Tree Tree::parse_all(std::string_view sql, std::vector<Error>& errors) {
  Tree tree;
  try {
    detail::check_bytes(sql);
  } catch (const Error& error) {
    errors.push_back(error);
    return tree;
  }
  tree.store_ = std::make_shared<Store>(sql);
  Store& store = *tree.store_;
  bool is_whole = false;
  try {
    store.statements = detail::parse_statements(store.arena, {store.text, store.text});
    is_whole = true;
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    std::size_t before = errors.size();
    store.statements = detail::parse_pieces(store.arena, store.text, errors);
    // The scanner may split what the grammar does not, and then each piece is sound but the text is not.
    if (errors.size() == before) errors.push_back(error);
  }
  trim_statements(store.text, store.statements);
  if (is_whole) refuse_copy_of_rows(store.text, store.statements, errors);
  return tree;
}

Tree Tree::parse_expression(std::string_view sql) {
  detail::check_bytes(sql);
  Tree tree;
  tree.store_ = std::make_shared<Store>(sql);
  Store& store = *tree.store_;
  // Behind WHERE no alias, star or DISTINCT may stand.
  Node select = only_statement(detail::parse_statements(store.arena, with_prefix("SELECT 1 WHERE ", store.text)));
  if (!has_only(select, {"targetList", "whereClause", "limitOption", "op"}) || !select.has("whereClause")) {
    throw_not("one expression", sql);
  }
  store.root = select["whereClause"];
  return tree;
}

Tree Tree::parse_type(std::string_view sql) {
  detail::check_bytes(sql);
  Tree tree;
  tree.store_ = std::make_shared<Store>(sql);
  Store& store = *tree.store_;
  if (sql.find('%') != std::string_view::npos) {
    Input input = with_prefix("CREATE FUNCTION f() RETURNS ", store.text);
    Node function = only_statement(detail::parse_statements(store.arena, input));
    store.root = function["returnType"];
    if (function.has("options") || function.has("parameters")) store.root = {};
  } else {
    Node select = only_statement(detail::parse_statements(store.arena, with_prefix("SELECT NULL::", store.text)));
    Node target = select["targetList"].size() == 1 ? select["targetList"].items()[0] : Node();
    bool alone = has_only(select, {"targetList", "limitOption", "op"}) && !target.has("name");
    Node cast = target["val"];
    if (alone && cast.is("TypeCast") && cast["arg"]["isnull"].flag()) store.root = cast["typeName"];
  }
  if (!store.root) throw_not("one type", sql);
  return tree;
}

Tree Tree::parse_plpgsql(std::string_view create_function) {
  detail::check_bytes(create_function);
  Tree tree;
  tree.store_ = std::make_shared<Store>(create_function);
  Store& store = *tree.store_;
  store.root = detail::parse_plpgsql_functions(store.arena, {store.text, store.text});
  return tree;
}

std::string_view Tree::text() const { return store_->text; }
const std::vector<Statement>& Tree::statements() const { return store_->statements; }
Node Tree::root() const { return store_->root; }

Node Tree::make(std::string_view tag) const {
  return store_->arena.make(detail::intern(tag), std::span<detail::Field>());
}

Node Tree::make_text(std::string_view tag, const Text& value) const {
  Node text = store_->arena.make("", store_->arena.text(value));
  if (tag.empty()) return text;
  Node node = make(tag);
  if (!value.empty()) node.set("sval", text);
  return node;
}

Node Tree::make_number(std::int64_t value) const {
  Node node = make("Integer");
  if (value != 0) node.set("ival", store_->arena.make("", value));
  return node;
}

Node Tree::make_list(std::span<const Node> items) const { return store_->arena.make("", store_->arena.array(items)); }

Node Tree::copy(Node deep) const { return store_->arena.copy(deep); }

void Tree::forget_modifiers(Node type_name) const {
  type_name.set("typmods", {});
  type_name.set("without_modifiers", make_text("", "t"));
}

}  // namespace quoin::ast
