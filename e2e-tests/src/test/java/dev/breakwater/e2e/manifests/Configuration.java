package dev.breakwater.e2e.manifests;

import dev.breakwater.e2e.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The variables that a service reads, as its configuration files name them. */
final class Configuration {

    /** Read by the JVM and by Spring Boot, whatever the service. */
    private static final Set<String> EVERYBODYS =
            Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "SPRING_PROFILES_ACTIVE");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");
    private static final Pattern IMPORT = Pattern.compile("classpath:platform/([a-z]+)\\.yaml");
    private static final Pattern IN_JAVA = Pattern.compile("\"([A-Z][A-Z0-9_]+)\"");

    private Configuration() {}

    /** @param service as its module is called */
    static Set<String> variables(String service) {
        var names = new TreeSet<>(EVERYBODYS);
        if (service.equals("bank-simulator")) {
            // It has no configuration files, and one class that reads its environment.
            collect(IN_JAVA, file(service + "/src/main/java/dev/breakwater/bank/Settings.java"), names);
            return names;
        }
        var own = file(service + "/src/main/resources/application.yaml");
        collect(PLACEHOLDER, own, names);
        var imported = new TreeSet<String>();
        collect(IMPORT, own, imported);
        for (var part : imported) {
            // The file of what changes is the caches'.
            var module = part.equals("changes") ? "caching" : part;
            collect(
                    PLACEHOLDER,
                    file("platform/%s/src/main/resources/platform/%s.yaml".formatted(module, part)),
                    names);
        }
        return names;
    }

    /** @param path within the repository */
    static String file(String path) {
        try {
            return Files.readString(Suite.repository().resolve(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void collect(Pattern pattern, String text, Set<String> into) {
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            into.add(matcher.group(1));
        }
    }
}
