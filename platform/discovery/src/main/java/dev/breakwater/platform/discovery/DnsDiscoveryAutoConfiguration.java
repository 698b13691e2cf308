package dev.breakwater.platform.discovery;

import java.net.InetAddress;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Services by name instead of by registry, where {@code breakwater.discovery.dns.enabled} says so. */
@AutoConfiguration(
        beforeName = "org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration")
@ConditionalOnBooleanProperty("breakwater.discovery.dns.enabled")
@EnableConfigurationProperties(DnsProperties.class)
class DnsDiscoveryAutoConfiguration {

    @Bean
    DnsDiscovery dnsDiscovery(DnsProperties properties) {
        return new DnsDiscovery(properties, InetAddress::getAllByName);
    }
}
