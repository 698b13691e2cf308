package dev.breakwater.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.platform.servers.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of the tests, known to nobody else, with a certificate for servers on this machine. */
public final class TestAuthority {

    public static final String TRUST_STORE_PASSWORD = "trust-of-the-tests";

    private static final String PASSWORD = "changeit";
    private static final String CA = "authority";
    private static final String SERVER = "server";

    private final ServerCertificate server;
    private final Path trustStore;

    /** With files in {@code folder}, which must exist. */
    TestAuthority(Path folder) {
        var keys = folder.resolve("keys.p12");
        keytool(keys, CA, "-dname", "CN=Authority of the tests", "-ext", "bc:c", "-ext", "ku=keyCertSign");
        keytool(keys, SERVER, "-dname", "CN=localhost", "-signer", CA, "-ext", "san=dns:localhost,ip:127.0.0.1");
        trustStore = folder.resolve("trust.p12");
        server = new ServerCertificate(
                folder.resolve("server.pem"), folder.resolve("server.key"), folder.resolve("authority.pem"));
        try (var in = Files.newInputStream(keys)) {
            write(store(in));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificates of the tests cannot be made.", e);
        }
    }

    /** For {@code localhost} and 127.0.0.1. */
    public ServerCertificate server() {
        return server;
    }

    /** A PKCS12 file with the authority in it, in the form of an address. */
    public String trustStore() {
        return trustStore.toUri().toString();
    }

    private static KeyStore store(InputStream in) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(in, PASSWORD.toCharArray());
        return store;
    }

    private void write(KeyStore keys) throws IOException, GeneralSecurityException {
        var chain = new StringBuilder();
        for (var certificate : keys.getCertificateChain(SERVER)) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        Files.writeString(server.chain(), chain);
        Files.writeString(
                server.key(),
                pem("PRIVATE KEY", keys.getKey(SERVER, PASSWORD.toCharArray()).getEncoded()));
        var authority = keys.getCertificate(CA);
        Files.writeString(server.authority(), pem("CERTIFICATE", authority.getEncoded()));
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(CA, authority);
        try (var out = Files.newOutputStream(trustStore)) {
            trust.store(out, TRUST_STORE_PASSWORD.toCharArray());
        }
    }

    private static String pem(String kind, byte[] content) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text);
    }

    private static void keytool(Path keys, String alias, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        try {
            var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool says: " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException("keytool cannot be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }
}
