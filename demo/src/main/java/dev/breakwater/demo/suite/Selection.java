package dev.breakwater.demo.suite;

import dev.breakwater.platform.servers.CannotStartException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** How many instances of each service are wanted; the three servers are always there. */
public record Selection(Map<Service, Integer> instances) {

    public static final int MEGABYTES_OF_A_SERVICE = 290;

    /**
     * @param asked what the user said per service, which wins over everything but {@code without}
     * @throws CannotStartException when it makes no sense
     */
    public static Selection of(boolean infraOnly, boolean lite, Map<Service, Integer> asked, Set<Service> without) {
        var instances = new EnumMap<Service, Integer>(Service.class);
        for (var service : Service.values()) {
            var count = asked.getOrDefault(service, lite ? 1 : service.instances());
            if (count < 0 || count > 9) {
                throw new CannotStartException(
                        "%s can have 0 to 9 instances, not %d.".formatted(service.artifact(), count));
            }
            if (count > 1 && !service.canHaveSeveral()) {
                throw new CannotStartException("%s can have one instance only.".formatted(service.artifact()));
            }
            instances.put(service, infraOnly || without.contains(service) ? 0 : count);
        }
        return new Selection(Map.copyOf(instances));
    }

    public int of(Service service) {
        return instances.getOrDefault(service, 0);
    }

    public boolean has(Service service) {
        return of(service) > 0;
    }

    public boolean isInfraOnly() {
        return instances.values().stream().allMatch(count -> count == 0);
    }

    /** True when an order can go all the way. */
    public boolean isComplete() {
        return instances.values().stream().allMatch(count -> count > 0);
    }

    int total() {
        return instances.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What the processes will take together, from measurements with something added. */
    public int neededMegabytes() {
        return 600 + MEGABYTES_OF_A_SERVICE * total();
    }
}
