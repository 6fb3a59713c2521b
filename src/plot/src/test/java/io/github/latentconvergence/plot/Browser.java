package io.github.latentconvergence.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;
import org.openqa.selenium.logging.LogEntry;

/** Chromium without a window, and a page in it. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;
    private String page = "";

    /** @param downloads where what is saved goes */
    Browser(Path binary, Path driver, Path downloads) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(binary.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,1000",
                "--force-device-scale-factor=1");
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        // Named, so that nobody goes looking for one elsewhere.
        System.setProperty("webdriver.chrome.driver", driver.toString());
        this.driver = new ChromeDriver(options);
    }

    /** A program on the path. */
    static Optional<Path> find(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable).findFirst();
    }

    /** Opens a page and waits until it has drawn. */
    void open(Path file) {
        complaints();
        requests();
        page = file.toUri().toString();
        driver.get(page);
        await("return document.documentElement.dataset.drawnMs !== undefined");
    }

    /** Opens something that draws nothing by itself. */
    void show(Path file) {
        complaints();
        requests();
        page = file.toUri().toString();
        driver.get(page);
    }

    /** What is seen of the page. */
    BufferedImage screenshot() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(driver.getScreenshotAs(OutputType.BYTES)));
    }

    @Nullable
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What a script returns, which is something. */
    Parsed value(String script, Object... arguments) {
        return new Parsed(Objects.requireNonNull(run(script, arguments), script));
    }

    String string(String script, Object... arguments) {
        return value(script, arguments).text();
    }

    void await(String condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(run(condition))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + PATIENCE + " still not: " + condition);
            }
        }
    }

    /** Waits for the drawing that an action asks for. */
    void drawing(Runnable action) {
        drawing("drawings", action);
    }

    /** The same where drawings are counted under another name. */
    void drawing(String counter, Runnable action) {
        String before = dataset(counter);
        action.run();
        await("return document.documentElement.dataset." + counter + " > " + before);
    }

    String dataset(String name) {
        return string("return document.documentElement.dataset[arguments[0]]", name);
    }

    double[] numbers(String name) {
        return Arrays.stream(dataset(name).split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    /** What is seen: first row, last, first column, last. */
    double[] window() {
        return numbers("window");
    }

    String text(String selector) {
        return string("return document.querySelector(arguments[0]).textContent", selector);
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    void select(String selector, int option) {
        driver.findElements(By.cssSelector(selector + " option")).get(option).click();
    }

    /** What a select offers, the chosen one with a star. */
    List<String> options(String selector) {
        return List
                .of(string("return [...document.querySelector(arguments[0]).options].map(o => o.text + (o.selected ? '*' : '')).join('|')",
                        selector).split("\\|"));
    }

    void keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void shifted(Keys key) {
        new Actions(driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
    }

    /** The point of the page at a row and column of the matrix, which may lie between cells. */
    private int[] point(double row, double column) {
        double[] plot = numbers("plot");
        double[] seen = window();
        Parsed stage = value(
                "window.scrollTo(0, 0); const b = document.getElementById('stage').getBoundingClientRect(); return [Math.round(b.left), Math.round(b.top)]");
        double x = stage.at(0).number() + plot[0] + (column - seen[2]) / (seen[3] - seen[2]) * plot[2];
        double y = stage.at(1).number() + plot[1] + (row - seen[0]) / (seen[1] - seen[0]) * plot[3];
        return new int[] {(int) x, (int) y};
    }

    private Actions at(double row, double column) {
        int[] point = point(row, column);
        return new Actions(driver).moveToLocation(point[0], point[1]);
    }

    /** Moves the pointer over the middle of a cell and gives what is said of it. */
    String hover(int token, int iteration) {
        at(token + 0.5, iteration + 0.5).perform();
        return text("#tip");
    }

    void clickCell(int token, int iteration) {
        at(token + 0.5, iteration + 0.5).click().perform();
    }

    void drag(double row, double column, int x, int y) {
        at(row, column).clickAndHold().moveByOffset(x / 2, y / 2).moveByOffset(x - x / 2, y - y / 2).release().perform();
    }

    void wheel(double row, double column, int amount) {
        int[] point = point(row, column);
        new Actions(driver)
                .scrollFromOrigin(WheelInput.ScrollOrigin.fromViewport(point[0], point[1]), 0, amount)
                .perform();
    }

    /** A place of an element, from its upper left corner. */
    private Actions within(String selector, double x, double y) {
        Parsed corner = value("const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'});"
                + " const b = e.getBoundingClientRect(); return [b.left, b.top]", selector);
        return new Actions(driver).moveToLocation((int) Math.round(corner.at(0).number() + x),
                (int) Math.round(corner.at(1).number() + y));
    }

    void hoverWithin(String selector, double x, double y) {
        within(selector, x, y).perform();
    }

    void dragWithin(String selector, double x, double y, int right, int down) {
        within(selector, x, y).clickAndHold().moveByOffset(right / 2, down / 2).moveByOffset(right - right / 2, down - down / 2).release()
                .perform();
    }

    void doubleClickWithin(String selector, double x, double y) {
        within(selector, x, y).doubleClick().perform();
    }

    void wheelWithin(String selector, double x, double y, int amount) {
        Parsed corner = value("const b = document.querySelector(arguments[0]).getBoundingClientRect(); return [b.left, b.top]", selector);
        new Actions(driver).scrollFromOrigin(WheelInput.ScrollOrigin.fromViewport((int) (corner.at(0).number() + x),
                (int) (corner.at(1).number() + y)), 0, amount).perform();
    }

    /** The colours, {@code 0xrrggbb}, a fifth into each of the cells of the whole matrix, row by row. */
    int[] cellColors(int tokens, int iterations) {
        String script = """
                const [tokens, iterations] = arguments;
                const figure = document.getElementById('figure');
                const canvas = new OffscreenCanvas(figure.width, figure.height);
                const pen = canvas.getContext('2d', {willReadFrequently: true});
                pen.drawImage(figure, 0, 0);
                const [x, y, w, h] = document.documentElement.dataset.plot.split(',').map(Number);
                const {data, width} = pen.getImageData(0, 0, canvas.width, canvas.height);
                const colors = [];
                for (let i = 0; i < tokens; i++) for (let t = 0; t < iterations; t++) {
                  const at = 4 * (Math.floor(y + (i + 0.2) / tokens * h) * width + Math.floor(x + (t + 0.2) / iterations * w));
                  colors.push(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
                }
                return colors.join();
                """;
        return parsed(string(script, tokens, iterations));
    }

    /** The colour of the figure behind everything. */
    int paper() {
        return pixels(1, 1, 1)[0];
    }

    /** The rows of pixels of the plot, from its top, that have a colour at a column of the matrix. */
    List<Integer> pixelRows(int rgb, double column) {
        double[] plot = numbers("plot");
        double[] seen = window();
        int x = (int) (plot[0] + (column - seen[2]) / (seen[3] - seen[2]) * plot[2]);
        int[] colors = pixels(x, plot[1], (int) plot[3]);
        return IntStream.range(0, colors.length).filter(row -> colors[row] == rgb).boxed().toList();
    }

    /** The colour at a row and column of the matrix. */
    int color(double row, double column) {
        double[] plot = numbers("plot");
        double[] seen = window();
        double x = plot[0] + (column - seen[2]) / (seen[3] - seen[2]) * plot[2];
        return pixels(x, plot[1] + (row - seen[0]) / (seen[1] - seen[0]) * plot[3], 1)[0];
    }

    /** Colours from the top to the bottom of a token's row, its edges left out, at a column of the matrix. */
    int[] strip(int token, double column) {
        double[] plot = numbers("plot");
        double[] seen = window();
        double rowHeight = plot[3] / (seen[1] - seen[0]);
        double x = plot[0] + (column - seen[2]) / (seen[3] - seen[2]) * plot[2];
        return pixels(x, plot[1] + (token - seen[0]) * rowHeight + 3, (int) rowHeight - 6);
    }

    /** Moves the pointer over a row of pixels of the plot and gives what is said of the cell there. */
    String hoverPixelRow(int row, double column) {
        int[] top = point(window()[0], column);
        new Actions(driver).moveToLocation(top[0], top[1] + row).perform();
        return text("#tip");
    }

    /** Colours of the figure below each other. */
    private int[] pixels(double x, double y, int count) {
        String script = """
                const [x, y, count] = [...arguments].map(Math.floor);
                const pen = new OffscreenCanvas(1, count).getContext('2d', {willReadFrequently: true});
                pen.drawImage(document.getElementById('figure'), x, y, 1, count, 0, 0, 1, count);
                const {data} = pen.getImageData(0, 0, 1, count);
                return Array.from({length: count}, (_, k) => data[4 * k] << 16 | data[4 * k + 1] << 8 | data[4 * k + 2]).join();
                """;
        return parsed(string(script, x, y, count));
    }

    private static int[] parsed(String list) {
        return Arrays.stream(list.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    /** The whole figure as text: another picture gives another. */
    String picture() {
        return picture("figure");
    }

    /** The same of another canvas. */
    String picture(String id) {
        return string("return document.getElementById(arguments[0]).toDataURL()", id);
    }

    /** What was written to the console since this was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream().map(LogEntry::toString).toList();
    }

    /** What was asked for over any protocol since this was last asked, but for the page itself and what it made on its own. */
    List<String> requests() {
        return driver.manage().logs().get("performance").getAll().stream().map(entry -> Parsed.of(entry.getMessage()).at("message"))
                .filter(message -> message.at("method").text().equals("Network.requestWillBeSent"))
                .map(message -> message.at("params").at("request").at("url").text())
                .filter(url -> !url.equals(page) && !url.startsWith("data:") && !url.startsWith("blob:")).toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
