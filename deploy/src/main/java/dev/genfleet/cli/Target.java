package dev.genfleet.cli;

import dev.genfleet.local.Endpoints;
import dev.genfleet.local.LocalStack;
import dev.genfleet.local.StackException;
import dev.genfleet.local.StackFolder;
import java.net.URI;

/** Which gateway the commands talk to. */
final class Target {

    private Target() {}

    /** A client of the gateway in {@code GENFLEET_URL}, or else of the local stack that runs. */
    static GatewayClient gateway() throws CommandFailure, StackException {
        return new GatewayClient(address());
    }

    /** The URL of the gateway in {@code GENFLEET_URL}, or else of the local stack that runs. */
    static URI address() throws CommandFailure, StackException {
        String url = System.getenv("GENFLEET_URL");
        if (url != null && !url.isBlank()) {
            try {
                URI uri = URI.create(url.strip());
                if (uri.getHost() == null) {
                    throw new IllegalArgumentException("no host");
                }
                return uri;
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(
                        "GENFLEET_URL is '" + url + "', but must be a URL such as http://127.0.0.1:8080", e);
            }
        }
        return URI.create(localStack().gateway());
    }

    /** The local stack that runs. */
    static Endpoints localStack() throws CommandFailure, StackException {
        StackFolder folder = StackFolder.home();
        return LocalStack.running(folder)
                .orElseThrow(() -> new CommandFailure("no local stack runs in " + folder.root()
                        + ": start it with 'genfleet up', or name a gateway in GENFLEET_URL"));
    }
}
