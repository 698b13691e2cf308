package dev.breakwater.demo.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, however long it has become. */
final class LogTail {

    private static final int LONGEST = 256 * 1024;

    private LogTail() {}

    static List<String> lines(Path log, int count) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var length = (int) Math.min(file.length(), LONGEST);
            var bytes = new byte[length];
            file.seek(file.length() - length);
            file.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** For the end of a sentence. */
    static String quoted(Path log, int count) {
        var lines = lines(log, count);
        return lines.isEmpty() ? "" : " Its last lines:\n  " + String.join("\n  ", lines);
    }
}
