package dev.breakwater.platform.servers;

import java.util.Locale;

/** The machines for which the servers' binaries exist in Maven Central, and what those binaries are called there. */
public enum Platform {
    LINUX_X86_64("linux", "linux-amd64"),
    MACOS_ARM64("osx", "darwin-arm64");

    private final String mariaDbFolder;
    private final String redisSuffix;

    Platform(String mariaDbFolder, String redisSuffix) {
        this.mariaDbFolder = mariaDbFolder;
        this.redisSuffix = redisSuffix;
    }

    /** Throws {@link CannotStartException} on a machine without binaries. */
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String os, String architecture) {
        var system = os.toLowerCase(Locale.ROOT);
        var arm = architecture.equals("aarch64");
        var x86 = architecture.equals("amd64") || architecture.equals("x86_64");
        if (system.startsWith("linux") && x86) {
            return LINUX_X86_64;
        }
        if (system.startsWith("mac") && arm) {
            return MACOS_ARM64;
        }
        throw new CannotStartException(
                "There are no MariaDB and Redis binaries for %s on %s; Linux x86-64 and macOS arm64 have them."
                        .formatted(os, architecture));
    }

    String mariaDbFolder() {
        return mariaDbFolder;
    }

    String redisSuffix() {
        return redisSuffix;
    }
}
