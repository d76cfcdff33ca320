#include "core/base/parallel.h"
#include "diff/draft.h"

namespace quoin {

namespace {
template <class T>
void append(std::vector<T>& all, std::vector<T>&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

class Renderer {
 public:
  explicit Renderer(Draft&& draft) : draft_(std::move(draft)), parts_(draft_.size()) {
    for (std::size_t i = 0; i < draft_.size(); ++i)
      if (draft_[i].inside != Drafted::alone) parts_[draft_[i].inside].push_back(i);
    for (auto& parts : parts_) std::ranges::sort(parts, [this](auto a, auto b) { return before(a, b); });
  }

  Steps whole(std::size_t i) {
    Drafted& drafted = draft_[i];
    Step step = std::move(*drafted.step);
    if (!drafted.dropped) {
      Text sql = std::move(step.prefix);
      add_clauses(sql, step, i);
      step.sql = concat(sql, step.tail);
    }
    if (!step.alone.empty()) step.hazards = std::exchange(step.alone, {});
    for (std::size_t part : parts_[i]) absorb(step, part, drafted.dropped ? Rows::others : rows_of(step));
    step.prefix.clear();
    step.tail.clear();
    step.separator = {};
    step.host = Id();
    if (step.sql.empty()) throw Error(Code::internal, concat("a step of ", path(drafted.subject), " has no statement"));
    Steps steps = only(std::move(step));
    std::ranges::move(drafted.then, std::back_inserter(steps));
    return steps;
  }

 private:
  enum class Rows { none, others };  // whether what is made may have rows already

  // A step without a host makes a new object, so that its clauses meet no rows.
  static Rows rows_of(const Step& step) { return step.host || step.shares ? Rows::others : Rows::none; }

  bool before(std::size_t a, std::size_t b) const {
    const auto key = [this](std::size_t i) {
      const Drafted& part = draft_[i];
      return std::tuple(part.subject->kind->weight, part.position, part.subject, i);
    };
    return key(a) < key(b);
  }

  void add_clauses(Text& sql, const Step& step, std::size_t i) const {
    sql += step.sql;
    for (std::size_t part : parts_[i]) {
      std::string_view separator = step.separator;
      if (sql.ends_with('(') && separator.starts_with(',')) separator.remove_prefix(1);
      if (!sql.ends_with('(') || separator != step.separator) sql += separator;
      add_clauses(sql, *draft_[part].step, part);
    }
  }

  void absorb(Step& step, std::size_t part, Rows rows) {
    Step inner = std::move(*draft_[part].step);
    append(step.makes, std::move(inner.makes));
    append(step.needs, std::move(inner.needs));
    append(step.drops, std::move(inner.drops));
    append(step.changes, std::move(inner.changes));
    append(inner.hazards, std::move(inner.folded));
    if (rows == Rows::others && !draft_[part].dropped)
      for (Hazard& hazard : inner.hazards)  // columns of one statement may follow one type
        if (!std::ranges::count(step.hazards, hazard)) step.hazards.push_back(std::move(hazard));
    for (std::size_t below : parts_[part]) absorb(step, below, rows);
  }

  Draft draft_;
  std::vector<std::vector<std::size_t>> parts_;
};
}  // namespace

Steps render(Draft&& draft, const std::vector<std::size_t>& order) {
  Renderer renderer(std::move(draft));
  std::vector<Steps> rendered(order.size());  // no two share a part
  in_parallel(order.size(), [&](std::size_t i) { rendered[i] = renderer.whole(order[i]); });
  Steps all;
  all.reserve(order.size());
  for (Steps& steps : rendered) append(all, std::move(steps));
  return all;
}

}  // namespace quoin
