package dev.genfleet.fleet;

import dev.genfleet.local.StackException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Fleet}: one for all of a run, started by the first test that asks, stopped after the last. */
final class WithFleet implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(WithFleet.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fleet.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Fleet.class, unused -> new Started(start()), Started.class)
                .fleet();
    }

    private static Fleet start() {
        try {
            return Fleet.start();
        } catch (Exception e) {
            throw new IllegalStateException("the local stack could not be started", e);
        }
    }

    /** What the run keeps and closes at its end. */
    private record Started(Fleet fleet) implements AutoCloseable {
        @Override
        public void close() throws StackException {
            fleet.close();
        }
    }
}
