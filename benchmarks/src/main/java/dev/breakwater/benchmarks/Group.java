package dev.breakwater.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured by one command.
 *
 * @param name of the command, and of the file with its kept figures
 * @param description what {@code --help} says of it
 * @param conditions what holds for all of its figures, told above them
 * @param benchmarks in the order in which they run
 * @param trials in the order in which they run, after the benchmarks
 * @param settle waits before each round until what the one before left to do is done
 */
record Group(
        String name,
        String description,
        String conditions,
        List<Benchmark> benchmarks,
        List<Trial> trials,
        Runnable settle) {

    List<String> names() {
        return Stream.concat(
                        benchmarks.stream().map(Benchmark::name),
                        trials.stream().map(Trial::name))
                .toList();
    }
}
