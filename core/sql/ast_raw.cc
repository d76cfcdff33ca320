#include "core/sql/ast_parse.h"

#ifndef QUOIN_RAW_NODES

namespace quoin::ast::detail {
bool has_raw_trees() { return false; }
std::vector<Statement> parse_by_raw_tree(Arena&, const Input&) {
  throw Error(Code::internal, "this build has no headers of the parser's own tree");
}
}  // namespace quoin::ast::detail

#else

#include "pg_query.h"
extern "C" {
#include "pg_query_internal.h"
// What it includes comes before any other of PostgreSQL's headers.
#include "nodes/parsenodes.h"
}

namespace quoin::ast::detail {
namespace {

// The words of each enum.
#define WORD(word) \
  case ::word:     \
    return #word;
#define ENUM(name, words)                                   \
  [[maybe_unused]] std::string_view word_of(::name value) { \
    switch (value) { words }                                \
    return {};                                              \
  }
#define NODE(name, fields)
#include QUOIN_RAW_NODES
#undef NODE
#undef ENUM

// Calls `visit` with name and value of each field that a node has.
#define FIELD(name) visit(#name, raw.name);
#define NODE(name, fields)                                                            \
  template <typename Visit>                                                           \
  void each_field([[maybe_unused]] const ::name& raw, [[maybe_unused]] Visit visit) { \
    fields                                                                            \
  }
#define ENUM(name, words)
#include QUOIN_RAW_NODES
#undef NODE

/// Makes of the parser's tree what AstReader (ast_read.cc) makes of its JSON, which leaves out zero, false and empty.
class RawReader {
 public:
  RawReader(Arena& arena, const Input& input) : arena_(arena), input_(input) {}

  Node tagged(const ::Node* raw, int depth) {
    if (depth > max_depth) throw_too_deep(input_, statement_at);
    switch (raw->type) {
#define NODE(name, all) \
  case T_##name:        \
    return fields(#name, *reinterpret_cast<const ::name*>(raw), depth);
#include QUOIN_RAW_NODES
#undef NODE
      case T_A_Const:
        return constant(*reinterpret_cast<const ::A_Const*>(raw), depth);
      case T_List:
        return list("List", reinterpret_cast<const ::List*>(raw), depth);
      default:
        return value_node(raw);
    }
  }

  std::size_t statement_at = 0;  // for the error about nesting

 private:
  // A tag is no string_view here: the sanitizers keep room on the stack for each that tagged() makes, some 20 KB a
  // level.
  template <typename Raw>
  [[gnu::noinline]] Node fields(const char* tag, const Raw& raw, int depth) {
    if (depth > max_depth) throw_too_deep(input_, statement_at);
    std::vector<Field>& fields = fields_.at(depth);
    each_field(raw, [&]<std::size_t size>(const char(&name)[size], const auto& value) {
      if (const Node node = field({name, size - 1}, value, depth + 1)) add(fields, {name, size - 1}, node);
    });
    return finished(tag, fields);
  }
  // Its name by value: what is handed over by reference has room on the stack of each fields().
  [[gnu::noinline]] static void add(std::vector<Field>& fields, std::string_view name, Node node) {
    fields.emplace_back(name, node);
  }
  Node finished(std::string_view tag, std::vector<Field>& fields) {
    even_out(arena_, input_, tag, fields);
    return arena_.make(tag, arena_.array(std::span<const Field>(fields)));
  }

  template <typename Value>
  Node field(std::string_view name, const Value& value, int depth) {
    if constexpr (std::is_same_v<Value, bool>) {
      return value ? arena_.make("", true) : Node();
    } else if constexpr (std::is_same_v<Value, char>) {
      return value ? arena_.make("", arena_.text({&value, 1})) : Node();
    } else if constexpr (std::is_enum_v<Value>) {
      return arena_.make("", word_of(value));
    } else if constexpr (std::is_integral_v<Value>) {
      return number(name, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_convertible_v<Value, const char*>) {
      return value && *value ? text(value) : Node();
    } else if constexpr (std::is_pointer_v<Value>) {
      return value ? pointed(value, depth) : Node();
    } else if constexpr (std::is_same_v<Value, ::Expr>) {
      return {};  // what all expressions begin with: the tag
    } else if constexpr (std::is_class_v<Value>) {
      return untagged(value, depth);
    } else {
      static_assert(std::is_floating_point_v<Value>, "a type of field that is not read yet");
      throw Error(Code::internal, concat("the syntax tree has a field ", name, ", which only the planner makes"));
    }
  }
  Node number(std::string_view name, std::int64_t value) {
    if (value == 0) return {};
    if (is_place(name) && value > 0) value = std::max<std::int64_t>(value + input_.shift, 0);
    return arena_.make("", value);
  }

  Node text(const char* value) { return arena_.make("", arena_.text(value)); }
  Node pointed(const ::List* raw, int depth) { return list("", raw, depth); }
  Node pointed(const ::Node* raw, int depth) { return tagged(raw, depth); }
  Node pointed(const ::Expr* raw, int depth) { return tagged(reinterpret_cast<const ::Node*>(raw), depth); }
  Node pointed(const ::String* raw, int) { return only("", {"sval", text(raw->sval)}); }
  template <typename Raw>
  Node pointed(const Raw* raw, int depth) {
    return untagged(*raw, depth);
  }
  template <typename Raw>
  Node untagged(const Raw& raw, int depth) {
    if constexpr (requires { each_field(raw, [](const char*, const auto&) {}); }) {
      return fields("", raw, depth);
    } else {
      static_assert(std::is_same_v<Raw, ::Bitmapset> || std::is_same_v<Raw, ::JsonTablePlan>,
                    "a type of field that is not read yet");
      throw Error(Code::internal, "the syntax tree has what only the server's analysis makes");
    }
  }

  Node list(std::string_view tag, const ::List* raw, int depth) {
    if (depth > max_depth) throw_too_deep(input_, statement_at);
    std::vector<Node>& items = items_.at(depth);
    if (raw->type != T_List)
      throw Error(Code::internal, "the syntax tree has a list of numbers, which no statement has");
    for (int i = 0; i < raw->length; ++i) {
      const auto* item = static_cast<const ::Node*>(raw->elements[i].ptr_value);
      items.push_back(item ? tagged(item, depth + 1) : Node());
    }
    return arena_.make(tag, arena_.array(std::span<const Node>(items)));
  }

  struct ValueType {
    std::string_view tag, field;
  };
  static ValueType value_type(const ::Node* raw) {
    switch (raw->type) {
      case T_Integer:
        return {"Integer", "ival"};
      case T_Float:
        return {"Float", "fval"};
      case T_Boolean:
        return {"Boolean", "boolval"};
      case T_String:
        return {"String", "sval"};
      case T_BitString:
        return {"BitString", "bsval"};
      default:
        throw Error(Code::internal, "the syntax tree has a node that no statement has");
    }
  }
  Node bare_value(const ::Node* raw) {
    switch (raw->type) {
      case T_Integer:
        return number("ival", reinterpret_cast<const ::Integer*>(raw)->ival);
      case T_Float:
        return text(reinterpret_cast<const ::Float*>(raw)->fval);
      case T_Boolean:
        return reinterpret_cast<const ::Boolean*>(raw)->boolval ? arena_.make("", true) : Node();
      case T_String:
        return text(reinterpret_cast<const ::String*>(raw)->sval);
      default:
        return text(reinterpret_cast<const ::BitString*>(raw)->bsval);
    }
  }
  /// A node with one field, or none for what is left out.
  Node only(std::string_view tag, Field field) {
    return arena_.make(tag, arena_.array(std::span<const Field>(&field, field.second ? 1 : 0)));
  }
  Node value_node(const ::Node* raw) {
    const auto [tag, name] = value_type(raw);
    Node value = bare_value(raw);
    if (raw->type == T_Boolean && !value) value = arena_.make("", false);  // which a constant leaves out
    return only(tag, {name, value});
  }
  Node constant(const ::A_Const& raw, int depth) {
    std::vector<Field>& fields = fields_.at(depth);
    const std::string_view name = raw.isnull ? "isnull" : value_type(&raw.val.node).field;
    fields.emplace_back(name, raw.isnull ? arena_.make("", true) : only("", {name, bare_value(&raw.val.node)}));
    if (const Node place = number("location", raw.location)) fields.emplace_back("location", place);
    return finished("A_Const", fields);
  }

  Arena& arena_;
  const Input& input_;
  DepthBuffers<Field> fields_;
  DepthBuffers<Node> items_;
};

/// What the parser allocates goes when this goes.
class Memory {
 public:
  Memory() : context_(pg_query_enter_memory_context()) {}
  ~Memory() { pg_query_exit_memory_context(context_); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

 private:
  MemoryContext context_;
};

}  // namespace

bool has_raw_trees() { return true; }

std::vector<Statement> parse_by_raw_tree(Arena& arena, const Input& input) {
  const Memory memory;
  const PgQueryInternalParsetreeAndError raw = pg_query_raw_parse(input.sql.c_str(), PG_QUERY_PARSE_DEFAULT);
  std::free(raw.stderr_buffer);
  if (raw.error != nullptr) {
    const std::unique_ptr<PgQueryError, decltype(&pg_query_free_error)> error(raw.error, pg_query_free_error);
    throw_failure(error->message, error->cursorpos, input);
  }
  std::vector<Statement> statements;
  RawReader reader(arena, input);
  for (int i = 0; raw.tree != nullptr && i < raw.tree->length; ++i) {
    const auto& one = *static_cast<const ::RawStmt*>(raw.tree->elements[i].ptr_value);
    const auto from = static_cast<std::size_t>(std::max(one.stmt_location, 0));
    const std::size_t to = one.stmt_len == 0 ? input.sql.size() : from + static_cast<std::size_t>(one.stmt_len);
    reader.statement_at = from;
    statements.push_back({reader.tagged(one.stmt, 0), input.offset(from), input.offset(to)});
  }
  return statements;
}

}  // namespace quoin::ast::detail

#endif
