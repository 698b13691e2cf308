package dev.breakwater.inventory.products;

import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Currency;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text is the code of a currency, ISO 4217. */
@Constraint(validatedBy = CurrencyCode.Known.class)
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CurrencyCode {

    String message() default "must be a currency code of ISO 4217";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Knows what the JDK knows. */
    class Known implements ConstraintValidator<CurrencyCode, @Nullable String> {

        private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(toUnmodifiableSet());

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            return code == null || CODES.contains(code);
        }
    }
}
