// Draws when something changed: at once so much as is drawn quickly, the rest when nothing has moved for a moment, piece by piece.
const QUICK = 20_000;
const REST = 160;
let drawn = null;
let chosen = null;
let pending = null;
let piece = null;
let resting = null;

function sized(canvas, layout) {
  const scale = window.devicePixelRatio || 1;
  const [width, height] = [layout.width, layout.height].map(length => Math.round(length * scale));
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${layout.width}px`;
    canvas.style.height = `${layout.height}px`;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  return pen;
}

function colorsOf(canvas) {
  const style = getComputedStyle(canvas);
  const light = parseInt(style.backgroundColor.match(/\d+/)[0], 10) > 127;
  // What sets a path off from those behind it; on dark paper a little lighter than that, as paths begin dark.
  return {ink: style.color, paper: style.backgroundColor, quiet: style.borderTopColor, edge: light ? style.backgroundColor : "#7d7e86"};
}

// Every token that is drawn at once: all, or every n-th of more than QUICK pieces together.
const quickStep = () => Math.max(1, Math.ceil(count * Math.max(1, iterations - 1) / QUICK));

function draw(step) {
  const since = performance.now();
  cancelAnimationFrame(piece);
  const canvas = element("waterfall-figure");
  const layout = layoutOf(stage.clientWidth, stage.clientHeight);
  const pen = sized(canvas, layout);
  const colors = colorsOf(canvas);
  const eye = camera(layout);
  drawn = {layout, eye, step, colors};
  project(eye, step);
  pen.fillStyle = colors.paper;
  pen.fillRect(0, 0, layout.width, layout.height);
  const labels = labelsOf(pen, eye);
  drawBox(pen, eye, labels.map(label => label.n), colors);
  labels.forEach(({runs, x, y}) => drawRuns(pen, runs, x, y, SIZE.tick, 0, colors));
  drawAxes(pen, eye, colors);
  drawIterations(pen, layout, colors);
  if (data.note !== "") drawRuns(pen, fit(pen, [data.note], SIZE.tick, layout.width - 20), layout.width / 2, layout.height - 12, SIZE.tick, 0.5, colors);
  const order = Array.from({length: Math.ceil(count / step)}, (_, k) => k * step);
  if (!eye.nearFirst) order.reverse();
  const each = Math.max(1, Math.floor(QUICK / iterations));
  let at = 0;
  const more = () => {
    for (const end = Math.min(at + each, order.length); at < end; at++) drawTrail(pen, eye, order[at], colors, 1.6);
    if (at < order.length) piece = requestAnimationFrame(more);
    else finished(step, since);
  };
  more();
  drawPointer();
}

function finished(step, since) {
  root.dataset.waterfallView = [view.yaw, view.pitch, view.zoom].join();
  root.dataset.waterfallStep = step;
  root.dataset.waterfallMs = (performance.now() - since).toFixed(1);
  root.dataset.waterfallDrawings = 1 + Number(root.dataset.waterfallDrawings ?? 0);
}

function redraw() {
  clearTimeout(resting);
  if (quickStep() > 1) resting = setTimeout(() => draw(1), REST);
  if (pending !== null) return;
  pending = requestAnimationFrame(() => {
    pending = null;
    draw(quickStep());
  });
}

function point(state) {
  if (state === chosen) return;
  chosen = state;
  drawPointer();
}

// The chosen path over all others, with its states, and what is known of one of these.
function drawPointer() {
  const {layout, eye, colors} = drawn;
  const pen = sized(element("waterfall-pointer"), layout);
  pen.clearRect(0, 0, layout.width, layout.height);
  const tip = element("waterfall-tip");
  tip.hidden = chosen === null;
  if (chosen === null) return;
  if (chosen.token % drawn.step) project(eye, 1);
  const first = chosen.token * iterations;
  drawTrail(pen, eye, chosen.token, {...colors, edge: colors.ink}, 2.4);
  for (let t = 0; t < iterations; t++) {
    pen.fillStyle = colorAt(iterations === 1 ? 0 : t / (iterations - 1));
    pen.beginPath();
    pen.arc(seenX[first + t], seenY[first + t], 2.4, 0, 2 * Math.PI);
    pen.fill();
  }
  const [x, y] = [seenX[first + chosen.iteration], seenY[first + chosen.iteration]];
  pen.strokeStyle = colors.ink;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(x, y, 6, 0, 2 * Math.PI);
  pen.stroke();
  root.dataset.waterfallCursor = [x, y].join();
  showTip(tip, x, y, layout);
}

const factsOf = ({token, iteration}) => [["token", String(data.indices[token])], ["iteration", String(iteration)],
  ...data.titles.map((title, k) => [title.replace(/ \(.*/, ""), number(coordinates[k][token * iterations + iteration])])];

function showTip(tip, x, y, layout) {
  const text = document.createElement("b");
  data.tokens[chosen.token].forEach((run, k) => {
    const span = document.createElement("span");
    span.textContent = run;
    if (k % 2) span.className = "quiet";
    text.append(span);
  });
  const list = document.createElement("dl");
  for (const [name, value] of factsOf(chosen)) {
    const term = document.createElement("dt");
    term.textContent = name;
    const description = document.createElement("dd");
    description.textContent = value;
    list.append(term, description);
  }
  tip.replaceChildren(text, list);
  const left = x + 18 + tip.offsetWidth <= layout.width ? x + 18 : x - 18 - tip.offsetWidth;
  tip.style.left = `${clamp(left, 0, Math.max(0, layout.width - tip.offsetWidth))}px`;
  tip.style.top = `${clamp(y + 14, 0, Math.max(0, layout.height - tip.offsetHeight))}px`;
}

listenToPointer();
listenToKeys();
new MutationObserver(redraw).observe(root, {attributeFilter: ["data-theme"]});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
new ResizeObserver(() => stage.clientWidth === drawn.layout.width && stage.clientHeight === drawn.layout.height || redraw()).observe(stage);
draw(quickStep());
if (quickStep() > 1) resting = setTimeout(() => draw(1), REST);
root.dataset.waterfallDrawnMs = (performance.now() - started).toFixed(1);
if (document.body.className === "waterfall-page") stage.focus();
