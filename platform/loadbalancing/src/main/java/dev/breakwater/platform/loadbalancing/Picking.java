package dev.breakwater.platform.loadbalancing;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.HintRequestContext;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;

/** What a request says about where it wants to go, whichever of Spring's contexts, or ours, it says it in. */
record Picking(@Nullable Object context) {

    /** What Spring says where nobody gave a hint. */
    private static final String NO_HINT = "default";

    static Picking of(Request<?> request) {
        return new Picking(request.getContext());
    }

    /** The instance that the call was tried at before. */
    @Nullable
    ServiceInstance previous() {
        return context instanceof RetryableRequestContext retry ? retry.getPreviousServiceInstance() : null;
    }

    /** @param header where the key is looked for first */
    @Nullable
    String key(@Nullable String header) {
        var inHeader = header(header);
        if (inHeader != null) {
            return inHeader;
        }
        return context instanceof PickContext told && told.key() != null ? told.key() : hint();
    }

    /** @param header where the customer is looked for first */
    @Nullable
    String customer(@Nullable String header) {
        var inHeader = header(header);
        if (inHeader != null) {
            return inHeader;
        }
        return context instanceof PickContext told && told.customer() != null ? told.customer() : hint();
    }

    private @Nullable String header(@Nullable String name) {
        if (name == null || !(context instanceof RequestDataContext data)) {
            return null;
        }
        // Null for a caller that has no request yet, or made one without headers.
        var request = data.getClientRequest();
        var headers = request == null ? null : request.getHeaders();
        return headers == null ? null : headers.getFirst(name);
    }

    private @Nullable String hint() {
        var hint = context instanceof HintRequestContext hinted ? hinted.getHint() : null;
        return NO_HINT.equals(hint) ? null : hint;
    }
}
