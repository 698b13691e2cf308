package dev.breakwater.gateway.limits;

import dev.breakwater.gateway.limits.LimitsProperties.Each;
import java.util.List;

/**
 * The rules that hold now, narrow ones first, so that what a narrow one refuses is no matter for a wide one.
 *
 * @param ofStrangers counted by address: rules for addresses, and those for customers when there is no good token
 * @param ofAll for everybody together
 * @param ofCustomers counted by subject
 */
record Rules(List<Rule> ofStrangers, List<Rule> ofAll, List<Rule> ofCustomers) {

    static Rules of(List<Rule> all) {
        return new Rules(
                all.stream().filter(rule -> rule.settings().each() != Each.NONE).toList(),
                all.stream().filter(rule -> rule.settings().each() == Each.NONE).toList(),
                all.stream()
                        .filter(rule -> rule.settings().each() == Each.CUSTOMER)
                        .toList());
    }
}
