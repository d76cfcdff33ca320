// The part of a trial that has rows.
#pragma once
#include "project/trial.h"
#include "rows/filling.h"
#include "rows/state.h"

namespace quoin {

class RowTrial {
 public:
  /// `migrate`: runs a section of the file, and leaves no trace where it fails if it is one transaction.
  using Migrate = std::function<void(Direction)>;
  RowTrial(postgres::Connection&, const Candidate&, Migrate);

  /// Whether the migration changes rows, or minds them.
  bool is_wanted() const { return !subjects_.empty(); }
  /// In the desired state, on empty tables.
  void look_ahead();
  /// In the current state, on empty tables: rows in, up, compared, down, compared. What disproves the migration; empty:
  /// nothing.
  Text run();

  const std::vector<UnannouncedHazard>& unannounced() const { return unannounced_; }
  void add_to(ProofBasis&) const;

 private:
  const Steps& steps(Direction direction) const { return direction == Direction::up ? up_ : down_; }
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
  std::vector<UnannouncedHazard> unannounced_;
};

}  // namespace quoin
