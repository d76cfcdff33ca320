// From SQL through libpg_query to the nodes of core/sql/ast. Only ast*.cc include this.
#pragma once
#include "core/sql/ast_arena.h"

namespace quoin::ast::detail {

/// The text that libpg_query gets, and how places in it map to places in the text that the user wrote.
struct Input {
  Text sql;
  std::string_view whole;
  std::ptrdiff_t shift = 0;      // of a place in `sql`, to that in `whole`
  const Lines* lines = nullptr;  // of `whole`, where many places are asked for

  std::size_t offset(std::size_t in_sql) const;
  Place place(std::size_t in_sql) const;
};

/// Parses, and throws what Tree::parse throws. Statements lie in `input.whole`, still with comments at their ends.
std::vector<Statement> parse_statements(Arena&, const Input&);
/// Two ways to do so. The parser's own tree is read in half the time that it takes to print and read JSON, but only
/// where libpg_query comes with PostgreSQL's headers (has_raw_trees).
std::vector<Statement> parse_by_json(Arena&, const Input&);
std::vector<Statement> parse_by_raw_tree(Arena&, const Input&);
bool has_raw_trees();
Node parse_plpgsql_functions(Arena&, const Input&);

[[noreturn]] void throw_too_deep(const Input&, std::size_t at);
/// libpg_query's message and the character where it stopped, from 1; 0 where it does not know.
[[noreturn]] void throw_failure(std::string_view message, int character, const Input&);

/// A buffer for each depth of a tree, in which its items are collected before they are copied to the arena; reused, so
/// that nothing is allocated anew.
template <typename Item>
class DepthBuffers {
 public:
  std::vector<Item>& at(int depth) {
    const auto row = static_cast<std::size_t>(depth);
    while (blocks_.size() * together <= row) blocks_.push_back(std::make_unique<Block>());
    std::vector<Item>& items = (*blocks_[row / together])[row % together];
    items.clear();
    return items;
  }

 private:
  static constexpr std::size_t together = 32;
  using Block = std::array<std::vector<Item>, together>;
  std::vector<std::unique_ptr<Block>> blocks_;  // a buffer stays where it is while deeper ones are added
};

/// Makes the fields of an older grammar's node those of 18's.
void even_out(Arena&, const Input&, std::string_view tag, std::vector<Field>&);

/// What to say to someone whose SQL the linked grammar does not know.
Text newer_syntax(std::string_view sql);
/// The same for libpg_query's error message about `sql`.
Text syntax_hint(std::string_view sql, std::string_view message);

/// Throws where bytes are not UTF-8 or hold NUL.
void check_bytes(std::string_view sql);

/// Statements of a text that does not parse as a whole.
std::vector<Statement> parse_pieces(Arena&, std::string_view whole, std::vector<Error>& errors);

}  // namespace quoin::ast::detail
