package dev.genfleet.gateway.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationGuardTest {

    private final DestinationGuard strict = new DestinationGuard(DestinationGuard.Loopback.REFUSED);
    private final DestinationGuard development = new DestinationGuard(DestinationGuard.Loopback.ALLOWED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/hook",
                "ftp://example.com/hook",
                "/hook",
                "https:///hook",
                "https://user:secret@example.com/",
                "https://localhost/",
                "https://a.localhost/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f.0.0.1/",
                "https://10.1.2.3/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://224.0.0.1/",
                "https://[::1]/",
                "https://[fe80::1]/",
                "https://[fd00:ec2::254]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::a00:1]/",
                "https://[2002:a00:1::]/"
            })
    void refuses(String url) {
        assertThat(strict.objection(URI.create(url))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/hook", "https://93.184.216.34/", "https://[2606:4700::1111]/"})
    void lets(String url) {
        assertThat(strict.objection(URI.create(url))).isEmpty();
    }

    @Test
    void loopbackAndPlainHttpPassOnlyInDevelopment() {
        assertThat(development.objection(URI.create("http://127.0.0.1:8080/hook")))
                .isEmpty();
        assertThat(development.objection(URI.create("http://localhost:8080/hook")))
                .isEmpty();
        assertThat(development.objection(URI.create("http://10.0.0.1/hook"))).isPresent();
        assertThat(development.objection(URI.create("http://example.com/hook"))).isPresent();
    }

    @Test
    void checksTheVeryAddressesThatAreConnectedTo() throws UnknownHostException {
        assertThatThrownBy(() -> strict.lookup("localhost"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("not a public address");
        assertThat(development.lookup("localhost")).allMatch(InetAddress::isLoopbackAddress);
    }
}
