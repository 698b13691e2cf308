package dev.breakwater.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder on the class path, whether it lies in a jar or in a directory of classes. */
final class ClassPathFolder implements AutoCloseable {

    private final Path root;
    private final @Nullable FileSystem jar;

    private ClassPathFolder(Path root, @Nullable FileSystem jar) {
        this.root = root;
        this.jar = jar;
    }

    /** The folder that holds the named resource. */
    static ClassPathFolder around(String resource) {
        var url = ClassPathFolder.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new CannotStartException("The class path lacks %s; run ./mvnw package.".formatted(resource));
        }
        try {
            return open(url);
        } catch (IOException | URISyntaxException e) {
            throw new CannotStartException("%s cannot be read: %s.".formatted(url, e.getMessage()), e);
        }
    }

    private static ClassPathFolder open(URL url) throws IOException, URISyntaxException {
        if (!url.getProtocol().equals("jar")) {
            return new ClassPathFolder(Path.of(url.toURI()).resolveSibling("").normalize(), null);
        }
        var connection = (JarURLConnection) url.openConnection();
        var jar = FileSystems.newFileSystem(
                Path.of(URI.create(connection.getJarFileURL().toString())), Map.of());
        var entry = jar.getPath("/" + connection.getEntryName());
        return new ClassPathFolder(entry.resolveSibling("").normalize(), jar);
    }

    ClassPathFolder parent() {
        var parent = root.getParent();
        return new ClassPathFolder(parent == null ? root : parent, jar);
    }

    /** The files below, as paths relative to this folder. */
    List<Path> files(Predicate<String> wanted) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(path -> wanted.test(path.toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isSameSize(Path relative, Path copy) throws IOException {
        return Files.isRegularFile(copy) && Files.size(copy) == Files.size(root.resolve(relative));
    }

    void copy(Path relative, Path target) throws IOException {
        Files.createDirectories(target.resolveSibling(""));
        Files.copy(root.resolve(relative), target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }
}
