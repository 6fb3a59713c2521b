package io.github.latentconvergence.bench.report;

import java.io.IOException;

/** The part of a document that is generated: what stands between two marks. */
final class Block {
    private static final String START = "<!-- measured -->";
    private static final String END = "<!-- /measured -->";

    private Block() {}

    /**
     * The document with other contents between the marks.
     *
     * @param name of the document, for what is said of it
     */
    static String replaced(String name, String document, String contents) throws IOException {
        int start = once(name, document, START) + START.length();
        int end = once(name, document, END);
        if (end < start) {
            throw new IOException(name + ": found " + END + " before " + START + ", expected it after");
        }
        return document.substring(0, start) + "\n" + contents.strip() + "\n" + document.substring(end);
    }

    private static int once(String name, String document, String mark) throws IOException {
        int at = document.indexOf(mark);
        if (at < 0 || document.indexOf(mark, at + 1) >= 0) {
            throw new IOException(name + ": found " + mark + (at < 0 ? " nowhere" : " more than once") + ", expected it once");
        }
        return at;
    }
}
