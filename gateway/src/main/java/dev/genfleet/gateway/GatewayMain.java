package dev.genfleet.gateway;

import dev.genfleet.gateway.view.RebuildView;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Runs the gateway, or with the argument {@code rebuild-view} drops the view and waits until running gateways rebuilt it. */
@QuarkusMain
public final class GatewayMain {

    private static final String REBUILD_VIEW = "rebuild-view";

    private GatewayMain() {}

    /** Starts. */
    public static void main(String... args) {
        if (args.length == 1 && args[0].equals(REBUILD_VIEW)) {
            System.exit(RebuildView.run(System.getenv(), System.out));
        }
        Quarkus.run(Gateway.class, args);
    }
}
