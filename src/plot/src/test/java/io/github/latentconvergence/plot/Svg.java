package io.github.latentconvergence.plot;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.helpers.DefaultHandler;

/** A figure as a reader of SVG sees it. */
final class Svg {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)((?:\\.\\d+)?)v1(?:\\.\\d+)?h-(\\d+)((?:\\.\\d+)?)z");

    private final Element root;

    private Svg(Element root) {
        this.root = root;
    }

    /** Parses a file, strictly, and with everything off that reaches outside it. */
    static Svg of(byte[] file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        return new Svg(builder.parse(new ByteArrayInputStream(file)).getDocumentElement());
    }

    static Svg of(Heatmap heatmap) throws Exception {
        return of(FigureFormat.SVG.encode(heatmap));
    }

    Element root() {
        return root;
    }

    /** All elements with this name, or all with {@code *}. */
    List<Element> all(String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int k = 0; k < nodes.getLength(); k++) {
            elements.add((Element) nodes.item(k));
        }
        return elements;
    }

    /** The characters of every text, in order. */
    List<String> texts() {
        return all("text").stream().map(Element::getTextContent).toList();
    }

    /** The elements of a class. */
    List<Element> ofClass(String name) {
        return all("*").stream().filter(e -> e.getAttribute("class").equals(name)).toList();
    }

    /** The colours of the first group of cells of a name. */
    int[][] colors(String name, int rows, int columns) {
        return colors(name, 0, rows, columns);
    }

    /** The colours of the {@code k}-th group of cells, {@code 0xrrggbb}, where each begins; each is painted once but for what reaches under its neighbours, or this fails. */
    int[][] colors(String name, int which, int rows, int columns) {
        int[][] colors = new int[rows][columns];
        for (int[] row : colors) {
            Arrays.fill(row, -1);
        }
        NodeList paths = ofClass(name).get(which).getElementsByTagName("path");
        for (int k = 0; k < paths.getLength(); k++) {
            Element path = (Element) paths.item(k);
            Matcher runs = RUN.matcher(path.getAttribute("d"));
            int end = 0;
            while (runs.find()) {
                assertIs(runs.start() == end && runs.group(3).equals(runs.group(5)) && runs.group(4).equals(runs.group(6)),
                        "a path of runs only");
                end = runs.end();
                for (int c = 0; c < Integer.parseInt(runs.group(3)); c++) {
                    int x = Integer.parseInt(runs.group(1)) + c;
                    int y = Integer.parseInt(runs.group(2));
                    assertIs(colors[y][x] == -1, "cell " + y + ", " + x + " painted once");
                    colors[y][x] = Integer.parseInt(path.getAttribute("fill").substring(1), 16);
                }
            }
            assertIs(end == path.getAttribute("d").length(), "a path of runs only");
        }
        return colors;
    }

    private static void assertIs(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("expected " + what);
        }
    }
}
