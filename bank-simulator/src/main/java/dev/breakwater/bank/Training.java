package dev.breakwater.bank;

import dev.breakwater.bank.charge.ChargeCalls;
import dev.breakwater.bank.charge.Charges;
import dev.breakwater.bank.database.Database;
import dev.breakwater.bank.http.ApiKey;
import dev.breakwater.bank.http.Channels;
import dev.breakwater.bank.http.HttpFront;
import dev.breakwater.bank.ledger.Ledger;
import dev.breakwater.bank.operations.Operations;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Runs through what a start and a charge load, without a database, for an AOT cache. */
final class Training {

    private static final Duration NOT_AT_ALL = Duration.ofMillis(-1);

    private Training() {}

    static void run() throws IOException {
        // Port 9 discards: nothing listens, so the driver is loaded and the connection refused at once.
        try (Database database = new Database("jdbc:mysql://127.0.0.1:9/bank", "bank", "none", 1, NOT_AT_ALL)) {
            ChargeCalls charges = new ChargeCalls(
                    new Charges(database, new Ledger(database)),
                    new Channels(List.of("harbour")),
                    time -> true,
                    Duration.ZERO,
                    Duration.ZERO,
                    new Operations(database)::count);
            try (HttpFront front = new HttpFront("127.0.0.1", 0, charges.routes(), ApiKey.none())) {
                call(front.port());
            }
        }
    }

    private static void call(int port) throws IOException {
        String body = """
                {"key": "k", "reference": "r", "amountMinor": 1, "currency": "CNY", "token": "tok_ok"}""";
        String request =
                "POST /channels/harbour/charges HTTP/1.1\r\nHost: bank\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream answer = socket.getInputStream();
            answer.readAllBytes();
        }
    }
}
