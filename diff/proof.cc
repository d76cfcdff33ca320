#include "diff/proof.h"

namespace quoin {
namespace {

Text shown(const Value& value) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const Text* text = std::get_if<Text>(&value)) return *text;
  if (const List* list = std::get_if<List>(&value)) return concat("[", join(*list, ", "), "]");
  return "not set";
}

Text describe(const Delta& delta) {
  if (!delta.from) return concat(path(delta.id), " is missing");
  if (!delta.to) return concat(path(delta.id), " should not be there");
  List fields;
  for (const FieldBase* field : delta.id->kind->fields)
    if (delta.touches(*field))
      fields.push_back(concat(field->name, " is ", shown(delta.from->value(*field)), ", should be ",
                              shown(delta.to->value(*field))));
  return concat(path(delta.id), ": ", join(fields, "; "));
}

bool differs(const Delta& delta) {
  return !delta.id->kind->has(opaque) && (!delta.from || !delta.to || delta.changed.any());
}

// What the server said of the statement that it stopped at.
Text refusal(const Error& error, Direction direction) {
  return concat("the ", to_string(direction), " failed: ", error.what(),
                error.sqlstate.empty() ? "" : concat(" (SQLSTATE ", error.sqlstate, ")"),
                error.detail.empty() ? "" : concat("\n", error.detail));
}

// The current schema is built by steps: one transaction, or a statement at a time where that cannot be. In a
// transaction the whole text is sent at once; should it fail, it has left no trace, and going by statement finds the
// one to name.
void run_steps(const ProofDatabase& database, const Steps& steps) {
  if (steps.empty()) return;
  if (!runs_in_transaction(steps)) {
    for (const Text& statement : statements(steps)) database.run(statement);
    return;
  }
  try {
    database.run(emit(steps));
  } catch (const Error&) {
    database.run("BEGIN");
    for (const Text& statement : statements(steps)) {
      try {
        database.run(statement);
      } catch (Error& error) {
        database.run("ROLLBACK");
        error.detail = concat("statement: ", statement, error.detail.empty() ? "" : concat("\n", error.detail));
        throw;
      }
    }
    database.run("ROLLBACK");
    throw;
  }
}

// Carried attributes are not compared, and may name roles that the scratch server lacks.
Schema bare(const Schema& schema) {
  Schema copy = schema.copy();
  copy.each([](Object& object) { object.carried.clear(); });
  return copy;
}

/// Two states of a schema: the one that is there at first, and the one that is to be found.
struct States {
  const Schema &current, &wanted;
};

Text described(const std::vector<Delta>& deltas) {
  constexpr std::size_t most = 10;
  List lines;
  for (const Delta& delta : deltas)
    if (differs(delta)) lines.push_back(describe(delta));
  const std::size_t all = lines.size();
  if (all > most) {
    lines.resize(most);
    lines.push_back(concat("and ", std::to_string(all - most), " more"));
  }
  return join(lines, "\n");
}

// Owners are not built there, and no plan grants what an owner may do anyway: such a grant is no difference.
Text differences_from(const States& states, const ProofDatabase& database) {
  const Schema found = database.read();
  std::vector<Delta> deltas =
      compare(found, states.wanted, database.same ? database.same(found, states.wanted) : nullptr);
  std::erase_if(deltas, [&](const Delta& delta) {
    return !delta.from && !states.current.find(delta.id) && holds_anyway(*delta.to, states.current);
  });
  return described(deltas);
}

std::optional<Proof> build_current(const ProofDatabase& database, const Schema& current) {
  const Schema nothing = database.read();
  const Schema wanted = bare(current);
  const Plan all = creation(nothing, wanted);
  if (!all.errors.empty())
    return Proof{Outcome::unproven, concat("the current schema could not be planned: ", all.errors.front())};
  try {
    run_steps(database, all.steps);
  } catch (const Error& error) {
    return Proof{Outcome::unproven,
                 concat("the current schema could not be built on the shadow server: ", error.what())};
  }
  if (const Text differences = differences_from({current, current}, database); !differences.empty())
    return Proof{Outcome::unproven,
                 concat("the current schema came out otherwise on the shadow server: ", differences)};
  return std::nullopt;
}

std::optional<Proof> failure(const ProofDatabase& database, Direction direction) {
  try {
    database.migrate(direction);
    return std::nullopt;
  } catch (const Error& error) {
    const Outcome outcome = database.is_environment(error) ? Outcome::unproven : Outcome::disproven;
    return Proof{outcome, refusal(error, direction), error.sqlstate};
  }
}

std::optional<Proof> disproof(const ProofDatabase& database, Direction direction, const States& states) {
  if (auto proof = failure(database, direction)) return proof;
  const Text after = concat("after the ", to_string(direction));
  if (const Text differences = differences_from(states, database); !differences.empty())
    return Proof{Outcome::disproven,
                 concat(after, " the schema is not the ", direction == Direction::up ? "desired" : "current", " one:\n",
                        differences)};
  return std::nullopt;
}
}  // namespace

std::string_view to_string(Direction direction) { return direction == Direction::up ? "up" : "down"; }

Text describe_differences(const Schema& found, const Schema& wanted, const Same& same) {
  return described(compare(found, wanted, same));
}

Proof prove(const ProofDatabase& database, const Claim& claim) {
  if (auto proof = build_current(database, claim.current)) return *proof;
  if (auto proof = disproof(database, Direction::up, {claim.current, claim.desired})) return *proof;
  if (auto proof = disproof(database, Direction::down, {claim.current, claim.current})) return *proof;
  return {Outcome::proven, {}};
}

}  // namespace quoin
