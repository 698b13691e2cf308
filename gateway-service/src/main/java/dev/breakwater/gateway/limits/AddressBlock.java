package dev.breakwater.gateway.limits;

import java.net.InetAddress;

/** Addresses that begin alike, in the notation of RFC 4632: {@code 10.0.0.0/8}, {@code fd00::/8}, or a single one. */
record AddressBlock(InetAddress first, int bits) {

    /** @throws IllegalArgumentException if it is none */
    static AddressBlock parse(String text) {
        var slash = text.indexOf('/');
        var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var all = address.getAddress().length * Byte.SIZE;
        var bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("no block of addresses: " + text);
        }
        return new AddressBlock(address, bits);
    }

    boolean contains(InetAddress address) {
        var one = first.getAddress();
        var other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (var bit = 0; bit < bits; bit += Byte.SIZE) {
            var compared = Math.min(Byte.SIZE, bits - bit);
            var differing = (one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & 0xff;
            if (differing >>> (Byte.SIZE - compared) != 0) {
                return false;
            }
        }
        return true;
    }
}
