package dev.breakwater.platform.web;

import dev.breakwater.platform.web.security.AccessRules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@Configuration
@EnableAutoConfiguration
@RestController
class WebTestApp {

    record Item(
            @NotNull @Min(1) @Max(99) @Nullable Integer count,
            @NotEmpty @Nullable List<String> names) {}

    @Bean
    AccessRules rules() {
        return rules -> {
            rules.requestMatchers("/open", "/large").permitAll();
            rules.requestMatchers("/admin/**").hasRole("admin");
        };
    }

    @GetMapping(path = "/open", produces = "text/plain")
    String open() {
        return "open";
    }

    @GetMapping("/who")
    String who(Principal caller) {
        return caller.getName();
    }

    @GetMapping("/broken")
    String broken() {
        throw new IllegalStateException("secret detail");
    }

    /** A field of any type. */
    record Loose(@Nullable Object value) {}

    @PostMapping("/loose")
    Loose loose(@RequestBody Loose loose) {
        return loose;
    }

    @GetMapping(path = "/peer", produces = "text/plain")
    String peer(HttpServletRequest request) {
        return request.getRemoteAddr() + " " + request.isSecure();
    }

    @GetMapping(path = "/thread", produces = "text/plain")
    String thread() {
        return Thread.currentThread().isVirtual() ? "virtual" : "platform";
    }

    /** As an answer that is passed on. */
    @GetMapping(path = "/passed-on", produces = "text/plain")
    String passedOn(HttpServletResponse response) {
        response.addHeader("X-Content-Type-Options", "nosniff");
        response.addHeader("X-Frame-Options", "DENY");
        response.addHeader("X-XSS-Protection", "0");
        return "passed on";
    }

    /** More than the buffers on the way hold. */
    @GetMapping(path = "/large", produces = "application/octet-stream")
    byte[] large() {
        return new byte[64 * 1024 * 1024];
    }

    @PostMapping("/items")
    Item items(@Valid @RequestBody Item item) {
        return item;
    }
}
