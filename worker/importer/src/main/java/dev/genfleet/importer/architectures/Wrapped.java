package dev.genfleet.importer.architectures;

import java.util.ArrayList;
import java.util.List;

/** Paragraphs in lines of limited width. */
final class Wrapped {

    private Wrapped() {}

    /** Lines of at most {@code columns}, broken at spaces; the first begins with {@code mark}, the others are indented as far. */
    static List<String> text(String mark, String paragraph, int columns) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(mark.length());
        StringBuilder line = new StringBuilder(mark);
        for (String word : paragraph.split(" ", -1)) {
            boolean first = line.length() == mark.length();
            if (!first && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
