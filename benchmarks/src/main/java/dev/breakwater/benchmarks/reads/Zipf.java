package dev.breakwater.benchmarks.reads;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The law by which a few things are asked for often and most of them hardly ever (Zipf 1935): the thing of rank r with
 * a probability of 1/r^s, divided by the sum of all these.
 */
final class Zipf {

    /** Of each rank, the probability of it and all below. */
    private final double[] upTo;

    /**
     * @param things how many there are
     * @param exponent s
     */
    Zipf(int things, double exponent) {
        upTo = new double[things];
        var sum = 0.0;
        for (var rank = 1; rank <= things; rank++) {
            sum += 1 / Math.pow(rank, exponent);
            upTo[rank - 1] = sum;
        }
        for (var i = 0; i < things; i++) {
            upTo[i] /= sum;
        }
    }

    /** A rank, from 1 up. */
    int draw(RandomGenerator random) {
        var found = Arrays.binarySearch(upTo, random.nextDouble());
        // Between two of them the insertion point counts; what equals one belongs to the next.
        return Math.min(upTo.length, (found < 0 ? -found - 1 : found + 1) + 1);
    }

    /** Which share of all draws the first so many ranks get: what a cache of that size can do at best. */
    double shareOfFirst(int ranks) {
        return upTo[ranks - 1];
    }
}
