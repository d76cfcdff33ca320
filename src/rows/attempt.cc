#include "rows/attempt.h"

namespace quoin::rows {
namespace {
constexpr std::size_t most_columns = 1000;  // of a result; the server takes 1664
constexpr std::size_t most_statements = 5000;

Text joined(const List& all, std::pair<std::size_t, std::size_t> part, std::string_view separator) {
  return join(std::span<const Text>(all).subspan(part.first, part.second - part.first), separator);
}
}  // namespace

bool Attempt::is_taken(Part part, const Try& one_try) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  bool taken = true;
  try {
    one_try(part);
  } catch (const Error&) {
    if (!connection_.alive()) throw;
    taken = false;
  }
  patience_ -= Clock::now() - begin;
  return taken;
}

void Attempt::try_parts(Part whole, std::size_t most, const Try& one_try) {
  const auto [from, to] = whole;
  if (from == to || patience_ <= patience_.zero()) return;
  if (to - from <= most && is_taken(whole, one_try)) return;
  if (to - from == 1) return;
  const std::size_t middle = from + (to - from) / 2;
  try_parts({from, middle}, most, one_try);
  try_parts({middle, to}, most, one_try);
}

std::vector<std::optional<Text>> Attempt::values(const List& expressions) {
  std::vector<std::optional<Text>> all(expressions.size());
  try_parts({0, expressions.size()}, most_columns, [&](Part part) {
    const postgres::Result row = connection_.execute(concat("SELECT ", joined(expressions, part, ", ")));
    for (std::size_t i = part.first; i < part.second; ++i)
      if (const postgres::Cell cell = row(0, i - part.first)) all[i] = Text(*cell);
  });
  return all;
}

std::vector<bool> Attempt::carried_out(const List& statements) {
  std::vector<bool> all(statements.size(), false);
  try_parts({0, statements.size()}, most_statements, [&](Part part) {
    connection_.execute(joined(statements, part, ";\n"));
    for (std::size_t i = part.first; i < part.second; ++i) all[i] = true;
  });
  return all;
}

PinnedPath::PinnedPath(postgres::Connection& connection) : connection_(connection) {
  connection_.execute("SET search_path = ''");
}

PinnedPath::~PinnedPath() {
  try {
    connection_.execute("RESET search_path");
  } catch (const Error&) {}  // the connection is gone, as the next to use it will say
}

}  // namespace quoin::rows
