#include "parser/replay/ordering.h"

#include <map>
#include <queue>
#include <set>

#include "core/model/kind.h"

namespace quoin {

namespace {
using Order = std::vector<std::size_t>;
using Pairs = std::vector<OutOfOrder>;

/// Errors that another order may mend; the rest stay whatever the order.
std::size_t errors_of_order(const Findings& findings) {
  static constexpr RuleName rules[] = {"created-later", "dropped-before", "renamed-before",
                                       "duplicate",     "needed-by",      "depends-on"};
  return static_cast<std::size_t>(std::ranges::count_if(findings, [](const Finding& one) {
    return one.severity == Severity::error && std::ranges::count(rules, one.rule) > 0;
  }));
}

std::size_t errors_in(const Findings& findings) {
  return static_cast<std::size_t>(std::ranges::count(findings, Severity::error, &Finding::severity));
}

/// An order, and how it came about.
struct Draft {
  Order order;
  std::map<std::size_t, List> moved;  // which went elsewhere, and why
  std::size_t errors = 0;             // of what it came from, until it is replayed itself
  std::size_t number = 0;             // in which it was thought of

  auto rank() const { return std::tuple(moved.size(), errors, number); }
};
struct Worse {
  bool operator()(const Draft& a, const Draft& b) const { return a.rank() > b.rank(); }
};

/// Where each stands in an order.
std::vector<std::size_t> places_in(const Order& order) {
  std::vector<std::size_t> places(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = i;
  return places;
}

/// `one` taken out and put in so that it stands at `place`, as the others are counted now.
Order with_moved(const Order& order, std::size_t one, std::size_t place) {
  Order moved = order;
  const auto from = std::ranges::find(moved, one);
  const auto to = moved.begin() + static_cast<std::ptrdiff_t>(place);
  from < to ? std::rotate(from, from + 1, to) : std::rotate(to, from, from + 1);
  return moved;
}

/// The ups alone, in another order; places are those in it.
struct Replayed {
  Replayed(const OrderingRequest& request, const Order& order) {
    migrations.reserve(order.size());
    for (std::size_t one : order) {
      migrations.push_back(request.migrations[one]);
      migrations.back().down.reset();
    }
    verified = verify(migrations, schema, request.search_path, request.assumed);
  }

  /// Columns of others that its statements are about, but for those that only read or write rows.
  std::set<Id> columns_used(std::size_t place) const {
    std::set<Id> used, made;
    each_statement(place, [&](const Effects& effects) {
      made.insert(effects.makes.begin(), effects.makes.end());
      if (is_about_rows(effects)) return;
      for (const std::vector<Id>* some : {&effects.needs, &effects.makes, &effects.changes})
        for (Id id : *some)
          for (; id; id = id->parent)
            if (id->kind->is_column()) used.insert(id);
    });
    std::erase_if(used, [&](Id id) { return made.contains(id); });
    return used;
  }
  bool writes_rows(std::size_t place, const std::set<Id>& columns) const {
    bool writes = false;
    each_statement(place, [&](const Effects& effects) {
      const auto is_one = [&](Id id) { return columns.contains(id); };
      writes = writes || (is_about_rows(effects) && std::ranges::any_of(effects.needs, is_one));
    });
    return writes;
  }

  std::vector<Migration> migrations;
  Ids ids;
  Schema schema = empty_database(ids);
  Verified verified;

 private:
  static bool is_about_rows(const Effects& effects) {
    return effects.makes.empty() && effects.changes.empty() && effects.drops.empty() && effects.renames.empty();
  }
  template <class Visit>
  void each_statement(std::size_t place, Visit visit) const {
    for (const ReplayedStatement& one : verified.statements)
      if (one.section == &migrations[place].up) visit(one.effects);
  }
};

class Search {
 public:
  Search(const OrderingRequest& request, const Verified& verified) : request_(request), verified_(verified) {
    std::size_t bytes = 1;
    for (const Migration& migration : request.migrations) bytes += migration.up.text.size();
    constexpr std::size_t most = 300, most_bytes = 32'000'000;
    left_ = std::clamp<std::size_t>(most_bytes / bytes, 8, most);
  }

  Ordering run() {
    Draft first;
    for (std::size_t i = 0; i < request_.migrations.size(); ++i) first.order.push_back(i);
    first.errors = errors_in(verified_.findings);
    const std::size_t before = first.errors;
    seen_.insert(first.order);
    before_ = before;
    expand(first, verified_.out_of_order);
    bool has_tried = false;
    while (left_ > 0) {
      const bool is_single = !drafts_.empty() && drafts_.top().moved.size() == 1;
      if (!is_single && !has_tried) {
        has_tried = true;
        try_places(first);
      }
      if (drafts_.empty() || (best_ && !is_single)) break;
      Draft draft = drafts_.top();
      drafts_.pop();
      if (const std::optional<Verified> judged = judge(draft)) expand(draft, judged->out_of_order);
    }
    if (best_) go_behind_rows();
    return best_ ? done(*best_) : Ordering{false, {}, {}, circle_};
  }

 private:
  /// Nothing where it works; what it is judged by where it does not.
  std::optional<Verified> judge(Draft& draft) {
    --left_;
    Verified judged = replayed(draft.order);
    draft.errors = errors_in(judged.findings);
    const bool works = judged.out_of_order.empty() && errors_of_order(judged.findings) == 0 && draft.errors < before_;
    if (!works) return judged;
    if (!best_ || judged.possible_errors < possible_errors_) {
      constexpr std::size_t few = 24;  // tries more, for one with fewer possible errors
      left_ = judged.possible_errors == 0 ? 0 : best_ ? left_ : std::min(left_, few);
      possible_errors_ = judged.possible_errors;
      best_ = draft;
    }
    return std::nullopt;
  }

  /// What the errors say may not lead there: each migration that they name, at every place behind its own.
  void try_places(const Draft& first) {
    Order in_turn;
    for (const OutOfOrder& pair : verified_.out_of_order)
      for (std::size_t one : {pair.second, pair.first})
        if (!std::ranges::count(in_turn, one) && may_move(one)) in_turn.push_back(one);
    for (std::size_t one : in_turn)
      for (std::size_t place = one + 2; place <= first.order.size() && left_ > 0; ++place) {
        Draft next{with_moved(first.order, one, place), {}, 0, 0};
        if (!seen_.insert(next.order).second) continue;
        for (const OutOfOrder& pair : verified_.out_of_order)
          if (pair.first == one || pair.second == one) add_reason(next.moved[one], pair.why);
        judge(next);
      }
  }

  /// What a migration says of columns that it has not made itself may need the rows that one of the next writes there.
  void go_behind_rows() {
    std::optional<Replayed> now;
    for (const auto& [one, why] : std::map(best_->moved)) {
      if (!now) now.emplace(request_, best_->order);
      if (goes_behind_rows(one, *now)) now.reset();
    }
  }
  /// True if it has moved.
  bool goes_behind_rows(std::size_t one, const Replayed& now) {
    constexpr std::size_t next = 10;
    const std::size_t place = places_in(best_->order)[one];
    const std::set<Id> columns = now.columns_used(place);
    std::size_t writer = place + 1;
    const std::size_t end = std::min(best_->order.size(), place + next);
    while (writer < end && !now.writes_rows(writer, columns)) ++writer;
    if (writer >= end) return false;
    const Order order = with_moved(best_->order, one, writer + 1);
    const Verified judged = replayed(order);
    if (!judged.out_of_order.empty() || errors_in(judged.findings) > best_->errors ||
        judged.possible_errors > possible_errors_)
      return false;
    add_reason(best_->moved[one],
               concat(request_.migrations[best_->order[writer]].label(), " writes rows in columns that ",
                      request_.migrations[one].label(), " is about"));
    best_->order = order;
    return true;
  }

  static void add_reason(List& said, const Text& why) {
    constexpr std::size_t most = 3;
    if (said.size() < most && !std::ranges::count(said, why)) said.push_back(why);
  }

  const OrderingRequest& request_;
  const Verified& verified_;
  std::size_t left_, before_ = 0, possible_errors_ = 0;
  std::optional<Draft> best_;
  std::priority_queue<Draft, std::vector<Draft>, Worse> drafts_;
  std::set<Order> seen_;
  std::size_t number_ = 0;
  List circle_;

  bool may_move(std::size_t one) const {
    return !request_.migrations[one].repeats() && !(request_.stays && request_.stays(one));
  }

  /// Places among all are those of the request.
  Verified replayed(const Order& order) const {
    Verified judged = std::move(Replayed(request_, order).verified);
    for (OutOfOrder& pair : judged.out_of_order) {
      pair.first = order[pair.first];
      pair.second = order[pair.second];
    }
    judged.statements.clear();  // their Ids are gone
    return judged;
  }

  /// Each of a pair may go to the other. One that several others wait for, or that waits for several, passes all.
  void expand(const Draft& draft, const Pairs& pairs) {
    const std::vector<std::size_t> places = places_in(draft.order);
    std::map<std::size_t, Pairs> firsts, seconds;
    Order in_turn;  // as the findings name them
    for (const OutOfOrder& pair : pairs) {
      if (!std::ranges::count(in_turn, pair.second)) in_turn.push_back(pair.second);
      if (!std::ranges::count(in_turn, pair.first)) in_turn.push_back(pair.first);
      seconds[pair.second].push_back(pair);
      firsts[pair.first].push_back(pair);
    }
    for (std::size_t one : in_turn) {
      const Pairs& as_second = seconds[one];
      std::set<std::size_t> after;
      for (const OutOfOrder& pair : as_second) after.insert(places[pair.first] + 1);
      for (auto place = after.rbegin(); place != after.rend(); ++place) try_move(draft, one, *place, as_second);
      const Pairs& as_first = firsts[one];
      std::set<std::size_t> before;
      for (const OutOfOrder& pair : as_first) before.insert(places[pair.second]);
      for (std::size_t place : before) try_move(draft, one, place, as_first);
    }
  }

  void try_move(const Draft& draft, std::size_t one, std::size_t place, const Pairs& why) {
    if (!may_move(one)) return;
    Draft next{with_moved(draft.order, one, place), draft.moved, draft.errors, ++number_};
    List& said = next.moved[one];
    for (const OutOfOrder& pair : why) add_reason(said, pair.why);
    note_circle(draft, one, why);
    if (seen_.insert(next.order).second) drafts_.push(std::move(next));
  }

  /// It was moved behind another already, and is now asked to come before that one.
  void note_circle(const Draft& draft, std::size_t one, const Pairs& why) {
    if (!circle_.empty() || !draft.moved.contains(one)) return;
    for (const OutOfOrder& pair : why)
      for (const OutOfOrder& first : verified_.out_of_order)
        if (pair.first == one && first.second == one && first.first == pair.second) circle_ = {first.why, pair.why};
  }

  /// What came back to where it was, beside those that stayed, has not moved.
  Ordering done(const Draft& draft) const {
    Ordering found{true, draft.order, {}, {}};
    std::set<std::size_t> moved;
    for (const auto& [one, why] : draft.moved) moved.insert(one);
    for (const auto& [one, why] : draft.moved) {
      moved.erase(one);
      Order stayed;
      for (std::size_t other : draft.order)
        if (!moved.contains(other)) stayed.push_back(other);
      if (!std::ranges::is_sorted(stayed)) moved.insert(one);
    }
    for (std::size_t one : draft.order)
      if (moved.contains(one)) found.moves.push_back({one, draft.moved.at(one)});
    return found;
  }
};
}  // namespace

Ordering find_order(const OrderingRequest& request, const Verified& verified) {
  if (verified.out_of_order.empty()) return {};
  return Search(request, verified).run();
}

}  // namespace quoin
