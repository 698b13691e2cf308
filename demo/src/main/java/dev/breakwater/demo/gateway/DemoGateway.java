package dev.breakwater.demo.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The few calls that launcher and checker make; with the JDK's old client, which costs a small process the least. */
public final class DemoGateway {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 15_000;
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final String url;

    public DemoGateway(String url) {
        this.url = url;
    }

    /** A status and what came with it. */
    public record Answer(int status, String body) {}

    /** A token of the demo. Throws {@link IOException} when there is none to be had. */
    public String token(String customer, String role) throws IOException {
        var body = "{\"customer\":\"%s\",\"roles\":[\"%s\"]}".formatted(customer, role);
        var answer = call("POST", "/demo/token", "", body);
        var token = ACCESS_TOKEN.matcher(answer.body());
        if (answer.status() != HttpURLConnection.HTTP_OK || !token.find()) {
            throw new IOException("the gateway mints no token (%d)".formatted(answer.status()));
        }
        return token.group(1);
    }

    public int status(String path, String token) throws IOException {
        return get(path, token).status();
    }

    /** An empty token is not sent. */
    public Answer get(String path, String token) throws IOException {
        return call("GET", path, token, "");
    }

    private Answer call(String method, String path, String token, String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        connection.setRequestMethod(method);
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            try (var out = connection.getOutputStream()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        }
        var status = connection.getResponseCode();
        @Nullable InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (in == null) {
            return new Answer(status, "");
        }
        try (in) {
            return new Answer(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
