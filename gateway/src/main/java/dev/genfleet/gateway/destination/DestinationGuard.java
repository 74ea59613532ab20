package dev.genfleet.gateway.destination;

import dev.genfleet.gateway.config.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Dns;

/**
 * Keeps callers from making the gateway connect to the inside of its network. As {@link Dns} of the HTTP client it checks the very
 * addresses that are connected to: a name is resolved once for each connection, and one bad address refuses the name.
 */
@Singleton
public final class DestinationGuard implements Dns {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|0[xX][0-9a-fA-F.xX]+|.*:.*");

    private final boolean loopbackAllowed;

    @Inject
    DestinationGuard(GatewayConfig config) {
        this(config.webhook().allowLoopback() ? Loopback.ALLOWED : Loopback.REFUSED);
    }

    /** A guard that lets loopback pass or not. */
    public DestinationGuard(Loopback loopback) {
        this.loopbackAllowed = loopback == Loopback.ALLOWED;
    }

    /** What can be said against an address without resolving names; empty when it may be tried. */
    public Optional<String> objection(URI url) {
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        Optional<String> host = Optional.ofNullable(url.getHost()).map(DestinationGuard::withoutBrackets);
        String given = "webhook.url is '" + url + "', but ";
        if (host.isEmpty()) {
            return Optional.of(given + "must be an absolute https address with a host.");
        }
        if (url.getUserInfo() != null) {
            return Optional.of(given + "must not hold credentials.");
        }
        boolean local = isLocalName(host.get());
        if (!scheme.equals("https") && !(scheme.equals("http") && loopbackAllowed && local)) {
            return Optional.of(given + "must use https.");
        }
        boolean refused = local ? !loopbackAllowed : isLiteral(host.get()) && !isPublicLiteral(host.get());
        return refused
                ? Optional.of(given + "must not point to a loopback, link-local, private or otherwise special address.")
                : Optional.empty();
    }

    /**
     * Resolves a name for a connection.
     *
     * @throws UnknownHostException when it does not resolve, or when one of its addresses is refused
     */
    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        List<InetAddress> addresses = Dns.SYSTEM.lookup(hostname);
        for (InetAddress address : addresses) {
            if (!AddressRules.isPublic(address) && !(loopbackAllowed && address.isLoopbackAddress())) {
                throw new UnknownHostException("the destination guard refuses " + hostname + ", which is "
                        + address.getHostAddress() + ": not a public address");
            }
        }
        return addresses;
    }

    private static boolean isLocalName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || (isLiteral(host)
                        && parse(host).filter(InetAddress::isLoopbackAddress).isPresent());
    }

    private static boolean isLiteral(String host) {
        return LITERAL.matcher(host).matches();
    }

    private static boolean isPublicLiteral(String host) {
        return parse(host).filter(AddressRules::isPublic).isPresent();
    }

    private static Optional<InetAddress> parse(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether addresses of this machine may be connected to. */
    public enum Loopback {
        ALLOWED,
        REFUSED
    }
}
