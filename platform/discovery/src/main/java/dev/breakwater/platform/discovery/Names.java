package dev.breakwater.platform.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who knows the addresses of a host. */
@FunctionalInterface
interface Names {

    /**
     * @return at least one, in any order
     * @throws UnknownHostException when it has none, or when that cannot be told now: callers cannot tell these apart
     */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
