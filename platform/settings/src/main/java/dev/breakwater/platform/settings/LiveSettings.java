package dev.breakwater.platform.settings;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.validation.Validator;

/**
 * Settings that may change while the service runs: bound anew, as a whole, whenever the environment changes. What
 * cannot be bound or is not valid changes nothing. Declare it as a bean, so that it hears of changes.
 *
 * @param <T> a record, as for {@code @ConfigurationProperties}; compared by {@code equals}
 */
public final class LiveSettings<T> implements Supplier<T>, ApplicationListener<EnvironmentChangeEvent> {

    private static final Logger log = LoggerFactory.getLogger(LiveSettings.class);

    private final String prefix;
    private final Class<T> type;
    private final Environment environment;
    private final Validator validator;
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private volatile T current;

    /**
     * @param prefix of the properties
     * @throws BindException when there is no valid value at the start
     */
    public LiveSettings(String prefix, Class<T> type, Environment environment, Validator validator) {
        this.prefix = prefix;
        this.type = type;
        this.environment = environment;
        this.validator = validator;
        current = bound();
    }

    /** What holds now. Ask for it each time. */
    @Override
    public T get() {
        return current;
    }

    /** @param listener is told each new value, on the thread that changed the environment */
    public void listen(Consumer<T> listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void onApplicationEvent(EnvironmentChangeEvent event) {
        T changed;
        try {
            changed = bound();
        } catch (BindException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            log.error("settings not changed prefix={} cause={}", prefix, cause.toString());
            return;
        }
        if (!changed.equals(current)) {
            current = changed;
            log.info("settings changed prefix={}", prefix);
            listeners.forEach(listener -> listener.accept(changed));
        }
    }

    private T bound() {
        return Binder.get(environment).bindOrCreate(prefix, Bindable.of(type), new ValidationBindHandler(validator));
    }
}
