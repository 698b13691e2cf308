package dev.breakwater.benchmarks.scaling;

import dev.breakwater.benchmarks.scaling.Autoscaler.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * One rush over simulated pods: what comes in is worked off as far as the pods can, and the rest waits in its topic.
 * Metrics are 15 s old when they are read, and averages of 15 s.
 */
final class Rush {

    private static final int LEAST = 4;
    private static final int METRIC_AGE_SECONDS = 15;

    private final Load load;
    private final Help help;
    private final double each;
    private final Pods pods;
    private final Autoscaler autoscaler = new Autoscaler();
    private final List<Moment> moments = new ArrayList<>();

    /** What helps the autoscaler: nothing, more pods before the rush begins, or a look at the trend. */
    enum Help {
        NONE("by processor and lag"),
        FORECAST("and by forecast"),
        SCHEDULE("and 20 pods beforehand");

        private final String text;

        Help(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** One second. */
    record Moment(int second, double load, int all, int ready, double utilisation, double waiting) {}

    /** @param each orders a second of a warm pod */
    Rush(Load load, Help help, double each, int startSeconds) {
        this.load = load;
        this.help = help;
        this.each = each;
        pods = new Pods(LEAST, startSeconds, each);
    }

    List<Moment> run(int seconds) {
        double waiting = 0;
        for (var second = 0; second < seconds; second++) {
            if (second % Autoscaler.PERIOD_SECONDS == 0 && second > METRIC_AGE_SECONDS * 2) {
                pods.become(autoscaler.decide(second, least(second), reading(second)), second);
            }
            var wanted = load.at(second) + waiting;
            var capacity = pods.capacity(second);
            var done = Math.min(wanted, capacity);
            waiting = wanted - done;
            moments.add(new Moment(
                    second,
                    load.at(second),
                    pods.all(),
                    pods.ready(second),
                    capacity == 0 ? 1 : done / capacity,
                    waiting));
        }
        return moments;
    }

    /**
     * As {@code k8s/components/prescaling} has it: 15 minutes before the sale, until half an hour after its beginning.
     */
    private int least(int second) {
        var isRaised = second >= load.begins() - 15 * 60 && second < load.begins() + 30 * 60;
        return help == Help.SCHEDULE && isRaised ? 20 : LEAST;
    }

    private Reading reading(int second) {
        var until = second - METRIC_AGE_SECONDS;
        var told = moments.subList(until - METRIC_AGE_SECONDS, until);
        return new Reading(
                pods.ready(second),
                pods.all(),
                told.stream().mapToDouble(Moment::utilisation).average().orElse(0),
                told.getLast().waiting(),
                help == Help.FORECAST ? load.forecast(until) / (each * Autoscaler.UTILISATION) : 0);
    }
}
