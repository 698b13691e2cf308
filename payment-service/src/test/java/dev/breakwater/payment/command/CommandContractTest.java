package dev.breakwater.payment.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.payment.lifecycle.Demand;
import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.Contracts;
import dev.breakwater.platform.testing.KeptMessages;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandContractTest {

    private static final UUID ORDER = UUID.fromString("0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e10");

    @Test
    void the_commands_of_the_contract_are_understood() {
        assertThat(Command.of(sample("CapturePayment")))
                .contains(new Command.Capture(ORDER, new Demand("alice", 25_800, "CNY", "tok_ok"), "card"));
        assertThat(Command.of(sample("VoidPayment"))).contains(new Command.Withdraw(ORDER));
        assertThat(Command.of(sample("RefundPayment"))).contains(new Command.Refund(ORDER));
    }

    @Test
    void commands_of_the_release_before_are_understood() {
        assertThat(KeptMessages.on(Topics.PAYMENT_COMMANDS))
                .extracting(command -> Command.of(Message.of(command)).orElseThrow())
                .containsExactly(
                        new Command.Capture(ORDER, new Demand("alice", 25_800, "CNY", "tok_ok"), "card"),
                        new Command.Withdraw(ORDER),
                        new Command.Refund(ORDER));
    }

    @Test
    void a_type_that_is_not_known_is_passed_by() {
        assertThat(Command.of(message("PraisePayment", "{}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"orderId\": \"no uuid\"}",
                "{\"orderId\": \"0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e10\", \"customer\": \"a\", \"amountMinor\": -1,"
                        + " \"currency\": \"CNY\", \"method\": {\"type\": \"card\", \"token\": \"t\"}}"
            })
    void a_capture_that_lacks_something_is_invalid(String payload) {
        assertThatExceptionOfType(InvalidMessageException.class)
                .isThrownBy(() -> Command.of(message("CapturePayment", payload)));
    }

    private static Message sample(String type) {
        return new Message(
                UUID.randomUUID(),
                Topics.PAYMENT_COMMANDS,
                ORDER.toString(),
                type,
                1,
                Contracts.sample(Topics.PAYMENT_COMMANDS, type, 1),
                null);
    }

    private static Message message(String type, String payload) {
        return new Message(
                UUID.randomUUID(), Topics.PAYMENT_COMMANDS, ORDER.toString(), type, 1, payload.getBytes(UTF_8), null);
    }
}
