#include "core/sql/ast_parse.h"
#include "core/sql/ast_scan.h"

namespace quoin::ast::detail {
namespace {

// Words that show SQL of a PostgreSQL version, where the words may stand anywhere in the statement but in this order,
// those of one phrase next to each other.
struct NewerSyntax {
  int since;
  std::string_view name;
  std::vector<std::string_view> phrases;
};

const std::vector<NewerSyntax>& telltales() {
  static const std::vector<NewerSyntax> all = {
      {18, "VIRTUAL generated columns", {"generated", "virtual"}},
      {18, "NOT ENFORCED", {"not enforced"}},
      {18, "ENFORCED", {"alter constraint", "enforced"}},
      {18, "WITHOUT OVERLAPS", {"without overlaps"}},
      {18, "PERIOD in a foreign key", {"references", "period"}},
      {18, "PERIOD in a foreign key", {"foreign key", "period"}},
      {18, "RETURNING WITH (OLD AS …, NEW AS …)", {"returning with"}},
      {18, "NOT NULL as a table constraint", {"add constraint", "not null"}},
      {18, "NOT NULL as a table constraint", {"constraint", "not null"}},
      {18, "NOT NULL as a table constraint", {"add not null"}},
      {18, "ALTER CONSTRAINT … INHERIT", {"alter constraint", "inherit"}},
      {17, "MERGE … RETURNING", {"merge into", "returning"}},
      {17, "WHEN NOT MATCHED BY SOURCE", {"merge into", "matched by"}},
      {17, "JSON_TABLE", {"json_table"}},
      {17, "JSON_EXISTS", {"json_exists"}},
      {17, "JSON_QUERY", {"json_query"}},
      {17, "JSON_VALUE", {"json_value"}},
      {17, "JSON_SERIALIZE", {"json_serialize"}},
      {17, "SET EXPRESSION", {"alter column", "set expression"}},
      {16, "JSON constructors", {"json_array"}},
      {16, "JSON constructors", {"json_object"}},
      {16, "JSON constructors", {"json_arrayagg"}},
      {16, "JSON constructors", {"json_objectagg"}},
      {16, "IS JSON", {"is json"}},
      {16, "IS JSON", {"is not json"}},
      {16, "SYSTEM_USER", {"system_user"}},
  };
  return all;
}

// Words of a statement in lower case; "" for what is none.
List words_of(std::string_view sql) {
  List words;
  Scanner scanner(sql);
  for (Token t = scanner.next_significant(); t.kind != Token::Kind::end; t = scanner.next_significant()) {
    words.push_back(t.kind == Token::Kind::word ? lower(sql.substr(t.begin, t.end - t.begin)) : Text());
  }
  return words;
}

// Where a phrase ends, looked for from `from`; npos where it does not stand there.
std::size_t phrase_end(const List& words, std::string_view phrase, std::size_t from) {
  const List wanted = split(phrase, ' ');
  auto at = std::search(words.begin() + static_cast<std::ptrdiff_t>(from), words.end(), wanted.begin(), wanted.end());
  if (at == words.end()) return std::string_view::npos;
  return static_cast<std::size_t>(at - words.begin()) + wanted.size();
}

bool shows(const List& words, const NewerSyntax& telltale) {
  std::size_t from = 0;
  for (std::string_view phrase : telltale.phrases) {
    from = phrase_end(words, phrase, from);
    if (from == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

Text newer_syntax(std::string_view sql) {
  const List words = words_of(sql);
  for (const NewerSyntax& telltale : telltales()) {
    if (telltale.since <= grammar() || !shows(words, telltale)) continue;
    return concat(telltale.name, " is SQL of PostgreSQL ", std::to_string(telltale.since),
                  "; this quoin reads that of ", std::to_string(grammar()), ", so build it with a newer libpg_query");
  }
  return {};
}

Text syntax_hint(std::string_view sql, std::string_view message) {
  if (Text newer = newer_syntax(sql); !newer.empty()) return newer;
  if (message.find("at end of input") != std::string_view::npos) {
    return "something is missing at the end: a closing parenthesis, quote or clause";
  }
  if (message.starts_with("unterminated")) return "close it";
  return concat("mend the statement at this place; quoin reads the SQL of PostgreSQL ", std::to_string(grammar()));
}

void check_bytes(std::string_view sql) {
  const std::size_t low = utf8_length(sql);
  if (low == sql.size()) return;
  LineColumn at = line_column(sql, low);
  const bool nul = sql[low] == '\0';
  throw Error(Code::input, nul ? "this text holds a NUL byte" : "this text is not valid UTF-8",
              {"", at.line, at.column}, nul ? "remove the byte" : "save the file as UTF-8");
}

}  // namespace quoin::ast::detail
