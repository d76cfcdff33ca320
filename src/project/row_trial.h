// The trial of a migration on tables with rows.
#pragma once
#include "project/moved_tables.h"
#include "project/trial.h"
#include "rows/filling.h"
#include "rows/state.h"

namespace quoin {

/// Call look_ahead() in the desired state, then run() in the current one.
class RowTrial {
 public:
  /// Runs a section of the file; if that is one transaction and fails, it leaves no trace.
  using Migrate = std::function<void(Direction)>;
  RowTrial(postgres::Connection&, const Candidate&, Migrate);

  /// True if the migration changes rows, or depends on them.
  bool is_wanted() const { return !subjects_.empty(); }
  /// Call it in the desired state, with empty tables.
  void look_ahead();
  /// Call it in the current state, with empty tables: inserts rows, runs the up, compares, runs the down, compares.
  /// Returns what disproves the migration; empty: nothing does.
  Text run();

  const std::vector<UnannouncedHazard>& unannounced() const { return unannounced_; }
  void add_to(ProofBasis&) const;

 private:
  const Steps& steps(Direction direction) const { return direction == Direction::up ? up_ : down_; }
  void watch(const List& tables);
  bool go(Direction);
  void blame(Direction, std::set<Text>& blamed);
  const Schema& after(Direction direction) const { return direction == Direction::up ? desired_ : current_; }
  bool is_announced(Direction, const Step&) const;
  bool concerns(const Step&, const rows::Difference&) const;
  Text name_before(Id) const;
  bool is_told(const Steps&, const rows::Difference&) const;
  bool has_new_labels(const rows::Difference&) const;
  Text judge(const rows::Differences&, Direction);
  void add(UnannouncedHazard);
  bool add_unannounced(const rows::Difference&);

  postgres::Connection& connection_;
  const Steps &up_, &down_;
  Migrate migrate_;
  const Schema &current_, &desired_;
  std::set<rows::Names> subjects_;
  std::optional<rows::Filling> filling_;
  std::optional<rows::Comparison> comparison_;
  MovedTables moved_;
  List watched_;  // oids of the tables that are compared
  std::vector<UnannouncedHazard> unannounced_;
};

}  // namespace quoin
