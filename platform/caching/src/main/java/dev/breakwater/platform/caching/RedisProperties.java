package dev.breakwater.platform.caching;

import com.google.common.net.HostAndPort;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;

/**
 * Where Redis is.
 *
 * @param address {@code host:port} of the one node
 * @param clusterNodes {@code host:port} of some nodes of a cluster; if there are any, the one node does not count
 */
@ConfigurationProperties("breakwater.redis")
record RedisProperties(
        @DefaultValue("localhost:16379") String address,
        @DefaultValue List<String> clusterNodes) {

    private static final int USUAL_PORT = 6379;

    Node node() {
        return node(address);
    }

    List<Node> cluster() {
        return clusterNodes.stream().map(RedisProperties::node).toList();
    }

    private static Node node(String address) {
        var place = HostAndPort.fromString(address.strip()).withDefaultPort(USUAL_PORT);
        return new Node(place.getHost(), place.getPort());
    }
}
