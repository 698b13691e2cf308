package dev.breakwater.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesTest {

    private static final String PROXY = "10.0.0.7";

    private final ClientAddresses addresses =
            new ClientAddresses(new ProxyProperties(List.of("10.0.0.0/8", "fd00::/8")));

    @Test
    void without_trusted_proxies_nothing_that_a_client_writes_is_believed() {
        var none = new ClientAddresses(new ProxyProperties(List.of()));

        assertThat(none.of(request(PROXY, "1.2.3.4", "for=1.2.3.4"))).isEqualTo(PROXY);
    }

    @Test
    void a_client_that_comes_by_itself_cannot_speak_for_a_proxy() {
        assertThat(addresses.of(request("203.0.113.9", "1.2.3.4", "for=1.2.3.4")))
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.7 | https | true",
                "10.0.0.7 | HTTPS, https | true",
                "10.0.0.7 | http | false",
                // What a client wrote itself is worth nothing beside what its proxy adds.
                "10.0.0.7 | https, http | false",
                "10.0.0.7 | '' | false",
                "10.0.0.7 | | false",
                "203.0.113.9 | https | false"
            })
    void only_a_trusted_proxy_can_say_that_a_call_came_over_tls(
            String peer, @Nullable String protocol, boolean isOverTls) {
        var request = request(peer, null, null);
        if (protocol != null) {
            request.addHeader("X-Forwarded-Proto", protocol);
        }

        assertThat(addresses.isOverTls(request)).isEqualTo(isOverTls);
        assertThat(new ClientAddresses(new ProxyProperties(List.of())).isOverTls(request))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1 | 198.51.100.1",
                // What stands to the left was there before the first proxy of ours saw the call.
                "1.1.1.1, 198.51.100.1 | 198.51.100.1",
                "127.0.0.1, 10.1.1.1, 198.51.100.1, 10.2.2.2 | 198.51.100.1",
                "198.51.100.1:4711 | 198.51.100.1",
                "10.1.1.1, 10.2.2.2 | 10.1.1.1",
                "1.1.1.1, unknown | 10.0.0.7",
                "1.1.1.1, '' | 10.0.0.7",
                "1.1.1.1, 999.1.1.1, 10.2.2.2 | 10.2.2.2",
                "[2001:db8:1:2:3::4]:4711 | 20010db800010002/64",
                "2001:db8:1:2:ffff:: | 20010db800010002/64",
                "::ffff:198.51.100.1 | 198.51.100.1"
            })
    void the_right_most_hop_that_is_no_proxy_of_ours_is_the_client(String hops, String client) {
        assertThat(addresses.of(request(PROXY, hops.replace("'", ""), null))).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.1;proto=https;by=10.0.0.7 | 198.51.100.1",
                "for=1.1.1.1, For=198.51.100.1 , proto=http; for=10.3.3.3 | 198.51.100.1",
                "for=\"[2001:db8:1:2::9]:80\" | 20010db800010002/64",
                "for=\"198.51.100.1:80\" | 198.51.100.1",
                "for=_hidden | 10.0.0.7",
                "proto=https | 10.0.0.7"
            })
    void the_standard_header_is_read_alike(String header, String client) {
        assertThat(addresses.of(request(PROXY, null, header))).isEqualTo(client);
    }

    @Test
    void two_headers_that_disagree_are_both_not_believed() {
        assertThat(addresses.of(request(PROXY, "1.1.1.1", "for=198.51.100.1"))).isEqualTo(PROXY);
        assertThat(addresses.of(request(PROXY, "198.51.100.1", "for=198.51.100.1")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void lines_of_one_header_are_one_list() {
        var request = request(PROXY, "1.1.1.1", null);
        request.addHeader("X-Forwarded-For", "198.51.100.1, 10.9.9.9");

        assertThat(addresses.of(request)).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.16.0/20, 192.168.31.255, true",
        "192.168.16.0/20, 192.168.32.0, false",
        "192.168.1.1, 192.168.1.1, true",
        "192.168.1.1, 192.168.1.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false"
    })
    void a_block_contains_what_begins_alike(String block, String address, boolean contained) {
        assertThat(AddressBlock.parse(block).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "proxy.example", ""})
    void what_is_no_block_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressBlock.parse(text));
    }

    private static MockHttpServletRequest request(
            String peer, @Nullable String forwardedFor, @Nullable String forwarded) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        if (forwardedFor != null) {
            request.addHeader("X-Forwarded-For", forwardedFor);
        }
        if (forwarded != null) {
            request.addHeader("Forwarded", forwarded);
        }
        return request;
    }
}
