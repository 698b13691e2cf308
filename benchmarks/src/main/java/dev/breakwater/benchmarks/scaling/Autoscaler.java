package dev.breakwater.benchmarks.scaling;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides every 15 s how many pods there shall be, as the HorizontalPodAutoscaler does ("Horizontal Pod Autoscaling",
 * Algorithm details, in the documentation of Kubernetes): for each metric {@code ceil(pods × value / target)}, nothing
 * while value / target is within 0.1 of 1, and of all metrics the most. Pods that are not ready yet count as idle when
 * their number would grow. Up it goes by the larger of a doubling and four pods in a period; down to the most that was
 * wanted within the window. Settings are those of {@code k8s/base/scaling-behaviour.yaml} and
 * {@code k8s/overlays/production}.
 */
final class Autoscaler {

    static final int PERIOD_SECONDS = 15;
    static final double UTILISATION = 0.7;
    static final double LAG_A_POD = 500;
    static final int MOST = 50;

    private static final double TOLERANCE = 0.1;
    private static final int WINDOW_SECONDS = 120;
    private static final int PODS_AT_ONCE = 4;

    private final Deque<Wanted> lately = new ArrayDeque<>();

    private record Wanted(int second, int pods) {}

    /**
     * What metrics say.
     *
     * @param ready pods that serve
     * @param all pods, those that start too
     * @param utilisation of those that serve, on average
     * @param lag records that wait
     * @param forecast pods that the trend of the load asks for; 0 if nobody looks at it
     */
    record Reading(int ready, int all, double utilisation, double lag, double forecast) {}

    /** @param least that there may be now */
    int decide(int second, int least, Reading reading) {
        var wanted = Math.max(byUtilisation(reading), Math.max(byLag(reading), byForecast(reading)));
        wanted = Math.clamp(wanted, least, MOST);
        lately.addLast(new Wanted(second, wanted));
        while (lately.getFirst().second < second - WINDOW_SECONDS) {
            lately.removeFirst();
        }
        if (wanted > reading.all) {
            return Math.min(wanted, Math.max(2 * reading.all, Math.max(least, reading.all + PODS_AT_ONCE)));
        }
        var mostLately = lately.stream().mapToInt(Wanted::pods).max().orElse(wanted);
        return Math.max(least, Math.min(reading.all, mostLately));
    }

    private static int byUtilisation(Reading reading) {
        var ratio = reading.utilisation / UTILISATION;
        if (isWithinTolerance(ratio) || reading.ready == 0) {
            return reading.all;
        }
        if (ratio < 1) {
            return (int) Math.ceil(reading.ready * ratio);
        }
        // Those that start count as idle; if that turns the decision around, nothing is decided.
        var damped = ratio * reading.ready / reading.all;
        return damped <= 1 || isWithinTolerance(damped) ? reading.all : (int) Math.ceil(reading.all * damped);
    }

    private static int byLag(Reading reading) {
        var ratio = reading.lag / (LAG_A_POD * reading.all);
        return isWithinTolerance(ratio) ? reading.all : (int) Math.ceil(reading.lag / LAG_A_POD);
    }

    private static int byForecast(Reading reading) {
        return (int) Math.ceil(reading.forecast);
    }

    private static boolean isWithinTolerance(double ratio) {
        return Math.abs(ratio - 1) <= TOLERANCE;
    }
}
