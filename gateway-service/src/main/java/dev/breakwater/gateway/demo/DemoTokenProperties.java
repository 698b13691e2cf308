package dev.breakwater.gateway.demo;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.Resource;
import org.springframework.validation.annotation.Validated;

/** @param privateKey the RSA key that signs the demo's tokens, PKCS#8 as PEM */
@Validated
@ConfigurationProperties("breakwater.demo")
record DemoTokenProperties(@NotNull Resource privateKey) {}
