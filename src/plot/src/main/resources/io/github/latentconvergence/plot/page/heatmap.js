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
  const below = state.chosen === null ? 16 : CURVE_HEIGHT + 16;
  const room = window.innerHeight - stage.getBoundingClientRect().top - window.scrollY - below;
  const least = parseFloat(getComputedStyle(stage).minHeight);
  // Whole, so that no part of a pixel keeps what was there before.
  return Math.floor(clamp(room, least, Math.max(least, tokens * 26 + 170)));
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

// The metrics there are, and those references that the metric that is looked at has.
function listenToViews(on) {
  const metrics = [...new Set(data.views.map(view => view.metric))];
  metrics.forEach(name => element("metric").add(new Option(name)));
  element("metric").disabled = metrics.length === 1;
  const of = metric => data.views.filter(view => view.metric === metric);
  const offerReferences = () => {
    const views = of(state.view.metric);
    element("reference").replaceChildren(...views.map(view => new Option(view.reference, data.views.indexOf(view), false, view === state.view)));
    element("reference").disabled = views.length === 1;
  };
  on("metric", "change", select => {
    const views = of(select.value);
    look(views.find(view => view.reference === state.view.reference) ?? views[0]);
    offerReferences();
    showRange();
  });
  on("reference", "change", select => {
    look(data.views[select.value]);
    showRange();
  });
  offerReferences();
}

function listenToOverlays(on) {
  for (const name of Object.keys(state.overlays)) {
    element(name).disabled = !(name === "exits" ? state.exits : analysis);
    element(name).checked = state.overlays[name];
    on(name, "change", box => { state.overlays[name] = box.checked; });
  }
  element("overlays").disabled = !analysis && !state.exits;
  element("exits").parentElement.hidden = !state.exits;
  element("rules").hidden = data.exits.length < 2;
  data.exits.forEach((exits, k) => element("rule").add(new Option(exits.name, k)));
  on("rule", "change", select => {
    state.exits = data.exits[select.value];
    state.overlays.exits = element("exits").checked = true;
  });
}

function listenToControls() {
  Object.keys(data.maps).forEach(name => element("map").add(new Option(name)));
  element("map").value = state.map;
  const on = (id, what, then) => element(id).addEventListener(what, event => {
    then(event.target);
    redraw("zoom");
  });
  listenToViews(on);
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
  listenToOverlays(on);
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
