package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ContractsTest {

    @ParameterizedTest
    @CsvSource({
        "inventory.commands, ReserveStock, orderId",
        "inventory.commands, ReserveStock.of-sale, orderId",
        "inventory.commands, CloseFlashSale, saleId",
        "inventory.commands, CommitStock, orderId",
        "inventory.commands, ReleaseStock, orderId",
        "inventory.events, StockReserved, orderId",
        "inventory.events, StockRejected, orderId",
        "inventory.events, StockCommitted, orderId",
        "inventory.events, StockReleased, orderId",
        "inventory.flash-sales, FlashSaleAnnounced, id",
        "inventory.products, ProductChanged, sku",
        "payment.commands, CapturePayment, orderId",
        "payment.commands, VoidPayment, orderId",
        "payment.commands, RefundPayment, orderId",
        "payment.events, PaymentCaptured, orderId",
        "payment.events, PaymentDeclined, orderId",
        "payment.events, PaymentVoided, orderId",
        "payment.events, PaymentRefunded, orderId",
    })
    void every_message_has_a_sample_that_names_its_key(String topic, String type, String key) {
        var sample = JsonMapper.shared().readTree(Contracts.sample(topic, type, 1));
        assertThat(sample.path(key).asString()).isNotBlank();
    }
}
