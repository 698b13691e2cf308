package dev.breakwater.gateway.limits;

import dev.breakwater.platform.overload.rate.Limiter;
import jakarta.servlet.ServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call has been let through by so far. A call that one rule refuses counts for no other. */
public final class Admission {

    static final String ATTRIBUTE = Admission.class.getName();

    private final List<Taken> taken = new ArrayList<>(4);

    /**
     * For a call that memory answered after all: nobody's own limit is counted down for it. What is for everybody
     * together stays counted, since it cost more than an answer before the filters.
     */
    public static void answeredFromMemory(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Admission admission) {
            admission.taken.stream()
                    .filter(one -> one.rule().settings().each() != LimitsProperties.Each.NONE)
                    .forEach(one -> one.limiter().giveBack());
        }
    }

    private record Taken(Rule rule, Limiter limiter) {}

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
                    giveBack();
                    return new Refusal(rule, limiter);
                }
                taken.add(new Taken(rule, limiter));
            }
        }
        return null;
    }

    /** For a call that is not made. */
    void giveBack() {
        taken.forEach(one -> one.limiter().giveBack());
    }
}
