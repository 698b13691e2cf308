package dev.breakwater.platform.persistence;

import com.fasterxml.uuid.impl.UUIDUtil;
import java.util.UUID;

/** A UUID as the 16 bytes of a BINARY(16) column; a v7 then sorts by time, also as a primary key. */
public final class BinaryUuid {

    private BinaryUuid() {}

    public static byte[] toBytes(UUID id) {
        return UUIDUtil.asByteArray(id);
    }

    public static UUID fromBytes(byte[] bytes) {
        return UUIDUtil.uuid(bytes);
    }
}
