package dev.breakwater.platform.loadbalancing.strategies;

/** Hashes that are the same in every process. */
public final class Hashes {

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final double TO_FRACTION = 0x1p-53;

    private Hashes() {}

    /** FNV-1a (Fowler, Noll, Vo) over the characters, and {@link #mixed} for its weak upper bits. */
    public static long of(String text) {
        var hash = FNV_BASIS;
        for (var i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /** One to one, each bit of the result depending on all: variant 13 of Stafford's finalizers, as in SplitMix64. */
    static long mixed(long value) {
        var mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to below 1. */
    static double fraction(long hash) {
        return (hash >>> 11) * TO_FRACTION;
    }

    /** From 0 to below {@code bound}, from the upper half. */
    static int bounded(long random, int bound) {
        return (int) (((random >>> Integer.SIZE) * bound) >>> Integer.SIZE);
    }
}
