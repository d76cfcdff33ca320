// Values and statements that the server accepts, found out by trying.
#pragma once
#include <chrono>

#include "core/postgres/postgres.h"

namespace quoin::rows {

/// Tries many in one round trip, and where one is refused, each half by itself. `patience` bounds the time that is
/// spent on trying: what is untried by then counts as refused. A lost connection throws.
class Attempt {
 public:
  Attempt(postgres::Connection& connection, std::chrono::seconds patience)
      : connection_(connection), patience_(patience) {}

  /// The values of SQL expressions, as text; nullopt: it is null, or refused.
  std::vector<std::optional<Text>> values(const List& expressions);
  /// For each statement, if it was carried out.
  std::vector<bool> carried_out(const List& statements);

 private:
  using Part = std::pair<std::size_t, std::size_t>;  // from, to
  using Try = std::function<void(Part)>;
  void try_parts(Part whole, std::size_t most, const Try&);
  bool is_taken(Part, const Try&);

  postgres::Connection& connection_;
  std::chrono::steady_clock::duration patience_;
};

/// While it lives, the connection has an empty search_path, so that it finds only what is named in full, as quoin's own
/// catalog queries do.
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
