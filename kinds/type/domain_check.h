// The constraints of domains, as the domain's readers need them.
#pragma once
#include "core/model/kind.h"

namespace quoin {
class Reading;

void read_domain_check(ast::Node constraint, Id domain, Reading&);
void validate_domain_check(Id check, Reading&);

/// Where values come under the check that were not until now.
std::vector<Hazard> hazards_of_check(const Object& check, const Users&);

/// A domain in place of the old one, to which its users move over: what it stands for never changes.
Steps swapped_domain(const Delta&, const Users&);

}  // namespace quoin
