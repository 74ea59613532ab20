package dev.genfleet.gateway.http;

import dev.genfleet.gateway.config.GatewayConfig;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.Config;

/** Where callers reach this gateway, for links that are made outside of a request. HTTP is open when it is first asked. */
@Singleton
public final class PublicAddress {

    private final GatewayConfig config;
    private final Config runtime;

    PublicAddress(GatewayConfig config, Config runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    /** The configured address, else the one that is listened on. */
    public URI base() {
        return URI.create(config.publicUrl().orElseGet(this::listening) + "/");
    }

    /** The address that is listened on, without a slash at its end. */
    public String listening() {
        return "http://" + runtime.getValue("quarkus.http.host", String.class) + ":"
                + runtime.getValue("quarkus.http.port", Integer.class);
    }
}
