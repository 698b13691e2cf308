package dev.breakwater.platform.settings;

import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;

/**
 * What is bound anew when the environment changes: no records, which cannot be. Spring Cloud tries all the same, and
 * logs a stack trace for each.
 */
final class ChangeableProperties extends ConfigurationPropertiesBeans {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        return bean instanceof Record ? bean : super.postProcessBeforeInitialization(bean, beanName);
    }
}
