package dev.breakwater.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the gateway. */
@SpringBootApplication
@ConfigurationPropertiesScan({"dev.breakwater.gateway.routing", "dev.breakwater.gateway.audit"})
public class GatewayServiceApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(GatewayServiceApplication.class, arguments);
    }
}
