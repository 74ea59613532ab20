package dev.genfleet.worker;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT, heard before the JVM begins to shut down. ONNX Runtime frees its environment in a shutdown hook of its own,
 * and a forward that still runs then crashes the process; so draining must not be a shutdown hook. The JDK's only door to
 * signals, {@code sun.misc.Signal} of the module {@code jdk.unsupported}, is taken by reflection because compilers warn of it.
 */
final class StopSignals {

    private static final List<String> NAMES = List.of("TERM", "INT");

    private StopSignals() {}

    /** From now on the first of these signals opens the latch, and later ones are ignored. */
    static CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object opener = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            latch.countDown();
                        }
                        return null;
                    });
            for (String name : NAMES) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), opener);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM lets nobody handle signals", e);
        }
        return latch;
    }
}
