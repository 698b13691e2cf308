package dev.breakwater.platform.overload.rate;

/** What becomes of a call, and who said so. */
public enum Decision {
    ADMITTED(true, true),
    REFUSED(false, true),
    /** By this instance's own share, since nobody could be asked. */
    ADMITTED_ALONE(true, false),
    REFUSED_ALONE(false, false);

    private final boolean admitted;
    private final boolean shared;

    Decision(boolean admitted, boolean shared) {
        this.admitted = admitted;
        this.shared = shared;
    }

    public boolean isAdmitted() {
        return admitted;
    }

    /** Whether it holds for all instances together. */
    public boolean isShared() {
        return shared;
    }
}
