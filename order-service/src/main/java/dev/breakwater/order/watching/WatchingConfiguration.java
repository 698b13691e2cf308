package dev.breakwater.order.watching;

import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Topics;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.transaction.TransactionException;

@Configuration(proxyBeanMethods = false)
class WatchingConfiguration {

    private static final Logger log = LoggerFactory.getLogger(WatchingConfiguration.class);
    /** What happened before somebody came he is told anyway. */
    private static final Duration BACK = Duration.ofSeconds(5);

    @Bean
    ChangeFeed orderNews(ConsumerFactory<String, byte[]> consumers, Watchers watchers) {
        var feed = new ChangeFeed(consumers, Topics.ORDER_NEWS, BACK);
        feed.listen(records -> {
            try {
                watchers.look(orderIds(records));
            } catch (DataAccessException | TransactionException e) {
                log.debug("news not followed cause={}", e.toString());
            }
        });
        return feed;
    }

    private static LinkedHashSet<UUID> orderIds(List<ConsumerRecord<String, byte[]>> records) {
        var orderIds = new LinkedHashSet<UUID>();
        for (var kafkaRecord : records) {
            try {
                orderIds.addAll(OrdersMoved.orderIds(kafkaRecord));
            } catch (InvalidMessageException e) {
                log.error("news skipped offset={} cause={}", kafkaRecord.offset(), e.toString());
            }
        }
        return orderIds;
    }
}
