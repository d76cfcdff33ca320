// What a server takes, found out by trying.
#pragma once
#include <chrono>

#include "core/postgres/postgres.h"

namespace quoin::rows {

/// Many are tried in one round trip, and where one of them is refused, each half by itself. What is still untried when
/// the patience ends counts as refused; it is of the time spent in trying. A lost connection throws.
class Attempt {
 public:
  Attempt(postgres::Connection& connection, std::chrono::seconds patience)
      : connection_(connection), patience_(patience) {}

  /// The values of SQL expressions, as text; nullopt: it is null, or refused.
  std::vector<std::optional<Text>> values(const List& expressions);
  /// Whether each of the statements was carried out.
  std::vector<bool> carried_out(const List& statements);

 private:
  using Part = std::pair<std::size_t, std::size_t>;  // from, to
  using Try = std::function<void(Part)>;
  void try_parts(Part whole, std::size_t most, const Try&);
  bool is_taken(Part, const Try&);

  postgres::Connection& connection_;
  std::chrono::steady_clock::duration patience_;
};

/// While it lives, the connection finds nothing but what is named in full, as quoin's own catalog queries do.
class PinnedPath {
 public:
  explicit PinnedPath(postgres::Connection& connection);
  ~PinnedPath();
  PinnedPath(const PinnedPath&) = delete;
  PinnedPath& operator=(const PinnedPath&) = delete;

 private:
  postgres::Connection& connection_;
};

}  // namespace quoin::rows
