package dev.breakwater.platform.caching;

/** Another caller loads the same key, and does not come to an end. */
public class LoadTimedOutException extends RuntimeException {

    LoadTimedOutException(String key) {
        super("not loaded in time key=" + key);
    }
}
