package dev.genfleet.importer.checkpoint;

/**
 * A file inside a zip archive.
 *
 * @param name as the archive gives it
 * @param method 0 where the bytes are stored as they are, else the number of the compression
 * @param offset first byte of the data, counted from the start of the archive
 * @param length bytes of the data in the archive
 */
record ZipRecord(String name, int method, long offset, long length) {

    static final int STORED = 0;
}
