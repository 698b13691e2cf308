package dev.breakwater.platform.overload;

import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A call that runs at most once, and what it said about the dependency. */
final class Work<T> extends FutureTask<T> {

    private final Function<? super T, Sample> judge;
    private volatile Sample sample = Sample.IGNORED;

    Work(Callable<T> call, Function<? super T, Sample> judge) {
        super(call);
        this.judge = judge;
    }

    /** Meant for after {@link #run()}. */
    Sample sample() {
        return isCancelled() ? Sample.IGNORED : sample;
    }

    @Override
    protected void set(T result) {
        try {
            sample = judge.apply(result);
        } catch (RuntimeException e) {
            setException(e);
            return;
        }
        super.set(result);
    }

    @Override
    protected void setException(Throwable cause) {
        sample = switch (cause) {
            case TimeoutException _, HttpTimeoutException _, SocketTimeoutException _ -> Sample.DROPPED;
            default -> Sample.IGNORED;
        };
        super.setException(cause);
    }
}
