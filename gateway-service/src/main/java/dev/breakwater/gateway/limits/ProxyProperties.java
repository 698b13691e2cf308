package dev.breakwater.gateway.limits;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands in front of the gateway.
 *
 * @param trustedProxies addresses, or blocks of them as {@code 10.0.0.0/8}, whose word on where a call came from is
 *     believed, and on whether it came over TLS; by default nobody's is
 */
@ConfigurationProperties("breakwater.gateway")
record ProxyProperties(@DefaultValue List<String> trustedProxies) {}
