package dev.breakwater.bank.http;

/** RFC 9457 with the suite's stable {@code code}. */
record Problem(String type, String title, int status, String detail, String instance, String code) {

    static Problem of(int status, String code, String detail, String path) {
        return new Problem("about:blank", title(status), status, detail, path, code);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            default -> "Internal Server Error";
        };
    }
}
