import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks (`check`) or rewrites (`apply`) the format of every Java source below a folder; exits with 1 when a check finds one to rewrite. */
void main(String[] args) throws Exception {
    var apply = args[0].equals("apply");
    var root = Path.of(args[1]).toRealPath();
    var style = JavaFormatterOptions.Style.PALANTIR;
    var formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(style).formatJavadoc(true).build());

    List<Path> sources;
    try (var files = Files.walk(root)) {
        sources = files.filter(file -> file.toString().endsWith(".java"))
                .filter(file -> file.toString().contains("/src/") && !file.toString().contains("/target/"))
                .toList();
    }
    var unformatted = new ArrayList<Path>();
    for (var source : sources) {
        var before = Files.readString(source);
        var after = formatter.formatSource(
                ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(before), style));
        if (!after.equals(before)) {
            unformatted.add(root.relativize(source));
            if (apply) {
                Files.writeString(source, after);
            }
        }
    }
    if (!apply && !unformatted.isEmpty()) {
        System.err.println("These files are not formatted; `./mvnw -q -pl formatter validate -Dformat=apply` does it:");
        unformatted.forEach(file -> System.err.println("  " + file));
        System.exit(1);
    }
}
