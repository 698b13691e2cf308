package dev.breakwater.platform.web;

import dev.breakwater.platform.web.security.AccessRules;
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
            rules.requestMatchers("/open").permitAll();
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

    @PostMapping("/items")
    Item items(@Valid @RequestBody Item item) {
        return item;
    }
}
