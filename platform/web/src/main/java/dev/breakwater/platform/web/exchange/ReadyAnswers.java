package dev.breakwater.platform.web.exchange;

import org.jspecify.annotations.Nullable;

/** Where answers to public reads are that need not be made any more. */
@FunctionalInterface
public interface ReadyAnswers {

    /**
     * What to say to a GET or HEAD without a token that accepts JSON, if that is known; null lets the call go its usual
     * way. Must not wait for anybody.
     *
     * @param name what stands last in the path, as it came: neither decoded nor checked
     */
    @Nullable
    Ready find(String name);
}
