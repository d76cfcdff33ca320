#include "core/sql/ast_parse.h"
#include "core/sql/ast_scan.h"
#include "core/sql/first_statements.h"
#include "core/sql/psql.h"

namespace quoin::ast::detail {
namespace {

bool starts_line(std::string_view whole, std::size_t at) {
  return at == 0 || whole[at - 1] == '\n' || whole[at - 1] == '\r';
}

// The end of the statement that starts with `first`; the scanner stands behind its semicolon.
std::size_t statement_end(Scanner& scanner, std::string_view whole, Token first) {
  bool create = first.is_word(whole, "create");
  int words = 0, parentheses = 0, blocks = 0;
  bool rule = false, routine = false, begin = false;
  // Past its first words most statements are told apart by semicolons alone.
  const auto next = [&] { return rule || routine || (create && words <= 4) ? scanner.next() : scanner.next_mark(); };
  for (Token t = first;; t = next()) {
    if (t.kind == Token::Kind::end) return t.end;
    if (t.kind == Token::Kind::comment) continue;
    if (t.is_sign(whole, '(')) ++parentheses;
    if (t.is_sign(whole, ')')) --parentheses;
    // Only a rule's actions hold semicolons in parentheses; anywhere else one is forgotten, and the statement over.
    if (t.is_sign(whole, ';') && blocks == 0 && (!rule || parentheses <= 0)) return t.begin;
    if (t.is_sign(whole, '\\') && starts_line(whole, t.begin)) {
      scanner.move_to(t.begin);
      return t.begin;
    }
    if (t.kind != Token::Kind::word) continue;
    if (create && ++words <= 4) {
      rule = rule || t.is_word(whole, "rule");
      routine = routine || t.is_word(whole, "function") || t.is_word(whole, "procedure");
    }
    if (!routine) continue;
    bool opens = (begin && t.is_word(whole, "atomic")) || (blocks > 0 && t.is_word(whole, "case"));
    if (opens) ++blocks;
    if (blocks > 0 && t.is_word(whole, "end")) --blocks;
    begin = t.is_word(whole, "begin");
  }
}

// Walks a text statement by statement by its tokens alone.
class Splitter {
 public:
  Splitter(Arena& arena, std::string_view whole, std::vector<Error>& errors)
      : arena_(arena), whole_(whole), errors_(errors), scanner_(whole) {}

  std::vector<Statement> run() {
    for (Token first = scanner_.next_significant(); first.kind != Token::Kind::end;
         first = scanner_.next_significant()) {
      if (first.is_sign(whole_, ';')) continue;
      if (first.is_sign(whole_, '\\')) {
        meta_command(first.begin);
      } else {
        take(first.begin, statement_end(scanner_, whole_, first));
      }
    }
    return std::move(statements_);
  }

 private:
  void meta_command(std::size_t at) {
    std::string_view line = whole_.substr(at, whole_.find_first_of("\r\n", at) - at);
    Scanner word(line, 1);
    Token name = word.next();
    complain(at, concat(line.substr(0, name.end), psql::is_command),
             "remove the line; where the file comes from pg_dump, quoin needs only its SQL");
    scanner_.move_to(at + line.size());
  }

  void take(std::size_t begin, std::size_t end) {
    Input input{Text(whole_.substr(begin, end - begin)), whole_, static_cast<std::ptrdiff_t>(begin), &lines_};
    try {
      for (Statement& statement : parse_statements(arena_, input)) {
        if (statement.node.is("CopyStmt")) skip_copy_data(statement.node);
        statements_.push_back(statement);
      }
    } catch (const Error& error) {
      if (error.code != Code::input) throw;
      errors_.push_back(error);
    }
  }

  // Rows that follow COPY … FROM stdin, up to the line `\.`.
  void skip_copy_data(Node copy) {
    if (!copy["is_from"].flag() || copy.has("filename")) return;
    std::size_t line = next_line(scanner_.offset());
    std::size_t rows = line;
    while (line < whole_.size() && line_at(whole_, line) != "\\.") line = next_line(line);
    if (line >= whole_.size()) {
      scanner_.move_to(whole_.size());
      complain(rows, "the rows after COPY … FROM stdin have no end", "end them with a line \\.");
      return;
    }
    scanner_.move_to(std::min(line + 2, whole_.size()));
    complain(rows, Text(psql::are_rows), "remove them, or write them as INSERT (pg_dump --inserts does)");
  }

  std::size_t next_line(std::size_t from) const {
    std::size_t end = whole_.find('\n', from);
    return end == std::string_view::npos ? whole_.size() : end + 1;
  }

  void complain(std::size_t at, const Text& message, const Text& hint) {
    const LineColumn where = lines_.at(at);
    errors_.emplace_back(Code::refused, message, Place{"", where.line, where.column}, hint);
  }

  Arena& arena_;
  std::string_view whole_;
  Lines lines_{whole_};
  std::vector<Error>& errors_;
  Scanner scanner_;
  std::vector<Statement> statements_;
};

}  // namespace

std::vector<Statement> parse_pieces(Arena& arena, std::string_view whole, std::vector<Error>& errors) {
  return Splitter(arena, whole, errors).run();
}

}  // namespace quoin::ast::detail

namespace quoin::ast {

std::size_t first_statements(std::string_view sql, std::size_t bytes) {
  using detail::Token;
  if (sql.size() <= bytes) return sql.size();
  detail::Scanner scanner(sql);
  while (scanner.offset() < bytes) {
    const Token first = scanner.next_significant();
    if (first.kind == Token::Kind::end || first.is_sign(sql, '\\')) return sql.size();
    detail::statement_end(scanner, sql, first);
  }
  return scanner.offset();
}

}  // namespace quoin::ast
