package dev.breakwater.benchmarks.scaling;

import java.util.ArrayList;
import java.util.List;

/** Pods that need a while until they are ready, and another one until they are as quick as they will be. */
final class Pods {

    private static final int WARM_UP_SECONDS = 30;
    /** Of what a warm pod does, in the first second. */
    private static final double COLD = 0.3;

    private final int startSeconds;
    private final double each;
    /** When each was asked for, the youngest last. */
    private final List<Integer> since = new ArrayList<>();

    /** @param each orders a second of a warm pod */
    Pods(int count, int startSeconds, double each) {
        this.startSeconds = startSeconds;
        this.each = each;
        for (var i = 0; i < count; i++) {
            since.add(-startSeconds - WARM_UP_SECONDS);
        }
    }

    void become(int count, int second) {
        while (since.size() < count) {
            since.add(second);
        }
        while (since.size() > count) {
            since.removeLast();
        }
    }

    int all() {
        return since.size();
    }

    int ready(int second) {
        return (int)
                since.stream().filter(asked -> second - asked >= startSeconds).count();
    }

    /** Orders that all of them can do in this second. */
    double capacity(int second) {
        return since.stream()
                .mapToInt(asked -> second - asked - startSeconds)
                .filter(served -> served >= 0)
                .mapToDouble(served -> each * Math.min(1, COLD + (1 - COLD) * served / WARM_UP_SECONDS))
                .sum();
    }
}
