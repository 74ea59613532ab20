package dev.genfleet.gateway;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/** The running gateway: HTTP is open when this begins. */
public class Gateway implements QuarkusApplication {

    private final Composition composition;

    @Inject
    Gateway(Composition composition) {
        this.composition = composition;
    }

    @Override
    public int run(String... args) {
        composition.start();
        Quarkus.waitForExit();
        composition.close();
        return 0;
    }
}
