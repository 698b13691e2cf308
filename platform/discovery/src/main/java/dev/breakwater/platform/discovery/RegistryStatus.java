package dev.breakwater.platform.discovery;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Tells the registry at once when readiness turns on or off. By itself Spring Cloud registers an instance as up while
 * it still starts: its first callers would find a port that is closed, or caches that are empty.
 */
final class RegistryStatus implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private final ApplicationInfoManager registration;

    RegistryStatus(ApplicationInfoManager registration) {
        this.registration = registration;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        registration.setInstanceStatus(
                switch (event.getState()) {
                    case ACCEPTING_TRAFFIC -> InstanceStatus.UP;
                    // The same as what Spring Cloud says when the context closes, so that it is pushed once.
                    case REFUSING_TRAFFIC -> InstanceStatus.DOWN;
                });
    }
}
