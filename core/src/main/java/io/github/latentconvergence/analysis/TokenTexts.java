package io.github.latentconvergence.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What token texts say of words and sentences: the marks of the usual tokenizers. */
final class TokenTexts {
    private static final Pattern SPECIAL = Pattern.compile("<[|\uFF5C].*[|\uFF5C]>|</?[A-Za-z_0-9-]+>|\\[[A-Z]+]", Pattern.DOTALL);
    /** What may stand behind the end of a sentence and belongs to it. */
    private static final Pattern ENDS_SENTENCE = Pattern.compile(".*[.!?\u2026\u3002\uFF01\uFF1F][\"'\u2019\u201D)\\]]*\\s*",
            Pattern.DOTALL);

    private TokenTexts() {}

    /** {@code <|...|>}, {@code <s>}, {@code [SEP]} and the like. */
    static boolean isSpecial(String token) {
        return SPECIAL.matcher(plain(token).strip()).matches();
    }

    static boolean endsSentence(String token) {
        return !isSpecial(token) && ENDS_SENTENCE.matcher(plain(token)).matches();
    }

    /** With the marks that tokenizers put for a space and a line break as these. */
    static String plain(String token) {
        return token.replace('\u0120', ' ').replace('\u2581', ' ').replace('\u010A', '\n');
    }

    /** Groups of neighbouring tokens that are read as one word. */
    static List<Word> words(List<String> tokens) {
        // Without marks for where words begin, every token stands for itself: pieces and words look the same.
        boolean isMarked = tokens.stream().anyMatch(t -> beginsWithSpace(plain(t)) || t.startsWith("##"));
        List<Word> words = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= tokens.size(); i++) {
            if (i == tokens.size() || !isMarked || !continues(tokens.get(i - 1), tokens.get(i))) {
                StringBuilder text = new StringBuilder();
                tokens.subList(first, i).forEach(t -> text.append(t.startsWith("##") ? t.substring(2) : plain(t)));
                words.add(new Word(first, i - 1, text.toString()));
                first = i;
            }
        }
        return List.copyOf(words);
    }

    private static boolean continues(String before, String token) {
        if (token.startsWith("##")) {
            return !isSpecial(before);
        }
        if (isSpecial(before) || isSpecial(token) || token.isEmpty() || before.isEmpty()) {
            return false;
        }
        int end = plain(before).codePointBefore(plain(before).length());
        int start = plain(token).codePointAt(0);
        return (Character.isLetterOrDigit(end) || Character.getType(end) == Character.NON_SPACING_MARK)
                && (Character.isLetterOrDigit(start) || Character.getType(start) == Character.NON_SPACING_MARK);
    }

    private static boolean beginsWithSpace(String text) {
        return !text.isEmpty() && Character.isWhitespace(text.codePointAt(0));
    }
}
