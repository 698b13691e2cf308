package dev.breakwater.order.watching;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** One open stream as its client reads it, line by line. */
final class Stream implements Flow.Subscriber<String> {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Void>> ended;

    Stream(HttpRequest request) {
        ended = HTTP.sendAsync(request, BodyHandlers.fromLineSubscriber(this));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The statuses that were told so far. */
    List<String> statuses() {
        return lines.stream()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1"))
                .toList();
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    HttpResponse<Void> answer() {
        return ended.join();
    }

    void leave() {
        ended.cancel(true);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        lines.add("broken off: " + failure);
    }

    @Override
    public void onComplete() {
        lines.add("end");
    }
}
