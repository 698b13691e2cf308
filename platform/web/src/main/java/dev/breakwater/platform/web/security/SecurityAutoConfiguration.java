package dev.breakwater.platform.web.security;

import dev.breakwater.platform.web.exchange.BodyLimitFilter;
import dev.breakwater.platform.web.problem.ProblemWriter;
import dev.breakwater.platform.web.problem.Problems;
import jakarta.servlet.DispatcherType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.util.unit.DataSize;

/** One filter chain for the public calls, one for the actuator on its own port; no sessions, no cookies, no forms. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration"
        })
@EnableConfigurationProperties(TokenProperties.class)
public class SecurityAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SecurityAutoConfiguration.class);

    @Bean
    VerifiedTokens jwtDecoder(TokenProperties properties, ResourceLoader resources) {
        return Tokens.decoder(properties, resources);
    }

    @Bean
    @Order(1)
    SecurityFilterChain actuatorChain(HttpSecurity http) {
        return stateless(http)
                .securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain callsChain(
            HttpSecurity http,
            ObjectProvider<AccessRules> accessRules,
            ObjectProvider<CallsChainPart> parts,
            @Value("${breakwater.web.body-limit:64KB}") DataSize bodyLimit) {
        AuthenticationEntryPoint unauthorized = (request, response, e) -> {
            if (e instanceof AuthenticationServiceException) {
                // Nobody can tell now whether the token is good.
                log.warn("token not verified cause={}", String.valueOf(NestedExceptionUtils.getMostSpecificCause(e)));
                ProblemWriter.write(request, response, Problems.ofStatus(503));
                return;
            }
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            ProblemWriter.write(request, response, Problems.ofStatus(401));
        };
        AccessDeniedHandler forbidden =
                (request, response, e) -> ProblemWriter.write(request, response, Problems.ofStatus(403));
        parts.orderedStream().forEach(part -> part.addTo(http));
        return stateless(http)
                .authorizeHttpRequests(rules -> {
                    rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                            .permitAll();
                    rules.requestMatchers("/internal/**").hasRole("admin");
                    accessRules.orderedStream().forEach(some -> some.apply(rules));
                    rules.anyRequest().authenticated();
                })
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new BearerHeader())
                        .authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler(forbidden)
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(Tokens.authentication()))
                        .withObjectPostProcessor(answering(unauthorized)))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(unauthorized).accessDeniedHandler(forbidden))
                // After the token, so that 401 and 403 come before 413; before anything that parses.
                .addFilterAfter(new BodyLimitFilter(bodyLimit), AuthorizationFilter.class)
                .build();
    }

    /** The filter's own handler throws what is not the token's fault on to the container, which logs a stack trace. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answering(AuthenticationEntryPoint entryPoint) {
        var handler = new AuthenticationEntryPointFailureHandler(entryPoint);
        handler.setRethrowAuthenticationServiceException(false);
        return new ObjectPostProcessor<>() {
            @Override
            public <T extends BearerTokenAuthenticationFilter> T postProcess(T filter) {
                filter.setAuthenticationFailureHandler(handler);
                return filter;
            }
        };
    }

    @Bean
    FilterRegistrationBean<AdminCallLog> adminCallLog(ObjectProvider<PassedOnCalls> passedOn) {
        var filter = new FilterRegistrationBean<>(new AdminCallLog(passedOn.getIfAvailable(() -> ignored -> false)));
        // Inside the observation and the headers of every answer, outside everything that may refuse.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return filter;
    }

    /** As strict as ever; but its regular expressions over each header that anybody reads are loops here. */
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(SecurityAutoConfiguration::isText);
        firewall.setAllowedHeaderValues(SecurityAutoConfiguration::isText);
        return firewall;
    }

    /** Assigned characters that control nothing. */
    private static boolean isText(String header) {
        for (var i = 0; i < header.length(); i++) {
            var c = header.charAt(i);
            var plain = c >= ' ' && c <= '~';
            if (!plain && (!Character.isDefined(header.codePointAt(i)) || Character.isISOControl(c))) {
                return false;
            }
        }
        return true;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, e) -> ProblemWriter.write(request, response, Problems.ofStatus(400));
    }

    /**
     * None: two observations a filter and one each for the manager of authentication and authorization were the
     * costliest part of a small call, and say nothing that the call's own observation does not.
     */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                // Each answer says for itself how it may be cached.
                .headers(headers -> headers.cacheControl(cache -> cache.disable()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }
}
