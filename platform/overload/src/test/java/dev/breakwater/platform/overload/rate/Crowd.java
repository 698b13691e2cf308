package dev.breakwater.platform.overload.rate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Instances that share a bucket in the memory of the test, in a time that it moves. */
final class Crowd implements Sharing {

    final AtomicLong now = new AtomicLong(1);
    private final TokenBucket bucket;
    private int sharers;
    private boolean possible = true;
    private int asked;

    Crowd(Rate rate, int sharers) {
        this.bucket = TokenBucket.full(rate.shared(), now.get());
        this.sharers = sharers;
    }

    LeasedBucket instance(Rate rate) {
        return new LeasedBucket(rate, this::take, this, now::get);
    }

    private CompletionStage<SharedBucket.Grant> take(long most) {
        asked++;
        if (!possible) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        var taken = 0L;
        while (taken < most && bucket.tryTake(now.get())) {
            taken++;
        }
        return CompletableFuture.completedFuture(new SharedBucket.Grant(taken, bucket.available(now.get())));
    }

    void pass(long millis) {
        now.addAndGet(millis * 1_000_000);
    }

    void goAway() {
        possible = false;
    }

    void comeBack() {
        possible = true;
    }

    void share(int with) {
        sharers = with;
    }

    int asked() {
        return asked;
    }

    @Override
    public boolean isPossible() {
        return possible;
    }

    @Override
    public int sharers() {
        return sharers;
    }

    @Override
    public void failed(Throwable cause) {
        possible = false;
    }
}
