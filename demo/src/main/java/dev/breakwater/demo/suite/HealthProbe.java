package dev.breakwater.demo.suite;

import dev.breakwater.platform.servers.Readiness;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** A service is ready when its actuator says so, on a port of its own. */
record HealthProbe(int actuatorPort) implements Readiness {

    @Override
    public boolean isReady(int port) throws IOException {
        var url = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(actuatorPort))
                .toURL();
        var connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
