package dev.breakwater.platform.web.exchange;

/**
 * What Tomcat may hold of a heap: a quarter of it for connections, and a quarter for requests that are worked on.
 *
 * <p>By the class histogram of a gateway that had run full at 8,192 connections and 6,285 requests, a connection takes
 * 17 KB (two buffers of 8 KB) and a request 42 KB more (its processor's buffers, the connector's, a virtual thread's
 * stack), to which its onward call adds two buffers.
 *
 * @param bytes of the whole heap
 */
public record HeapRoom(long bytes) {

    private static final int PARTS = 4;
    private static final int CONNECTION = 17 * 1_024;
    private static final int REQUEST = 64 * 1_024;

    /** That of this process. */
    public static HeapRoom ofThisProcess() {
        return new HeapRoom(Runtime.getRuntime().maxMemory());
    }

    /** For how many connections there is room. */
    public int connections() {
        return fitting(CONNECTION);
    }

    /** For how many requests at a time there is room. */
    public int requests() {
        return fitting(REQUEST);
    }

    private int fitting(int each) {
        return Math.toIntExact(Math.clamp(bytes / PARTS / each, 1, Integer.MAX_VALUE));
    }
}
