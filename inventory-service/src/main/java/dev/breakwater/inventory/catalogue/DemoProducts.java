package dev.breakwater.inventory.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Thinks up products. The one with a given number is always the same, whatever was asked for before it. */
final class DemoProducts {

    private static final long SEED = 20_261_120;

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private static final List<String> LINES = List.of(
            "Harbour",
            "Mole",
            "Tide",
            "Lantern",
            "Skerry",
            "Anchor",
            "Gull",
            "Spindrift",
            "Bollard",
            "Causeway",
            "Estuary",
            "Marram",
            "Shingle",
            "Beacon",
            "Keel",
            "Sextant",
            "Halyard",
            "Lagoon",
            "Pier",
            "Driftwood");

    private static final List<String> PRAISE = List.of(
            "Made to be used every day and to look better for it.",
            "Small batches, plain lines, nothing to go out of fashion.",
            "Tested by people who break things for a living.",
            "Packed without plastic and easy to repair.",
            "The one you stop noticing because it simply works.",
            "A good first one, and for many the last.");

    private static final List<String> EDITIONS = List.of("", ", small", ", large", ", set of two", ", gift box");

    private DemoProducts() {}

    /** @param number from 1 up */
    static DemoProduct number(int number) {
        var random = GENERATORS.create(SEED + number);
        var category = DemoCategory.ALL.get((number - 1) % DemoCategory.ALL.size());
        var thing = pick(category.things(), random);
        var material = pick(category.materials(), random);
        var line = pick(LINES, random);
        return new DemoProduct(
                "SKU-%06d".formatted(number),
                line + " " + material + " " + thing + pick(EDITIONS, random),
                "The %s in %s from our %s line. %s"
                        .formatted(
                                thing.toLowerCase(Locale.ROOT),
                                material.toLowerCase(Locale.ROOT),
                                line,
                                pick(PRAISE, random)),
                category.name(),
                price(category, random));
    }

    /** Most things are cheap, a few are dear; prices end in 9 yuan as shops like it. */
    private static long price(DemoCategory category, RandomGenerator random) {
        var share = Math.pow(random.nextDouble(), 3);
        var minor = category.cheapest() + Math.round(share * (category.dearest() - category.cheapest()));
        return Math.max(category.cheapest(), minor / 1_000 * 1_000 - 100);
    }

    private static String pick(List<String> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }
}
