package dev.genfleet.importer.pickle;

import java.math.BigInteger;

/** Values that the oldest protocol writes as text: numbers, and strings with Python's escapes. */
final class TextForms {

    /** Longest number, in digits or bytes, that is read; parsing longer ones takes more than linear time. */
    static final int MAX_NUMBER = 256;

    private TextForms() {}

    /** {@code 00} and {@code 01} are truth values. */
    static Pickled whole(String text) throws PickleException {
        if (text.equals("00") || text.equals("01")) {
            return new Pickled.Truth(text.equals("01"));
        }
        try {
            return whole(new BigInteger(bounded(text.endsWith("L") ? text.substring(0, text.length() - 1) : text)));
        } catch (NumberFormatException _) {
            throw new PickleException("has a whole number that is none");
        }
    }

    static Pickled whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? new Pickled.Whole(value.longValue()) : new Pickled.Huge(value);
    }

    /** Little-endian two's complement, no bytes for 0. */
    static Pickled whole(byte[] littleEndian) throws PickleException {
        if (littleEndian.length > MAX_NUMBER) {
            throw tooLong(littleEndian.length);
        }
        byte[] bigEndian = new byte[littleEndian.length + 1];
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[littleEndian.length - i] = littleEndian[i];
        }
        bigEndian[0] = (byte) (littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0 ? -1 : 0);
        return whole(new BigInteger(bigEndian));
    }

    static Pickled real(String text) throws PickleException {
        try {
            return new Pickled.Real(
                    switch (text) {
                        case "nan" -> Double.NaN;
                        case "inf" -> Double.POSITIVE_INFINITY;
                        case "-inf" -> Double.NEGATIVE_INFINITY;
                        default -> Double.parseDouble(bounded(text));
                    });
        } catch (NumberFormatException _) {
            throw new PickleException("has a number that is none");
        }
    }

    /** A quoted string as Python's {@code repr} writes it. */
    static Pickled quoted(String text) throws PickleException {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(0) != text.charAt(last) || "'\"".indexOf(text.charAt(0)) < 0) {
            throw new PickleException("has a string without quotes");
        }
        return new Pickled.Text(unescaped(text.substring(1, last)));
    }

    /** Replaces Python's escapes; what is no escape stays as it is. */
    static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char kind = text.charAt(at) == '\\' && at + 1 < text.length() ? text.charAt(at + 1) : 0;
            int digits =
                    switch (kind) {
                        case 'x' -> 2;
                        case 'u' -> 4;
                        case 'U' -> 8;
                        default -> 0;
                    };
            int single = "\\'\"ntr".indexOf(kind);
            if (digits > 0 && isCodePoint(text, at + 2, digits)) {
                plain.appendCodePoint(Integer.parseInt(text, at + 2, at + 2 + digits, 16));
                at += 2 + digits;
            } else if (kind != 0 && single >= 0) {
                plain.append("\\'\"\n\t\r".charAt(single));
                at += 2;
            } else {
                plain.append(text.charAt(at++));
            }
        }
        return plain.toString();
    }

    private static boolean isCodePoint(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return false;
        }
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return false;
            }
            value = value * 16 + digit;
        }
        return value <= Character.MAX_CODE_POINT;
    }

    private static String bounded(String number) throws PickleException {
        if (number.length() > MAX_NUMBER) {
            throw tooLong(number.length());
        }
        return number;
    }

    private static PickleException tooLong(int length) {
        return new PickleException("has a number of length " + length + ", but at most " + MAX_NUMBER + " is read");
    }
}
