package dev.breakwater.gateway.demo;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.hibernate.validator.constraints.UniqueElements;

/**
 * Whom a token shall be for.
 *
 * @param customer becomes the token's subject
 * @param roles what the token shall allow
 */
record DemoTokenRequest(
        @NotNull @Pattern(regexp = "[A-Za-z0-9._@-]{1,64}", message = "must be 1 to 64 of A-Z a-z 0-9 - _ . @")
        String customer,

        @NotEmpty @UniqueElements
        List<@NotNull @Pattern(regexp = "customer|admin", message = "must be customer or admin") String> roles) {}
