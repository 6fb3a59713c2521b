// Starts, draws when something changed, and says how long that took.
let drawn = null;
let pending = null;

// Times go to data attributes of the root: milliseconds from the script's start or the event to the frame that shows it.
function timed(name, since) {
  requestAnimationFrame(() => setTimeout(() => {
    root.dataset[name] = (performance.now() - since).toFixed(1);
  }));
}

function redraw(what) {
  if (pending !== null) return;
  const since = performance.now();
  pending = requestAnimationFrame(() => {
    pending = null;
    draw();
    setTimeout(() => { root.dataset[`${what}Ms`] = (performance.now() - since).toFixed(1); });
  });
}

function redrawPointer() {
  if (pending !== null) return; // all is drawn then
  const since = performance.now();
  drawPointer(drawn);
  showTip(drawn);
  timed("hoverMs", since);
}

function heightFor() {
  const room = window.innerHeight - stage.getBoundingClientRect().top - window.scrollY - 16;
  const least = parseFloat(getComputedStyle(stage).minHeight);
  return clamp(room, least, Math.max(least, tokens * 26 + 170));
}

function draw() {
  const canvas = element("figure");
  const scale = window.devicePixelRatio || 1;
  const width = stage.clientWidth;
  const height = heightFor();
  for (const one of [canvas, element("pointer")]) {
    if (one.width !== Math.round(width * scale) || one.height !== Math.round(height * scale)) {
      one.width = Math.round(width * scale);
      one.height = Math.round(height * scale);
      one.style.width = `${width}px`;
      one.style.height = `${height}px`;
    }
  }
  drawn = drawFigure(canvas.getContext("2d"), width, height, scale, colorsOf(canvas));
  drawPointer(drawn);
  showTip(drawn);
  drawCurve();
  const {plot, rowLabels} = drawn;
  root.dataset.plot = [plot.x, plot.y, plot.width, plot.height].join();
  root.dataset.window = Object.values(state.window).join();
  root.dataset.rowLabels = rowLabels;
  root.dataset.drawings = 1 + Number(root.dataset.drawings ?? 0);
}

function save() {
  const canvas = document.createElement("canvas");
  const scale = Math.max(2, window.devicePixelRatio || 1);
  const {width, height} = drawn;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  drawFigure(canvas.getContext("2d"), width, height, scale, colorsOf(element("figure")));
  canvas.toBlob(blob => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "heatmap.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}

function showRange() {
  const {view} = state;
  for (const [id, log] of [["low", state.low], ["high", state.high]]) {
    const slider = element(id);
    slider.min = Math.floor(Math.min(view.low, state.span[0])) - 1;
    slider.max = Math.ceil(Math.max(view.high, state.span[1])) + 1;
    slider.value = log;
    slider.setAttribute("aria-valuetext", number(10 ** log));
    element(`${id}-value`).textContent = number(10 ** log);
  }
}

function listenToControls() {
  data.views.forEach((view, k) => element("view").add(new Option(view.name, k)));
  Object.keys(data.maps).forEach(name => element("map").add(new Option(name)));
  const on = (id, what, then) => element(id).addEventListener(what, event => {
    then(event.target);
    redraw("zoom");
  });
  on("view", "change", select => {
    look(data.views[select.value]);
    showRange();
  });
  on("map", "change", select => { state.map = select.value; });
  // The ends stay apart, so that there is always a scale.
  on("low", "input", slider => {
    state.low = Math.min(Number(slider.value), state.high - 0.05);
    showRange();
  });
  on("high", "input", slider => {
    state.high = Math.max(Number(slider.value), state.low + 0.05);
    showRange();
  });
  on("own-range", "click", () => {
    look(state.view);
    showRange();
  });
  element("overlays").disabled = !analysis;
  for (const name of Object.keys(state.overlays)) on(name, "change", box => { state.overlays[name] = box.checked; });
  on("zoom-in", "click", () => zoomAtCursor(0.5));
  on("zoom-out", "click", () => zoomAtCursor(2));
  on("whole", "click", whole);
  element("save").addEventListener("click", save);
  on("theme", "click", button => {
    root.dataset.theme = isDark() ? "light" : "dark";
    nameTheme(button);
  });
  element("controls").addEventListener("submit", event => event.preventDefault());
}

const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const nameTheme = button => { button.textContent = isDark() ? "Light" : "Dark"; };

if (document.body.className === "heatmap") document.title = plainText(data.views[0].title) || document.title;
if (analysis) element("summary").textContent = analysis.summary;
look(data.views[0]);
listenToControls();
showRange();
nameTheme(element("theme"));
listenToPointer();
listenToKeys();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  nameTheme(element("theme"));
  redraw("zoom");
});
window.addEventListener("resize", () => redraw("zoom"));
new ResizeObserver(() => stage.clientWidth === drawn.width || redraw("zoom")).observe(stage);
draw();
timed("drawnMs", started);
