package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.config.GatewayConfig;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Starts and stops the telling; without a secret nothing is told and no job may ask for it. */
@Singleton
public final class Webhooks {

    private static final Logger LOG = Logger.getLogger(Webhooks.class);

    private final GatewayConfig config;
    private final LedgerReader reader;
    private final Intake intake;
    private final Dispatcher dispatcher;
    private final ProgressTeller progress;

    Webhooks(GatewayConfig config, LedgerReader reader, Intake intake, Dispatcher dispatcher, ProgressTeller progress) {
        this.config = config;
        this.reader = reader;
        this.intake = intake;
        this.dispatcher = dispatcher;
        this.progress = progress;
    }

    /** Starts the threads; the topics exist. */
    public void start() {
        if (config.webhook().secret().isEmpty()) {
            LOG.warn("webhooks are off: GENFLEET_WEBHOOK_SECRET is not set");
            return;
        }
        reader.start();
        intake.start();
        dispatcher.start();
        progress.start();
    }

    /** Stops intake, then sending, then the ledger. */
    public void close() {
        if (config.webhook().secret().isPresent()) {
            intake.close();
            dispatcher.close();
            progress.close();
            reader.close();
        }
    }
}
