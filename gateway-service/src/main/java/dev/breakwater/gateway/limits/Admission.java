package dev.breakwater.gateway.limits;

import dev.breakwater.platform.overload.rate.Limiter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call has been let through by so far. A call that one rule refuses counts for no other. */
final class Admission {

    static final String ATTRIBUTE = Admission.class.getName();

    private final List<Limiter> taken = new ArrayList<>(4);

    /** A rule that lets a call not through. */
    record Refusal(Rule rule, Limiter limiter) {}

    /** Null if it may go on. */
    @Nullable
    Refusal take(List<Rule> rules, Call call, String who) {
        for (var rule : rules) {
            if (rule.isAbout(call)) {
                var limiter = rule.limiter(who);
                var decision = limiter.take();
                rule.count(decision);
                if (!decision.isAdmitted()) {
                    taken.forEach(Limiter::giveBack);
                    return new Refusal(rule, limiter);
                }
                taken.add(limiter);
            }
        }
        return null;
    }
}
