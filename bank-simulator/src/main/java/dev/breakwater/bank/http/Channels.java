package dev.breakwater.bank.http;

import java.util.List;

/** The acquirers this process plays. */
public record Channels(List<String> names) {

    /** The channel a path names. */
    public String in(Request request) {
        String channel = request.path("channel");
        if (!names.contains(channel)) {
            throw Rejection.notFound("channel_not_found", "There is no such channel.");
        }
        return channel;
    }
}
