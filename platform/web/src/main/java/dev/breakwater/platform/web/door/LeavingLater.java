package dev.breakwater.platform.web.door;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

/** For a call that goes on when its thread has returned: its place is free when it is complete. */
record LeavingLater(DoorFilter.Visit visit) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
        visit.end(((HttpServletResponse) event.getSuppliedResponse()).getStatus());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // It is completed after that.
    }

    @Override
    public void onError(AsyncEvent event) {
        // It is completed after that.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Begun again by a dispatch, which forgets its listeners.
        event.getAsyncContext().addListener(this, event.getSuppliedRequest(), event.getSuppliedResponse());
    }
}
