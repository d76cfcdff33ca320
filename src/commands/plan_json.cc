#include "commands/plan_json.h"

#include <nlohmann/json.hpp>

#include "core/base/secret.h"
#include "project/step_facts.h"

namespace quoin {
namespace {

nlohmann::ordered_json paths(const std::vector<Id>& ids) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (Id id : ids) all.push_back(path(id));
  return all;
}

nlohmann::ordered_json json_of(const Step& step, const StepFacts& facts, const StepLock& lock) {
  nlohmann::ordered_json json;
  json["sql"] = concat(step.prefix, step.sql, step.tail);
  json["object"] = facts.object ? path(facts.object) : Text();
  json["action"] = facts.action;
  json["changes"] = json["hazards"] = nlohmann::ordered_json::array();
  for (const FieldChange& change : step.changes)
    json["changes"].push_back({{"field", change.field}, {"from", masked(change.from)}, {"to", masked(change.to)}});
  json["makes"] = paths(step.makes);
  json["needs"] = paths(step.needs);
  json["drops"] = paths(step.drops);
  json["lock"] = {{"mode", name_of(lock.mode)}, {"on", paths(lock.on)}};
  for (const Hazard& hazard : step.hazards)
    json["hazards"].push_back({{"rule", hazard.rule.text()}, {"text", hazard.text}});
  return json;
}

}  // namespace

nlohmann::ordered_json json_of(const Plan& plan, const Plan& back) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  const std::vector<StepFacts> facts = facts_of(plan, back);
  const std::vector<StepLock> locks = locks_of(plan, back);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) steps.push_back(json_of(plan.steps[i], facts[i], locks[i]));
  return steps;
}

}  // namespace quoin
