package dev.breakwater.platform.servers;

/** Something cannot be started; the message is one sentence for the person in front of the terminal. */
public final class CannotStartException extends RuntimeException {

    public CannotStartException(String sentence) {
        super(sentence);
    }

    public CannotStartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
