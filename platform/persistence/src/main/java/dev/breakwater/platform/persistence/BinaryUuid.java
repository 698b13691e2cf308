package dev.breakwater.platform.persistence;

import com.fasterxml.uuid.impl.UUIDUtil;
import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;

/** A UUID as the 16 bytes of a BINARY(16) column; a v7 then sorts by time, also as a primary key. */
public final class BinaryUuid {

    /** The order of the bytes, which is the database's; that of {@link UUID#compareTo} is another for some. */
    public static final Comparator<UUID> ORDER = Comparator.comparing(BinaryUuid::toBytes, Arrays::compareUnsigned);

    private BinaryUuid() {}

    public static byte[] toBytes(UUID id) {
        return UUIDUtil.asByteArray(id);
    }

    public static UUID fromBytes(byte[] bytes) {
        return UUIDUtil.uuid(bytes);
    }
}
