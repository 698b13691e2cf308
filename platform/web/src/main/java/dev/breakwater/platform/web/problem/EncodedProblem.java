package dev.breakwater.platform.web.problem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A problem that is answered often: but for the path and the trace its body is always the same, and encoded once. */
public final class EncodedProblem {

    private static final String PATH = "(path)";
    private static final String TRACE = "(trace)";
    private static final String PLAIN = "-_.~/%";

    private final ProblemException problem;
    private final byte[] untilPath;
    private final byte[] untilTrace;
    private final byte[] rest;

    /** @throws IllegalArgumentException for a problem with field errors, which are another matter each time */
    public EncodedProblem(ProblemException problem) {
        if (!problem.errors().isEmpty()) {
            throw new IllegalArgumentException("a problem with field errors");
        }
        this.problem = problem;
        var body = new String(ProblemWriter.encoded(problem, PATH, TRACE), ISO_8859_1);
        var path = body.lastIndexOf(PATH);
        var trace = body.lastIndexOf(TRACE);
        untilPath = body.substring(0, path).getBytes(ISO_8859_1);
        untilTrace = body.substring(path + PATH.length(), trace).getBytes(ISO_8859_1);
        rest = body.substring(trace + TRACE.length()).getBytes(ISO_8859_1);
    }

    /** Writes it as the whole answer. */
    public void write(HttpServletResponse response, String path, String traceId) throws IOException {
        ProblemWriter.head(response, problem);
        var body = isPlain(path) ? assembled(path, traceId) : ProblemWriter.encoded(problem, path, traceId);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] assembled(String path, String traceId) {
        var length = untilPath.length + path.length() + untilTrace.length + traceId.length() + rest.length;
        return ByteBuffer.allocate(length)
                .put(untilPath)
                .put(path.getBytes(ISO_8859_1))
                .put(untilTrace)
                .put(traceId.getBytes(ISO_8859_1))
                .put(rest)
                .array();
    }

    /** Whether it stands in JSON as it is. */
    private static boolean isPlain(String path) {
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            var plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
