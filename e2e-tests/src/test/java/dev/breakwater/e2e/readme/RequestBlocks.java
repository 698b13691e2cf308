package dev.breakwater.e2e.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The shell blocks of a document between {@code requests:start} and {@code requests:end}, each with what it expects.
 */
record RequestBlocks(List<Block> blocks) {

    private static final Pattern BLOCK = Pattern.compile("<!-- expect: (\\w+) -->\\s*```sh\\n(.*?)```", Pattern.DOTALL);

    /** @param expected the HTTP status, or {@code none} for a block that only sets variables */
    record Block(String expected, String commands) {

        /** Method and path of the only request in it, with {@code {}} for each variable. */
        String request() {
            var method = Pattern.compile("-X (\\w+)").matcher(commands);
            var address = Pattern.compile("http://localhost:8080([^'\"\\s]*)").matcher(commands);
            if (!address.find()) {
                throw new IllegalStateException("no request in " + commands);
            }
            var verb = method.find() ? method.group(1) : commands.contains(" -d ") ? "POST" : "GET";
            return verb + " " + address.group(1).replaceAll("\\$\\{?\\w+}?", "{}");
        }
    }

    static RequestBlocks of(Path document) throws IOException {
        var text = Files.readString(document);
        var from = text.indexOf("<!-- requests:start -->");
        var to = text.indexOf("<!-- requests:end -->");
        if (from < 0 || to < from) {
            throw new IllegalStateException("no requests in " + document);
        }
        var blocks = new ArrayList<Block>();
        var found = BLOCK.matcher(text.substring(from, to));
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2)));
        }
        var fences = text.substring(from, to).split("```sh", -1).length - 1;
        if (fences != blocks.size()) {
            throw new IllegalStateException("%d of %d blocks in %s do not say what they expect"
                    .formatted(fences - blocks.size(), fences, document));
        }
        return new RequestBlocks(blocks);
    }

    /** Those that are requests to look at, not preparations. */
    List<Block> withStatus() {
        return blocks.stream().filter(block -> !block.expected().equals("none")).toList();
    }
}
