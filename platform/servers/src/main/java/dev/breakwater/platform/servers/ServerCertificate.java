package dev.breakwater.platform.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a server shows of itself over TLS, in files of PEM.
 *
 * @param chain its certificate, and those above it
 * @param key its private key, without a password
 * @param authority the certificate that everybody is told to believe
 */
public record ServerCertificate(Path chain, Path key, Path authority) {

    /** Makes connections to whoever shows a certificate of the authority. */
    SSLSocketFactory trusted() {
        try (var in = Files.newInputStream(authority)) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, managers.getTrustManagers(), new SecureRandom());
            return tls.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificate %s cannot be used.".formatted(authority), e);
        }
    }
}
