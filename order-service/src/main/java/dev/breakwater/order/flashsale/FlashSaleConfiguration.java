package dev.breakwater.order.flashsale;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "inventory", types = InventorySales.class)
class FlashSaleConfiguration {

    static final String TASKS = "flashSaleTasks";

    /** One for each task: a Redis or a Kafka that does not answer one must not hold up the others. */
    private static final int THREADS = 7;

    @Bean(name = TASKS, defaultCandidate = false)
    ThreadPoolTaskScheduler flashSaleTasks() {
        var tasks = new ThreadPoolTaskScheduler();
        tasks.setPoolSize(THREADS);
        tasks.setThreadNamePrefix("flash-sale-");
        tasks.setDaemon(true);
        return tasks;
    }
}
