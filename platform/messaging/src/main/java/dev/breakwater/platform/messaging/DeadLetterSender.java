package dev.breakwater.platform.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/** Puts a record aside, as it came, with the reason; {@code ./breakwater dead-letters replay} brings it back. */
class DeadLetterSender {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterSender.class);
    private static final int LONGEST_CAUSE = 1_000;

    private final KafkaTemplate<String, byte[]> kafka;

    DeadLetterSender(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when Kafka has acknowledged it.
     *
     * @throws KafkaException when it has not: the record is then to be consumed again
     */
    void send(ConsumerRecord<String, byte[]> kafkaRecord, RuntimeException cause) {
        log.error(
                "dead letter topic={} partition={} offset={} cause={}",
                kafkaRecord.topic(),
                kafkaRecord.partition(),
                kafkaRecord.offset(),
                cause.toString());
        var why = String.valueOf(cause);
        var letter = new ProducerRecord<>(
                Topics.deadLetters(kafkaRecord.topic()),
                null,
                kafkaRecord.key(),
                kafkaRecord.value(),
                kafkaRecord.headers());
        letter.headers().remove(Headers.DEAD_TOPIC).remove(Headers.DEAD_CAUSE);
        letter.headers().add(Headers.DEAD_TOPIC, kafkaRecord.topic().getBytes(UTF_8));
        letter.headers()
                .add(
                        Headers.DEAD_CAUSE,
                        why.substring(0, Math.min(LONGEST_CAUSE, why.length())).getBytes(UTF_8));
        try {
            kafka.send(letter).get();
        } catch (ExecutionException e) {
            throw new KafkaException("dead letter not written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while a dead letter was written", e);
        }
    }
}
