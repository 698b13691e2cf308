package dev.breakwater.order.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The first half of a SHA-256, in the form that a BINARY(16) column and a key of Redis keep. */
public final class Digest {

    private Digest() {}

    public static UUID of(String text) {
        try {
            return of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param sha256 the whole digest */
    public static UUID of(byte[] sha256) {
        var bytes = ByteBuffer.wrap(sha256);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
