// Every SQL text that quoin itself sends outside of the catalog reader's pinned search_path qualifies what it names: a
// user's search_path may lead to a schema where others have put a function, an operator, a table or a type of that
// name.
#include <filesystem>

#include "core/base/files.h"
#include "core/sql/ast.h"
#include "parser/names/builtin_names.h"
#include "tests/catch.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

const fs::path root = QUOIN_SOURCE_DIR;

/// What stands where the program puts a name or a value.
constexpr std::string_view hole = "quoin_hole";

struct Token {
  enum class Kind { literal, word, sign } kind;
  Text text;  // of a literal: its content
};

char unescaped(char c) { return c == 'n' ? '\n' : c == 't' ? '\t' : c; }

bool is_word(char c) { return c == '_' || isalnum(static_cast<unsigned char>(c)) != 0; }

/// C++ as this test needs it: no comments, literals with their content.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {
    while (at_ < text_.size()) next();
  }
  std::vector<Token> all;

 private:
  void next() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("//")) return skip_to("\n");
    if (rest.starts_with("/*")) return skip_to("*/");
    if (rest.starts_with("R\"")) return raw();
    if (rest.front() == '"') return quoted();
    if (rest.front() == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) return character();
    if (isspace(static_cast<unsigned char>(rest.front())) != 0) return void(++at_);
    std::size_t end = 1;
    if (is_word(rest.front()))
      while (end < rest.size() && is_word(rest[end])) ++end;
    all.push_back({is_word(rest.front()) ? Token::Kind::word : Token::Kind::sign, Text(rest.substr(0, end))});
    at_ += end;
  }
  void skip_to(std::string_view end) { at_ = std::min(text_.find(end, at_), text_.size() - end.size()) + end.size(); }
  void raw() {
    const std::size_t open = text_.find('(', at_);
    const Text close = concat(")", text_.substr(at_ + 2, open - at_ - 2), "\"");
    const std::size_t end = text_.find(close, at_);
    all.push_back({Token::Kind::literal, Text(text_.substr(open + 1, end - open - 1))});
    at_ = end + close.size();
  }
  void quoted() {
    Text content;
    for (++at_; text_[at_] != '"'; ++at_) content += text_[at_] == '\\' ? unescaped(text_[++at_]) : text_[at_];
    ++at_;
    if (all.empty() || all.back().kind != Token::Kind::literal)
      all.push_back({Token::Kind::literal, content});
    else
      all.back().text += content;  // as the compiler joins neighbours
  }
  void character() {
    for (++at_; text_[at_] != '\''; ++at_) at_ += text_[at_] == '\\';
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool begins_a_statement(std::string_view text) {
  static const std::set<std::string_view> verbs{
      "SELECT", "INSERT", "UPDATE", "DELETE",   "MERGE",   "WITH",   "CREATE",   "ALTER",     "DROP",    "SET",
      "RESET",  "SHOW",   "BEGIN",  "COMMIT",   "COPY",    "LOCK",   "ROLLBACK", "SAVEPOINT", "DISCARD", "GRANT",
      "REVOKE", "CALL",   "DO",     "TRUNCATE", "REFRESH", "VALUES", "EXPLAIN",  "COMMENT"};
  const std::size_t end = std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), text.size());
  return verbs.contains(text.substr(0, end)) && (end == text.size() || text[end] == ' ' || text[end] == ';');
}

/// The text that begins with the literal at `begin`, as the program joins it: by concat's commas, or by +.
Text joined(const std::vector<Token>& tokens, std::size_t begin) {
  const bool in_concat = begin > 1 && tokens[begin - 1].text == "(" && tokens[begin - 2].text == "concat";
  Text all;
  int depth = 0;
  bool filled = false;  // this argument has its hole already
  for (std::size_t i = begin; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool sign = token.kind == Token::Kind::sign;
    if (sign && depth == 0 && (token.text == ")" || token.text == ";" || token.text == "}")) break;
    if (sign && depth == 0 && ((token.text == "," && in_concat) || token.text == "+")) {
      filled = false;
      continue;
    }
    if (sign && depth == 0 && token.text == ",") break;
    if (token.kind == Token::Kind::literal && depth == 0) {
      all += token.text;
      continue;
    }
    if (!filled) all += concat(all.ends_with(' ') || all.empty() ? "" : " ", hole);
    filled = true;
    if (sign && (token.text == "(" || token.text == "{" || token.text == "[")) ++depth;
    if (sign && (token.text == ")" || token.text == "}" || token.text == "]")) --depth;
  }
  return all;
}

void look(ast::Node node, std::string_view field, List& found) {
  const auto one_part = [&](std::string_view name) { return node[name].size() == 1; };
  const auto say = [&](std::string_view what, std::string_view name) { found.push_back(concat(what, " ", name)); };
  if (one_part("funcname")) say("function", node["funcname"].texts().front());
  if (node.is("A_Expr") && one_part("name")) say("operator", node["name"].texts().front());
  if (node.has("typemod") && one_part("names")) say("type", node["names"].texts().front());
  if (node.has("relname") && !node.has("schemaname") && node["relname"].text() != hole)
    say("relation", node["relname"].text());
  if (node.is("SubLink") && node.has("testexpr") && !node.has("operName")) say("operator", "of IN (SELECT …)");
  if (node.has("usingClause") || node["isNatural"].flag()) say("operator", "of JOIN … USING");
  if (node.is("CaseExpr") && node.has("arg")) say("operator", "of CASE … WHEN");
  for (const auto& [name, value] : node.fields()) look(value, name, found);
  for (const ast::Node item : node.items()) look(item, field, found);
}

/// Whole statements that the program puts in are read where they are written.
Text without_statements_put_in(Text sql) {
  for (const auto& [put_in, stand_in] : {std::pair(concat("\n", hole, ";"), ""), {concat("(", hole, ")"), "(SELECT)"}})
    if (const std::size_t at = sql.find(put_in); at != sql.npos) sql.replace(at, put_in.size(), stand_in);
  return sql;
}

/// Without the pieces that are put in at its end.
Text without_end_put_in(Text sql) {
  for (const Text& end : {Text(";"), Text()}) {
    const Text put_in = concat(" ", hole, end);
    for (std::size_t at = sql.rfind(put_in); at != sql.npos; at = at > 0 ? sql.rfind(put_in, at - 1) : sql.npos)
      if (!end.empty() || at + put_in.size() == sql.size()) sql.replace(at, put_in.size(), end);
  }
  return sql;
}

/// A name that WITH gives goes before any relation's.
void forget_common_tables(ast::Node node, List& found) {
  if (node.has("ctename")) std::erase(found, concat("relation ", node["ctename"].text()));
  for (const auto& [name, value] : node.fields()) forget_common_tables(value, found);
  for (const ast::Node item : node.items()) forget_common_tables(item, found);
}

/// What a statement names without its schema.
List unqualified(const Text& sql) {
  List found;
  const ast::Tree tree = ast::Tree::parse(without_statements_put_in(sql));
  for (const ast::Statement& statement : tree.statements()) {
    look(statement.node, {}, found);
    forget_common_tables(statement.node, found);
  }
  return found;
}

bool in_condition(std::string_view piece) {
  piece = trim(piece);
  for (const char* begin : {"WHERE ", "AND ", "OR ", "ON ", "HAVING ", "JOIN "})
    if (piece.starts_with(begin)) return true;
  return false;
}

/// The same in a piece that is no statement of its own: calls of built-ins and casts, by their looks.
List unqualified_in_piece(std::string_view text) {
  List found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t begin = i;
    while (i < text.size() && is_word(text[i])) ++i;
    const Text word(text.substr(begin, i - begin));
    const bool called = i < text.size() && text[i] == '(' && (begin == 0 || text[begin - 1] != '.');
    const bool cast = begin > 1 && text.substr(begin - 2, 2) == "::";
    static const List of_the_grammar{"bigint", "integer", "smallint", "boolean", "numeric", "pg_catalog"};
    const auto is_operator = [&](std::size_t at) { return std::string_view("=<>|~").find(text[at]) != text.npos; };
    const bool begins = i == 0 || !is_operator(i - 1);  // as <= does with its first sign
    const bool compared = i < text.size() && begins && is_operator(i) && in_condition(text);
    if (compared && (i < 2 || text.substr(0, i).rfind("OPERATOR(pg_catalog.") + 20 != i))
      found.push_back(concat("operator ", text.substr(i, 1)));
    if (called && builtin::has(builtin::What::routine, word)) found.push_back(concat("function ", word));
    if (cast && std::ranges::count(of_the_grammar, word) == 0) found.push_back(concat("type ", word));
  }
  return found;
}

struct Reading {
  List found;
  std::size_t statements = 0;
};

/// One that holds more than values and names is seen piece by piece alone.
void read_statement(const Text& sql, List& names) {
  Text why;
  for (const Text& reading : {sql, without_end_put_in(sql)}) {
    try {
      const List found = unqualified(reading);
      names.insert(names.end(), found.begin(), found.end());
      return;
    } catch (const Error& error) { why = error.what(); }
  }
  if (sql.find(hole) == Text::npos) names.push_back(concat("what cannot be read (", why, "): ", sql));
}

void read_source(const Text& name, std::string_view text, Reading& reading) {
  const Tokens tokens(text);
  for (std::size_t i = 0; i < tokens.all.size(); ++i) {
    const Token& token = tokens.all[i];
    if (token.kind != Token::Kind::literal) continue;
    List names = unqualified_in_piece(token.text);
    if (begins_a_statement(token.text)) {
      read_statement(joined(tokens.all, i), names);
      ++reading.statements;
    }
    for (const Text& each : names) reading.found.push_back(concat(name, ": ", each, ", in: ", token.text));
  }
}

/// Where quoin's own queries stand. SQL that is printed for users, or written into their files, is not sent.
std::vector<fs::path> files_that_query() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root / "src")) {
    const Text name = entry.path().filename().string();
    const bool writes_files = name.starts_with("print") || name.starts_with("ast") || name == "init.cc" ||
                              name == "completions.cc" || name == "rule_examples.cc";
    if (entry.is_regular_file() && !writes_files) files.push_back(entry.path());
  }
  return files;
}

List found_in(std::string_view source) {
  Reading reading;
  read_source("planted.cc", source, reading);
  return reading.found;
}

}  // namespace

TEST_CASE("what quoin sends qualifies all it names") {
  Reading reading;
  for (const fs::path& file : files_that_query())
    read_source(fs::relative(file, root).string(), read_file(file), reading);
  CHECK(reading.found == List());
  CHECK(reading.statements > 30);
}

TEST_CASE("the guard of what quoin sends sees what is planted") {
  const auto one = [](std::string_view source) { return found_in(source).size(); };
  CHECK(one(R"cc(c.query("SELECT quote_ident($1)");)cc") == 2);  // as a statement, and by its looks
  CHECK(one(R"cc(c.query("SELECT pg_catalog.quote_ident($1)");)cc") == 0);
  CHECK(one(R"cc(c.query(concat("SELECT a FROM ", table, " WHERE a = $1"), values);)cc") == 2);
  CHECK(one(R"cc(c.query(concat("SELECT a FROM ", table, " WHERE a OPERATOR(pg_catalog.=) $1"), values);)cc") == 0);
  CHECK(one(R"cc(c.query(
                     "SELECT 1"
                     " FROM pg_class");)cc") == 1);
  CHECK(one(R"cc(Text sql = "SELECT a FROM " + quote(name) + " WHERE a IN (1, 2)";)cc") == 1);
  CHECK(one(R"cc(return "version, to_char(applied_at, 'YYYY')";)cc") == 1);
  CHECK(one(R"cc(return "a::text";)cc") == 1);
  CHECK(one(R"cc(c.query("SELECT $1::regclass");)cc") == 2);
  CHECK(one(R"cc(c.query("SELECT a FROM s.t JOIN s.u USING (a)");)cc") == 1);
  CHECK(one(R"cc(c.query("SELECT a FROM s.t WHERE a IN (SELECT b FROM s.u)");)cc") == 1);
  CHECK(one(R"cc(c.execute("CREATE TABLE s.t (a text)");)cc") == 1);
  CHECK(one(R"cc(c.execute(R"(CREATE TABLE s.t (a text))");)cc") == 1);
  CHECK(one(R"cc(c.query("SELECT CASE 1 WHEN 2 THEN 3 END");)cc") == 1);
  CHECK(one(R"cc(c.query(concat("SELECT a FROM ", table, " m ", rest), values);)cc") == 0);
  CHECK(one(R"cc(c.query(concat("SELECT a FROM ", table, " m WHERE a = 1 ", rest), values);)cc") == 1);
  CHECK(one(R"cc(select(c, "WHERE m.version = $1", values);)cc") == 1);
  CHECK(one(R"cc(select(c, "WHERE m.version OPERATOR(pg_catalog.=) $1", values);)cc") == 0);
  CHECK(one("// c.query(\"SELECT now()\");\n") == 0);
}

TEST_CASE("the reader of the catalog pins its path before it asks, and nothing else there asks") {
  const Text reader = read_file(root / "snapshot/catalog/read.cc");
  CHECK(reader.find("\"SET LOCAL search_path = pg_catalog, pg_temp; ") != Text::npos);
  for (const char* folder : {"snapshot", "kinds", "parser", "diff"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const Text text = entry.is_regular_file() ? read_file(entry.path()) : Text();
      INFO(entry.path().string());
      CHECK(text.find("onnection.query(") == Text::npos);
      CHECK(text.find("onnection.execute(") == Text::npos);
    }
}
