#include <pthread.h>

#include <simdjson.h>

#include "core/base/secret.h"
#include "core/sql/ast_parse.h"
#include "pg_query.h"

namespace quoin::ast::detail {

void throw_too_deep(const Input& input, std::size_t at) {
  throw Error(Code::input, "this statement nests too deeply to be read", input.place(at),
              "split it, or shorten its chain of operators, parentheses or UNIONs");
}

void throw_failure(std::string_view message, int character, const Input& input) {
  if (message.starts_with("memory exhausted") || message.starts_with("stack depth limit")) throw_too_deep(input, 0);
  std::size_t at = 0;
  for (int left = character - 1; at < input.sql.size() && left > 0; --left) {
    ++at;
    while (at < input.sql.size() && (static_cast<unsigned char>(input.sql[at]) & 0xC0U) == 0x80U) ++at;
  }
  // It quotes from the text, which may be a password there.
  constexpr std::size_t near = 400;
  const std::string_view around = std::string_view(input.sql).substr(at - std::min(at, near), 2 * near);
  throw Error(Code::input, masked(message, around), input.place(at), syntax_hint(input.sql, message));
}

namespace {

class AstReader {
 public:
  AstReader(Arena& arena, const Input& input) : arena_(arena), input_(input) {}

  Node value(simdjson::dom::element element, int depth) {
    switch (element.type()) {
      case simdjson::dom::element_type::OBJECT:
        return object(simdjson::dom::object(element), depth);
      case simdjson::dom::element_type::ARRAY:
        return list("", simdjson::dom::array(element), depth);
      case simdjson::dom::element_type::STRING:
        return arena_.make("", arena_.text(std::string_view(element)));
      case simdjson::dom::element_type::BOOL:
        return arena_.make("", bool(element));
      case simdjson::dom::element_type::INT64:
        return arena_.make("", std::int64_t(element));
      case simdjson::dom::element_type::NULL_VALUE:
        return {};
      case simdjson::dom::element_type::UINT64:
      case simdjson::dom::element_type::DOUBLE:
        break;
    }
    throw Error(Code::internal, "libpg_query's JSON holds a number that no syntax tree has");
  }

  std::size_t statement_at = 0;  // for the error about nesting

 private:
  Node object(simdjson::dom::object object, int depth) {
    if (depth > max_depth) throw_too_deep(input_, statement_at);
    if (object.size() == 1) {
      simdjson::dom::key_value_pair only = *object.begin();
      if (only.key.front() >= 'A' && only.key.front() <= 'Z') return tagged(intern(only.key), only.value, depth);
    }
    return fields("", object, depth);
  }

  Node tagged(std::string_view tag, simdjson::dom::element body, int depth) {
    simdjson::dom::object object(body);
    if (tag != "List") return fields(tag, object, depth);
    simdjson::dom::element items;
    if (object["items"].get(items) != simdjson::SUCCESS) return arena_.make(tag, std::span<Node>());
    return list(tag, simdjson::dom::array(items), depth);
  }

  Node fields(std::string_view tag, simdjson::dom::object object, int depth) {
    std::vector<Field>& fields = fields_.at(depth);
    for (auto [key, element] : object) {
      // CREATE TABLESPACE has a "location" that is a path.
      Node read = is_place(key) && element.is_int64() ? place(element) : value(element, depth + 1);
      if (read) fields.emplace_back(intern(key), read);
    }
    even_out(arena_, input_, tag, fields);
    return arena_.make(tag, arena_.array(std::span<const Field>(fields)));
  }

  Node place(simdjson::dom::element element) {
    std::int64_t at = element;
    return arena_.make("", at < 0 ? at : std::max<std::int64_t>(at + input_.shift, 0));
  }

  Node list(std::string_view tag, simdjson::dom::array array, int depth) {
    if (depth > max_depth) throw_too_deep(input_, statement_at);
    std::vector<Node>& items = items_.at(depth);
    for (simdjson::dom::element element : array) {
      // libpg_query spells a NULL in a list as an object without fields, which no node of a list is.
      bool null = element.is_object() && simdjson::dom::object(element).size() == 0;
      items.push_back(null ? Node() : value(element, depth + 1));
    }
    return arena_.make(tag, arena_.array(std::span<const Node>(items)));
  }

  Arena& arena_;
  const Input& input_;
  DepthBuffers<Field> fields_;
  DepthBuffers<Node> items_;
};

// A document that lives until the next call on this thread.
simdjson::dom::element read_json(std::string_view json, const Input& input) {
  thread_local simdjson::dom::parser parser;
  constexpr auto json_depth = std::size_t{4} * max_depth;  // a node takes a wrapper, its fields and a list at most
  constexpr std::size_t kept = std::size_t{32} << 20U;     // room that a long text took is not kept for short ones
  bool wasteful = parser.capacity() > kept && json.size() < kept / 4;
  if (parser.capacity() < json.size() || parser.max_depth() != json_depth || wasteful) {
    if (parser.allocate(json.size() + 4096, json_depth) != simdjson::SUCCESS) throw std::bad_alloc();
  }
  simdjson::dom::element root;
  auto failed = parser.parse(json.data(), json.size()).get(root);
  if (failed == simdjson::DEPTH_ERROR) throw_too_deep(input, 0);
  if (failed != simdjson::SUCCESS) {
    throw Error(Code::internal, concat("libpg_query's JSON cannot be read: ", simdjson::error_message(failed)));
  }
  return root;
}

// Grammars before 18 recurse over the whole tree without looking at the stack, at most once in two bytes of text. So a
// long text gets a stack that no text of its length can fill; the system commits only what is touched.
template <typename Call>
void with_room(std::size_t length, Call call) {
  constexpr std::size_t short_enough = 32768;
  if (grammar() >= 18 || length <= short_enough) return call();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, (std::size_t{32} << 20U) + length / 4096 * 4096 * 256);
  pthread_t thread;
  int failed = pthread_create(
      &thread, &attributes,
      [](void* argument) -> void* {
        (*static_cast<Call*>(argument))();
        return nullptr;
      },
      &call);
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw Error(Code::input, "this text is too long for the memory at hand", {}, "split the file");
  pthread_join(thread, nullptr);
}

// The server's scanner reads what is left of a chain of comment openings anew for each: "/*/*/*…" takes the square of
// its length. What stands in comments is nothing to the grammar.
Text without_nested_comments(Text sql) {
  for (const Comment& comment : comments(sql))
    for (std::size_t i = comment.begin + 2; i + 2 < comment.end; ++i)
      if (sql[i] == '/' || sql[i] == '*') sql[i] = ' ';
  return sql;
}

}  // namespace

std::vector<Statement> parse_statements(Arena& arena, const Input& input) {
  const auto parse = has_raw_trees() ? parse_by_raw_tree : parse_by_json;
  if (input.sql.find("/*/*/*/*") == Text::npos) return parse(arena, input);
  Input flat = input;
  flat.sql = without_nested_comments(std::move(flat.sql));
  return parse(arena, flat);
}

std::vector<Statement> parse_by_json(Arena& arena, const Input& input) {
  PgQueryParseResult raw{};
  with_room(input.sql.size(), [&] { raw = pg_query_parse(input.sql.c_str()); });
  auto release = [](PgQueryParseResult* result) { pg_query_free_parse_result(*result); };
  std::unique_ptr<PgQueryParseResult, decltype(release)> owner(&raw);
  if (raw.error != nullptr) throw_failure(raw.error->message, raw.error->cursorpos, input);
  std::vector<Statement> statements;
  simdjson::dom::array list;
  if (read_json(raw.parse_tree, input)["stmts"].get(list) != simdjson::SUCCESS) return statements;
  statements.reserve(list.size());
  AstReader reader(arena, input);
  for (simdjson::dom::element item : list) {
    std::int64_t begin = 0, length = 0;
    if (item["stmt_location"].get(begin) != simdjson::SUCCESS) begin = 0;
    if (item["stmt_len"].get(length) != simdjson::SUCCESS) length = 0;
    std::size_t from = static_cast<std::size_t>(begin);
    std::size_t to = length == 0 ? input.sql.size() : from + static_cast<std::size_t>(length);
    reader.statement_at = from;
    statements.push_back({reader.value(item["stmt"], 0), input.offset(from), input.offset(to)});
  }
  return statements;
}

Node parse_plpgsql_functions(Arena& arena, const Input& input) {
  PgQueryPlpgsqlParseResult raw{};
  with_room(input.sql.size(), [&] { raw = pg_query_parse_plpgsql(input.sql.c_str()); });
  auto release = [](PgQueryPlpgsqlParseResult* result) { pg_query_free_plpgsql_parse_result(*result); };
  std::unique_ptr<PgQueryPlpgsqlParseResult, decltype(release)> owner(&raw);
  if (raw.error != nullptr) throw_failure(raw.error->message, raw.error->cursorpos, input);
  return AstReader(arena, input).value(read_json(raw.plpgsql_funcs, input), 0);
}

}  // namespace quoin::ast::detail
