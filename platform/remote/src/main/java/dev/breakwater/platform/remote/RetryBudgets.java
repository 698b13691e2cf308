package dev.breakwater.platform.remote;

import dev.breakwater.platform.overload.RetryBudget;
import dev.breakwater.platform.overload.RetryBudgetSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each service may be asked again. */
final class RetryBudgets {

    private final RetryBudgetSettings settings;
    private final MeterRegistry meters;
    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();

    RetryBudgets(RetryBudgetSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
    }

    RetryBudget of(String service) {
        return budgets.computeIfAbsent(service, this::create);
    }

    private RetryBudget create(String service) {
        var budget = new RetryBudget(settings, System::nanoTime);
        FunctionCounter.builder("remote.retries.refused", budget, RetryBudget::refused)
                .description("Second tries for which there was no budget")
                .tag("service", service)
                .register(meters);
        return budget;
    }
}
