package dev.breakwater.platform.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is to be run: a command that listens on a loopback port.
 *
 * @param environment set in addition to what is inherited
 * @param directory where it runs
 * @param stopsWithin how long it may take to stop when asked to, before it is killed
 */
public record Program(
        String name,
        int port,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Readiness readiness,
        Duration stopsWithin) {}
