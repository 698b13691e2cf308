package dev.breakwater.demo.suite;

import dev.breakwater.platform.servers.Program;
import java.util.List;
import java.util.function.Supplier;

/**
 * One process of the suite.
 *
 * @param name {@code mariadb}, {@code gateway-service}, or {@code order-service/2} where there are several
 * @param ports all that it listens on, the one to name first
 * @param stage members of a higher stage are ended first
 * @param needs what must serve before it is started: members by name, or services by artifact
 * @param program prepares its data and says how to run it
 */
public record Member(String name, List<Integer> ports, int stage, List<String> needs, Supplier<Program> program) {

    public int port() {
        return ports.getFirst();
    }

    /** The name without the instance. */
    public String kind() {
        var slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** True for the exact name, or for the kind, or for the kind without its last part: {@code order}, {@code bank}. */
    public boolean isMeantBy(String given) {
        var slash = given.indexOf('/');
        var kind = slash < 0 ? given : given.substring(0, slash);
        var sameKind = kind().equals(kind) || kind().startsWith(kind + "-");
        return sameKind && (slash < 0 || name.equals(kind() + given.substring(slash)));
    }

    /** The name as part of a file name. */
    public String fileName() {
        return name.replace('/', '-');
    }
}
