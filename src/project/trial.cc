#include "project/trial.h"

#include "project/assumed.h"
#include "project/concern.h"
#include "project/row_trial.h"
#include "project/side.h"
#include "runner/execute.h"

namespace quoin {
namespace {

class Trial {
 public:
  Trial(Shadow& shadow, const Candidate& candidate, const Settings& settings)
      : scratch_(scratch_database(shadow, settings)),
        connection_(scratch_.connect()),
        roles_(roles_of(shadow)),
        candidate_(candidate),
        settings_(settings),
        rows_(connection_, candidate, [this](Direction direction) { migrate(direction); }) {}

  Proof run() {
    Proof proof = prove(proof_database(), {candidate_.current, candidate_.desired});
    if (proof.outcome != Outcome::proven || !rows_.is_wanted()) return proof;
    Text wrong;
    with_rows([&] { wrong = rows_.run(); });
    return wrong.empty() ? proof : Proof{Outcome::disproven, std::move(wrong)};
  }
  /// A role was made that a section lacked when it had begun; it is to be tried again from the start.
  bool lacked_role() const { return lacked_role_; }
  const std::vector<UnannouncedHazard>& unannounced() const { return rows_.unannounced(); }

  ProofBasis basis() const {
    const int version = connection_.server_version();
    ProofBasis basis{concat(std::to_string(version / 10000), ".", std::to_string(version % 10000))};
    if (rows_.is_wanted()) rows_.add_to(basis);
    basis.stopped_by = stopped_by_;
    return basis;
  }

 private:
  ProofDatabase proof_database() {
    return {.run =
                [this](const Text& sql) {
                  run_script(connection_, {{}, sql}, roles_);
                },
            .read =
                [this] {
                  Schema schema = read_live(connection_, candidate_.current.ids(), settings_);
                  read_owners_of_template(connection_, schema, settings_);
                  auto part = for_trial(schema, {schema.made_by, given_to_owners()}, settings_);
                  return part ? std::move(*part) : std::move(schema);
                },
            .migrate =
                [this](Direction direction) {
                  migrate(direction);
                  if (direction == Direction::up && rows_.is_wanted()) with_rows([this] { rows_.look_ahead(); });
                },
            .is_environment = is_environment,
            .same = [former = former_names(candidate_.desired)](
                        const Schema& found, const Schema& wanted) { return same_in_form(found, wanted, former); }};
  }

  std::unordered_set<Id> given_to_owners() const {
    std::unordered_set<Id> given;
    for (const Schema* schema : {&candidate_.current, &candidate_.desired})
      schema->each([&](const Object& object) {
        if (object.id->kind->matter == Matter::owner) given.insert(object.id->parent);
      });
    return given;
  }

  // What goes wrong with rows says nothing of the migration, but that it was not tried with them.
  void with_rows(const std::function<void()>& work) {
    if (!stopped_by_.empty()) return;
    try {
      work();
    } catch (const Error& error) {
      if (!connection_.alive()) throw;
      stopped_by_ = error.what();
    }
  }

  void migrate(Direction direction) {
    const Migration& file = candidate_.file.read;
    const Section none, &section = direction == Direction::up ? file.up : file.down ? *file.down : none;
    const runner::Wrapping wrapping = runner::wrapping_of(section);
    const auto run = [&] { runner::run_section(connection_, section, wrapping); };
    if (wrapping != runner::Wrapping::bare) return making_roles(connection_, roles_, run);
    try {
      run();
    } catch (const Error& error) {  // what ran before it stands
      lacked_role_ = make_missing_role(connection_, error, roles_);
      throw;
    }
  }

  Shadow::Database scratch_;
  postgres::Connection connection_;
  Roles roles_;
  const Candidate& candidate_;
  const Settings& settings_;
  RowTrial rows_;
  bool lacked_role_ = false;
  Text stopped_by_;
};
}  // namespace

Text to_text(const ProofBasis& basis) {
  constexpr std::size_t most_names = 5;
  const auto tables = [](const List& all) {
    return concat(std::to_string(all.size()), all.size() == 1 ? " table" : " tables");
  };
  const Text server = concat("PostgreSQL ", basis.server);
  if (!basis.stopped_by.empty())
    return concat(server, ", on empty tables; with rows the trial ended: ", basis.stopped_by);
  if (basis.with_rows.empty()) return concat(server, ", without rows");
  const List& without = basis.without_rows;
  const Text none = without.size() > most_names ? tables(without) : join(without, ", ");
  return concat(server, ", with rows in ", tables(basis.with_rows), none.empty() ? "" : concat(", none in ", none));
}

Text verdict_of(const ProofBasis& basis) {
  if (basis.stopped_by.empty()) return concat(": up and down on ", to_text(basis));
  return concat(" on empty tables only, up and down on PostgreSQL ", basis.server,
                "; unproven for rows, with which the trial ended: ", basis.stopped_by);
}

Verdict try_file(Shadow& shadow, const Candidate& candidate, const Settings& settings) {
  for (;;) {
    Trial trial(shadow, candidate, settings);
    Proof proof = trial.run();
    if (!trial.lacked_role()) return {std::move(proof), trial.basis(), trial.unannounced()};
  }
}

}  // namespace quoin
