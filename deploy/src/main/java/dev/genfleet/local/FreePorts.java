package dev.genfleet.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Loopback ports for programs that must know theirs before they start. Another program may still be quicker: retry. */
final class FreePorts {

    private FreePorts() {}

    /** As many ports as asked for, all different, on which nobody listened a moment ago. */
    static List<Integer> choose(int count) throws StackException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new StackException("cannot find a free port on the loopback interface: " + e.getMessage(), e);
        } finally {
            for (ServerSocket socket : sockets) {
                closeQuietly(socket);
            }
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The port is not ours any more either way.
        }
    }
}
