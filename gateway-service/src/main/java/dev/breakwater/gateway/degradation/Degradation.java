package dev.breakwater.gateway.degradation;

import dev.breakwater.gateway.limits.Call;
import dev.breakwater.platform.settings.LiveSettings;
import dev.breakwater.platform.web.problem.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.validation.Validator;

/** Answers calls of features that are switched off, before anything is done for them. */
@Configuration(proxyBeanMethods = false)
class Degradation {

    @Bean
    LiveSettings<DegradationProperties> degradationSettings(Environment environment, Validator defaultValidator) {
        return new LiveSettings<>(
                "breakwater.gateway.degradation", DegradationProperties.class, environment, defaultValidator);
    }

    @Bean
    DegradationPlan degradationPlan(LiveSettings<DegradationProperties> degradationSettings, MeterRegistry meters) {
        var plan = new DegradationPlan(degradationSettings.get(), meters);
        degradationSettings.listen(plan::use);
        return plan;
    }

    /** Just before the limits: what is refused here takes nothing from them. */
    @Bean
    FilterRegistrationBean<Switches> degradationFilter(DegradationPlan plan) {
        var filter = new FilterRegistrationBean<>(new Switches(plan));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 4);
        return filter;
    }

    static final class Switches extends HttpFilter {

        private final transient DegradationPlan plan;

        Switches(DegradationPlan plan) {
            this.plan = plan;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            var refusal = plan.isComplete() ? null : plan.refusal(new Call(request));
            if (refusal == null) {
                chain.doFilter(request, response);
            } else {
                ProblemWriter.write(request, response, refusal);
            }
        }
    }
}
