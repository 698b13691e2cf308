package dev.breakwater.e2e.deployment;

import dev.breakwater.e2e.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The variables of its environment that a service reads: placeholders of its configuration, its properties in the form
 * that Spring Boot gives them in an environment, and what its JVM and Spring read by themselves.
 */
record KnownSettings(Set<String> names) {

    private static final List<String> OF_EVERYBODY = List.of("JDK_JAVA_OPTIONS", "SPRING_PROFILES_ACTIVE");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");
    private static final Pattern IMPORT = Pattern.compile("classpath:(platform/[a-z-]+\\.yaml)");
    /** The bank simulator is no Spring application: its settings are names in one class. */
    private static final Pattern NAME_IN_JAVA = Pattern.compile("\"([A-Z][A-Z0-9_]{3,})\"");

    static KnownSettings of(String module) throws IOException {
        var names = new HashSet<>(OF_EVERYBODY);
        var folder = Suite.repository().resolve(module).resolve("src/main");
        var application = folder.resolve("resources/application.yaml");
        if (Files.exists(application)) {
            add(application, names);
            var imported = IMPORT.matcher(Files.readString(application));
            while (imported.find()) {
                add(platform(imported.group(1)), names);
            }
        } else {
            var found =
                    NAME_IN_JAVA.matcher(Files.readString(folder.resolve("java/dev/breakwater/bank/Settings.java")));
            while (found.find()) {
                names.add(found.group(1));
            }
        }
        return new KnownSettings(names);
    }

    private static void add(Path file, Set<String> names) throws IOException {
        var placeholder = PLACEHOLDER.matcher(Files.readString(file));
        while (placeholder.find()) {
            names.add(placeholder.group(1));
        }
        for (var document : Yaml.documents(file)) {
            addProperties("", document, names);
        }
    }

    private static void addProperties(String parent, JsonNode node, Set<String> names) {
        node.properties().forEach(property -> {
            var name = (parent.isEmpty() ? "" : parent + ".") + property.getKey();
            if (property.getValue().isObject()) {
                addProperties(name, property.getValue(), names);
            } else {
                names.add(name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT));
            }
        });
    }

    private static Path platform(String resource) throws IOException {
        try (var modules = Files.list(Suite.repository().resolve("platform"))) {
            return modules.map(module -> module.resolve("src/main/resources").resolve(resource))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
