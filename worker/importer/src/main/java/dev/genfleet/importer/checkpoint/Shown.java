package dev.genfleet.importer.checkpoint;

/** Text from files, made fit for a sentence: one line, of bounded length. */
final class Shown {

    private static final int MAX_LENGTH = 120;

    private Shown() {}

    static String text(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 1);
        text.codePoints()
                .limit(MAX_LENGTH)
                .map(point -> isPrintable(point) ? point : '\uFFFD')
                .forEach(shown::appendCodePoint);
        return shown.length() < text.length() ? shown.append('…').toString() : shown.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
