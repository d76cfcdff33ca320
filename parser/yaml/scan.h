// Scalars by YAML 1.2, read by quoin itself, since yaml-cpp accepts much that is not valid.
#pragma once
#include "parser/yaml/tree.h"

namespace quoin::yaml {

/// The place where a scalar begins, and what surrounds it.
struct ScalarStart {
  std::size_t begin;
  int indent;  // its other lines are indented deeper than this
  bool in_flow = false;
  bool is_key = false;
};
struct Scanned {
  Text value;
  std::size_t end;
};

/// Reads scalars. Throws Error(input) with the place, and what to write instead, for anything that is not valid.
class Scanner {
 public:
  explicit Scanner(const File& file) : source_(file.source), file_(file) {}
  Scanned scalar(ScalarStart) const;
  /// The number of bytes before this one on its line.
  int column(std::size_t) const;
  bool is_line_start(std::size_t) const;
  bool is_marker(std::size_t) const;  // --- or ... on its own at the beginning of a line
  /// The next byte that is no blank, line end or comment.
  std::size_t next(std::size_t) const;
  [[noreturn]] void refuse(std::size_t at, const Text& message, Text hint) const;

 protected:
  char sign(std::size_t at) const { return at < source_.size() ? source_[at] : '\n'; }
  static bool is_blank(char c) { return c == ' ' || c == '\t'; }
  static bool is_space(char c) { return is_blank(c) || c == '\n'; }
  std::string_view source_;

 private:
  Scanned plain(ScalarStart) const;
  Scanned quoted(ScalarStart) const;
  Scanned block(ScalarStart) const;
  struct Header {  // what stands after | or >
    bool folded = false;
    char chomping = ' ';
    int indent = 0;  // 0: that of the first line
    std::size_t body = 0;
  };
  Header header(ScalarStart) const;
  void check_block_end(std::size_t at, ScalarStart) const;
  bool plain_ends(std::size_t at, std::size_t line, bool in_flow) const;
  bool plain_goes_on(std::size_t next, ScalarStart) const;
  std::size_t escape(std::size_t at, Text&) const;
  std::size_t code_point(std::size_t at, std::size_t digits, Text&) const;
  std::size_t over_line_ends(std::size_t at, std::size_t& line_ends) const;
  void check_goes_on(std::size_t next, ScalarStart) const;
  [[noreturn]] void refuse_open(ScalarStart) const;
  const File& file_;
  mutable std::size_t asked_ = 0, line_ = 0;  // where column() was asked last, and its line begins
};

}  // namespace quoin::yaml
