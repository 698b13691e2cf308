package dev.breakwater.platform.caching;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * How Redis is reached, one node or a cluster, by the same settings. Boot's own reading of {@code spring.data.redis}
 * takes an empty list of cluster nodes for a cluster without nodes, and drops the password when there is a URL.
 */
record RedisConnection(
        RedisProperties ours,
        DataRedisProperties boots,
        @Nullable SslBundles bundles) implements DataRedisConnectionDetails {

    @Override
    public @Nullable String getUsername() {
        return boots.getUsername();
    }

    @Override
    public @Nullable String getPassword() {
        return boots.getPassword();
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        var ssl = boots.getSsl();
        if (!ssl.isEnabled()) {
            return null;
        }
        var name = ssl.getBundle();
        return name == null || name.isEmpty()
                ? SslBundle.systemDefault()
                : Objects.requireNonNull(bundles).getBundle(name);
    }

    @Override
    public Standalone getStandalone() {
        return Standalone.of(ours.node().host(), ours.node().port());
    }

    @Override
    public @Nullable Cluster getCluster() {
        return ours.clusterNodes().isEmpty() ? null : ours::cluster;
    }
}
