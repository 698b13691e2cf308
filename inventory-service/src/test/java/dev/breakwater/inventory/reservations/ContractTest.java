package dev.breakwater.inventory.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.messaging.Message;
import dev.breakwater.platform.messaging.Topics;
import dev.breakwater.platform.testing.Contracts;
import dev.breakwater.platform.testing.KeptMessages;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ContractTest {

    private static final UUID ORDER = UUID.fromString("0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e10");
    private static final UUID SALE = UUID.fromString("0199a4b2-6f00-7c3d-8a1e-5b2f9c7d4e11");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void commands_are_read_as_the_samples_say() {
        assertThat(CommandMessages.decode(command("ReserveStock")))
                .contains(new StockCommand.Reserve(
                        ORDER, List.of(new Line(new Sku("SKU-000001"), 2), new Line(new Sku("SKU-000417"), 1))));
        assertThat(CommandMessages.decode(command("ReserveStock", "ReserveStock.of-sale")))
                .contains(new StockCommand.Reserve(
                        UUID.fromString("0199a4b2-6f00-8c3d-8a1e-5b2f9c7d4e10"),
                        List.of(new Line(new Sku("SKU-000001"), 2)),
                        SALE));
        assertThat(CommandMessages.decode(command("CloseFlashSale"))).contains(new StockCommand.CloseSale(SALE));
        assertThat(CommandMessages.decode(command("CommitStock"))).contains(new StockCommand.Commit(ORDER));
        assertThat(CommandMessages.decode(command("ReleaseStock"))).contains(new StockCommand.Release(ORDER));
    }

    @Test
    void commands_of_the_release_before_are_carried_out() {
        assertThat(KeptMessages.on(Topics.INVENTORY_COMMANDS))
                .extracting(
                        command -> CommandMessages.decode(Message.of(command)).orElseThrow())
                .containsExactly(
                        new StockCommand.Reserve(
                                ORDER, List.of(new Line(new Sku("SKU-000001"), 2), new Line(new Sku("SKU-000417"), 1))),
                        new StockCommand.Commit(ORDER),
                        new StockCommand.Release(ORDER));
    }

    @Test
    void answers_are_written_as_the_samples_say() {
        writes(new Answer.StockReserved(ORDER), "StockReserved");
        writes(new Answer.StockRejected(ORDER, new Sku("SKU-000417")), "StockRejected");
        writes(new Answer.StockCommitted(ORDER), "StockCommitted");
        writes(new Answer.StockReleased(ORDER), "StockReleased");
    }

    private static void writes(Answer answer, String type) {
        var outgoing = AnswerMessages.of(answer, command("ReserveStock"));
        assertThat(outgoing.topic()).isEqualTo(Topics.INVENTORY_EVENTS);
        assertThat(outgoing.key()).isEqualTo(ORDER.toString());
        assertThat(outgoing.type()).isEqualTo(type);
        assertThat(outgoing.version()).isEqualTo(1);
        assertThat(JSON.readTree(JSON.writeValueAsBytes(outgoing.payload())))
                .isEqualTo(JSON.readTree(Contracts.sample(Topics.INVENTORY_EVENTS, type, 1)));
    }

    private static Message command(String type) {
        return command(type, type);
    }

    private static Message command(String type, String sample) {
        return new Message(
                UUID.randomUUID(),
                Topics.INVENTORY_COMMANDS,
                ORDER.toString(),
                type,
                1,
                Contracts.sample(Topics.INVENTORY_COMMANDS, sample, 1),
                null);
    }
}
