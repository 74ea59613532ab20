package dev.genfleet.importer.checkpoint;

import java.util.Arrays;

/** Which names of zip entries are believed. Nothing is ever unpacked, but an archive with others was not made by PyTorch. */
final class ZipNames {

    private ZipNames() {}

    /** What is wrong with the name, as the end of a sentence; empty where nothing is. */
    static String complaint(String name) {
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl) || name.indexOf('\uFFFD') >= 0) {
            return "has a name that is empty or not plain text";
        }
        boolean absolute = name.startsWith("/") || (name.length() > 1 && name.charAt(1) == ':');
        if (absolute
                || name.indexOf('\\') >= 0
                || Arrays.asList(name.split("/", -1)).contains("..")) {
            return "has a name that leaves the archive; names must be relative, without '..' and '\\'";
        }
        return "";
    }
}
