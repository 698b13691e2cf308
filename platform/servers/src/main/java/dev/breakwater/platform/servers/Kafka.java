package dev.breakwater.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Kafka 4.2 as broker and controller in one small JVM (KRaft). */
public final class Kafka {

    private static final List<String> SMALL_JVM = List.of(
            "-Xms48m",
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=48m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.utils.AppInfoParser=error",
            "-Djava.awt.headless=true");

    private static final String TOPICS = "topics";

    private final ServerCache cache;
    private final String version;
    private final Path jars;

    public Kafka(ServerCache cache) {
        this.cache = cache;
        try (var source = ClassPathFolder.around("dev/breakwater/platform/servers/kafka/carried")) {
            var broker = source.files(name -> name.startsWith("kafka_2.13-"))
                    .getFirst()
                    .toString();
            version = broker.substring("kafka_2.13-".length(), broker.length() - ".jar".length());
            jars = cache.unpacked("kafka-" + version, source, name -> name.endsWith(".jar"));
        } catch (IOException e) {
            throw new CannotStartException("Kafka cannot be unpacked: %s.".formatted(e.getMessage()), e);
        }
    }

    /** Uses the data in {@code data}, or a freshly formatted folder when there is none. */
    public Program program(Path data, int port, int controllerPort) {
        return program(
                data,
                port,
                settings(data.resolve(TOPICS), "PLAINTEXT", port, controllerPort),
                Readiness::answersKafkaApiVersions);
    }

    /** Answers over TLS alone. */
    public Program program(Path data, int port, int controllerPort, ServerCertificate certificate) {
        var identity = data.resolve("identity.pem");
        try {
            Files.writeString(identity, Files.readString(certificate.key()) + Files.readString(certificate.chain()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var settings = settings(data.resolve(TOPICS), "SSL", port, controllerPort)
                + """

                # Said by itself only where no listener has TLS.
                listener.security.protocol.map=SSL:SSL,CONTROLLER:PLAINTEXT
                security.inter.broker.protocol=SSL
                ssl.keystore.type=PEM
                ssl.keystore.location=%s
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                """.formatted(identity, certificate.authority());
        return program(data, port, settings, Readiness.overTls(certificate, Readiness::answersKafkaApiVersions));
    }

    private Program program(Path data, int port, String settings, Readiness readiness) {
        var topics = data.resolve(TOPICS);
        var properties = data.resolve("server.properties");
        var template = cache.entry("kafka-" + version + "-empty", this::format);
        try {
            if (!Files.exists(topics)) {
                Folders.copyWhole(template.resolve(TOPICS), topics);
            }
            Files.writeString(properties, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(java());
        if (Files.exists(aotCache())) {
            command.add("-XX:AOTCache=" + aotCache());
        }
        command.addAll(List.of("-cp", classPath(), "kafka.Kafka", properties.toString()));
        return new Program("kafka", port, command, Map.of(), data, readiness, Duration.ofSeconds(15));
    }

    /** True when {@link #trainAotCache} has nothing left to do. */
    public boolean hasAotCache() {
        return Files.exists(aotCache());
    }

    /** Makes the JDK's ahead-of-time cache from one start on the given free ports: later starts take half as long. */
    public void trainAotCache(int port, int controllerPort) {
        cache.entry(aotCache().getFileName().toString(), part -> {
            var data = Files.createTempDirectory("breakwater-kafka-training");
            try {
                var program = program(data, port, controllerPort);
                var command = new ArrayList<>(program.command());
                command.add(1, "-XX:AOTCacheOutput=" + part);
                var training = new Program(
                        "kafka (training)", port, command, Map.of(), data, program.readiness(), Duration.ofMinutes(2));
                try (var process = new LocalProcess(training, data.resolve("training.log"))) {
                    process.start().awaitReady(Duration.ofMinutes(1));
                }
                if (!Files.exists(part)) {
                    throw new IOException(
                            "the training run left no cache; " + Files.readString(data.resolve("training.log")));
                }
            } finally {
                Folders.delete(data);
            }
        });
    }

    private void format(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var topics = folder.resolve(TOPICS);
        var properties = folder.resolve("server.properties");
        Files.writeString(properties, settings(topics, "PLAINTEXT", 19092, 19093));
        var log = folder.resolve("format.log");
        var command = new ArrayList<>(java());
        command.addAll(List.of(
                "-cp",
                classPath(),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                "YnJlYWt3YXRlci1kZW1vLQ",
                "--config",
                properties.toString()));
        var format = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!format.waitFor(1, TimeUnit.MINUTES) || format.exitValue() != 0) {
            format.destroyForcibly();
            throw new CannotStartException("Kafka's storage cannot be formatted:\n" + Files.readString(log));
        }
    }

    /** A static quorum of one: it names no port in the formatted folder, which is therefore good for any. */
    private static String settings(Path topics, String protocol, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=%4$s://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=%4$s://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s

                # The suite declares its topics; a misspelt one shall fail, not come into being.
                auto.create.topics.enable=false
                num.partitions=6
                default.replication.factor=1
                offsets.topic.num.partitions=3
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1

                # A consumer that starts, or that died, is noticed soon.
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                group.consumer.min.session.timeout.ms=1000
                group.consumer.min.heartbeat.interval.ms=300

                # One broker on a laptop: few threads, little memory.
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                num.recovery.threads.per.data.dir=1
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=4194304
                log.index.size.max.bytes=1048576
                log.segment.bytes=67108864
                metadata.log.segment.bytes=8388608
                """.formatted(port, controllerPort, topics, protocol);
    }

    private static List<String> java() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_JVM);
        return command;
    }

    /** In a fixed order: an ahead-of-time cache is valid for one class path only. */
    private String classPath() {
        try (var all = Files.list(jars)) {
            return String.join(
                    ":",
                    all.map(Path::toString)
                            .filter(name -> name.endsWith(".jar"))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Named after the JVM, too: a cache made by another build is not accepted by this one. */
    private Path aotCache() {
        return cache.root().resolve("kafka-%s-%s.aot".formatted(version, Runtime.version()));
    }
}
