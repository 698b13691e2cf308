package dev.breakwater.bank.http;

/** A call that is refused for its caller's fault, with the problem that says so. */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private Rejection(int status, String code, String detail) {
        // No stack trace: a refusal is an answer, not an accident.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    public static Rejection badRequest(String detail) {
        return new Rejection(400, "bad_request", detail);
    }

    public static Rejection notFound(String code, String detail) {
        return new Rejection(404, code, detail);
    }

    public static Rejection conflict(String code, String detail) {
        return new Rejection(409, code, detail);
    }

    static Rejection unauthorized() {
        return new Rejection(401, "unauthorized", "A valid API key is needed.");
    }

    static Rejection methodNotAllowed() {
        return new Rejection(405, "method_not_allowed", "This path does not know the method.");
    }

    static Rejection tooLarge() {
        return new Rejection(413, "body_too_large", "A body has at most 64 KiB.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
