package dev.genfleet.gateway.destination;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses are of the inside: loopback, link-local, private, multicast, metadata services and other special ranges. */
final class AddressRules {

    private static final int BYTE = 0xFF;

    private AddressRules() {}

    /** Whether nothing but public hosts can have this address. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address v4 -> isPublic4(v4.getAddress());
            case Inet6Address v6 -> isPublic6(v6.getAddress());
            default -> false;
        };
    }

    /** Special ranges of IPv4 (RFC 6890) that the platform does not know. */
    private static boolean isPublic4(byte[] bytes) {
        int a = bytes[0] & BYTE;
        int b = bytes[1] & BYTE;
        int c = bytes[2] & BYTE;
        boolean thisNetwork = a == 0;
        boolean carrierGrade = a == 100 && b >= 64 && b < 128;
        boolean protocolAssignments = a == 192 && b == 0 && (c == 0 || c == 2);
        boolean relayAnycast = a == 192 && b == 88 && c == 99;
        boolean benchmarks = a == 198 && (b == 18 || b == 19);
        boolean documentation = (a == 198 && b == 51 && c == 100) || (a == 203 && b == 0 && c == 113);
        boolean reserved = a >= 240;
        return !(thisNetwork
                || carrierGrade
                || protocolAssignments
                || relayAnycast
                || benchmarks
                || documentation
                || reserved);
    }

    /** Only global unicast, 2000::/3, and of it no range that carries IPv4 addresses or documentation. */
    private static boolean isPublic6(byte[] bytes) {
        int first = word(bytes, 0);
        int second = word(bytes, 2);
        boolean globalUnicast = (first & 0xE000) == 0x2000;
        boolean teredoAndAssignments = first == 0x2001 && second < 0x0200;
        boolean documentation = (first == 0x2001 && second == 0x0DB8) || (first == 0x3FFF && second < 0x1000);
        boolean sixToFour = first == 0x2002;
        return globalUnicast && !teredoAndAssignments && !documentation && !sixToFour;
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & BYTE) << 8) | (bytes[at + 1] & BYTE);
    }
}
