package dev.breakwater.payment.bank;

import dev.breakwater.platform.remote.NotCalledException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Calls the bank's channels. A call never throws: what is not certain is {@link BankAnswer.Unknown}. */
@Component
public class Bank {

    private static final Logger log = LoggerFactory.getLogger(Bank.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final BankConnection connection;
    private final ChannelCalls channels;
    private final MeterRegistry meters;

    Bank(BankConnection connection, ChannelCalls channels, MeterRegistry meters) {
        this.connection = connection;
        this.channels = channels;
        this.meters = meters;
    }

    public BankAnswer charge(String channel, ChargeOrder order, @Nullable String traceparent) {
        return counted("charge", channel, post(channel, "charges", order, traceparent));
    }

    public BankAnswer findCharge(String channel, String key) {
        return counted("find_charge", channel, find(channel, "charges", key));
    }

    public BankAnswer refund(String channel, RefundOrder order, @Nullable String traceparent) {
        return counted("refund", channel, post(channel, "refunds", order, traceparent));
    }

    public BankAnswer findRefund(String channel, String key) {
        return counted("find_refund", channel, find(channel, "refunds", key));
    }

    /** The bank's sums; empty when the bank cannot be asked. */
    public Optional<BankLedger> ledger() {
        try {
            HttpResponse<byte[]> response =
                    channels.ask("ledger", connection.to("/ledger").GET());
            return response.statusCode() == 200
                    ? Optional.of(JSON.readValue(response.body(), BankLedger.class))
                    : Optional.empty();
        } catch (IOException | NotCalledException | JacksonException e) {
            log.warn("bank ledger not read cause={}", e.toString());
            return Optional.empty();
        }
    }

    private BankAnswer post(String channel, String what, Object order, @Nullable String traceparent) {
        HttpRequest.Builder request = connection
                .to("/channels/%s/%s".formatted(channel, what))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(order)));
        if (traceparent != null) {
            request.header("traceparent", traceparent);
        }
        try {
            HttpResponse<byte[]> response = channels.order(channel, request, Bank::isCertainRefusal);
            return switch (response.statusCode()) {
                case 200 -> recorded(response);
                case 503 -> isCertainRefusal(response) ? new BankAnswer.Refused() : new BankAnswer.Unknown();
                // The key has a past that we do not know: asking for it tells.
                case 409 -> surprised(response, new BankAnswer.Unknown());
                // Turned away at the door, for a reason that may be mended: key, channel, limit.
                case 401, 403, 404, 405, 413, 429 -> surprised(response, new BankAnswer.Refused());
                // The bank will never take this order, however often it is sent.
                case 400, 422 -> surprised(response, new BankAnswer.Declined());
                default -> new BankAnswer.Unknown();
            };
        } catch (NotCalledException e) {
            return new BankAnswer.NotCalled();
        } catch (NoConnectionException e) {
            return new BankAnswer.Refused();
        } catch (IOException e) {
            return new BankAnswer.Unknown();
        }
    }

    private BankAnswer find(String channel, String what, String key) {
        try {
            HttpResponse<byte[]> response = channels.ask(
                    channel,
                    connection
                            .to("/channels/%s/%s/%s".formatted(channel, what, key))
                            .GET());
            return switch (response.statusCode()) {
                case 200 -> recorded(response);
                case 404 -> new BankAnswer.NotFound();
                default -> new BankAnswer.Unknown();
            };
        } catch (NotCalledException e) {
            return new BankAnswer.NotCalled();
        } catch (IOException e) {
            return new BankAnswer.Unknown();
        }
    }

    private static boolean isCertainRefusal(HttpResponse<byte[]> response) {
        return response.statusCode() == 503 && status(response).equals("NOT_PROCESSED");
    }

    private static BankAnswer recorded(HttpResponse<byte[]> response) {
        return switch (status(response)) {
            case "CHARGED", "REFUNDED" -> new BankAnswer.Succeeded();
            case "DECLINED" -> new BankAnswer.Declined();
            default -> surprised(response, new BankAnswer.Unknown());
        };
    }

    private static String status(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body()).path("status").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private static BankAnswer surprised(HttpResponse<byte[]> response, BankAnswer answer) {
        log.error(
                "bank surprises method={} path={} status={} takenAs={}",
                response.request().method(),
                response.uri().getPath(),
                response.statusCode(),
                answer.label());
        return answer;
    }

    private BankAnswer counted(String call, String channel, BankAnswer answer) {
        meters.counter("payment.bank.calls", "call", call, "channel", channel, "answer", answer.label())
                .increment();
        return answer;
    }
}
