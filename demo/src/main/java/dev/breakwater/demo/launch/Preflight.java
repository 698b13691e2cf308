package dev.breakwater.demo.launch;

import dev.breakwater.demo.suite.Member;
import dev.breakwater.platform.servers.CannotStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What must be so before anything is started; each lack is one sentence. */
final class Preflight {

    private static final long NEEDED_DISK_MEBIBYTES = 1_500;

    private Preflight() {}

    static void check(List<Member> members, int neededMegabytes, List<Path> disks) {
        for (var member : members) {
            for (var port : member.ports()) {
                checkPort(member, port);
            }
        }
        var available = Memory.available();
        if (available.isPresent() && available.getAsLong() / 1024 < neededMegabytes) {
            throw new CannotStartException(String.format(
                    Locale.ROOT,
                    "Breakwater needs about %.1f GiB of free memory and there are %.1f GiB; close something, or try --lite.",
                    neededMegabytes / 1024.0,
                    available.getAsLong() / 1024.0 / 1024.0));
        }
        disks.forEach(Preflight::checkDisk);
    }

    private static void checkPort(Member member, int port) {
        if (port > 65_535) {
            throw new CannotStartException(
                    "%s would listen on port %d, which is more than 65535; take a smaller --port-offset."
                            .formatted(member.name(), port));
        }
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new CannotStartException(
                    "Port %d, which %s needs, is in use%s; end that, or move all ports with --port-offset 100."
                            .formatted(
                                    port,
                                    member.name(),
                                    PortOwner.of(port).map(" by "::concat).orElse("")),
                    e);
        }
    }

    private static void checkDisk(Path folder) {
        try {
            Files.createDirectories(folder);
            var free = Files.getFileStore(folder).getUsableSpace() / 1024 / 1024;
            if (free < NEEDED_DISK_MEBIBYTES) {
                throw new CannotStartException("Breakwater needs %d MiB of free disk space in %s and there are %d MiB."
                        .formatted(NEEDED_DISK_MEBIBYTES, folder, free));
            }
        } catch (IOException e) {
            throw new CannotStartException("%s cannot be written to: %s.".formatted(folder, e.getMessage()), e);
        }
    }
}
