package dev.breakwater.platform.web.security;

/** Tokens that were verified lately. */
public interface RememberedTokens {

    /**
     * Whether the token need not be verified again. It may have expired since; nothing is allowed by this alone.
     *
     * @param authorization the header, as it came
     */
    boolean remembers(String authorization);
}
