// Log distance of the chosen token over iterations, among the median and the quartiles of all.
const CURVE_HEIGHT = 260;

const quartiles = new Map();

// For each iteration the quartiles of the measured cells; null where there are none.
function quartilesOf(cells) {
  if (!quartiles.has(cells)) {
    quartiles.set(cells, Array.from({length: iterations}, (_, t) => {
      const column = [];
      for (let i = 0; i < tokens; i++) {
        if (isMeasured(valueAt(cells, i, t))) column.push(valueAt(cells, i, t));
      }
      const sorted = Float32Array.from(column).sort();
      const at = share => sorted[Math.round(share * (sorted.length - 1))];
      return column.length ? [at(0.25), at(0.5), at(0.75)] : null;
    }));
  }
  return quartiles.get(cells);
}

function drawCurve() {
  const canvas = element("curve");
  element("curve-section").hidden = state.chosen === null;
  if (state.chosen === null) return;
  const width = stage.clientWidth;
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(CURVE_HEIGHT * scale);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${CURVE_HEIGHT}px`;
  const colors = colorsOf(canvas);
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  const box = {x: 104, y: 34, width: width - 124, height: CURVE_HEIGHT - 84};
  const [low, high] = curveSpan();
  const toX = t => box.x + (t + 0.5) / iterations * box.width;
  const toY = log => box.y + (high - log) / (high - low) * box.height;
  frame(pen, box, colors);
  drawRuns(pen, curveTitle(), box.x + box.width / 2, 16, SIZE.axis, 0.5, colors);
  curveAxes(pen, box, low, high, toX, toY, colors);
  const between = quartilesOf(state.cells);
  pen.fillStyle = colors.quiet;
  pen.globalAlpha = 0.25;
  pen.beginPath();
  const there = between.map((q, t) => [t, q]).filter(([, q]) => q);
  for (const [t, q] of there) pen.lineTo(toX(t), toY(q[2]));
  for (const [t, q] of there.reverse()) pen.lineTo(toX(t), toY(q[0]));
  pen.fill();
  pen.globalAlpha = 1;
  path(pen, between.map(q => q ? q[1] : NaN), toX, toY, colors.quiet, 1.5);
  const own = Array.from({length: iterations}, (_, t) => valueAt(state.cells, state.chosen, t)).map(v => isMeasured(v) ? v : NaN);
  path(pen, own, toX, toY, "#2f7fd6", 2.5);
  const step = analysis ? state.view.steps.at[state.chosen] : null;
  if (step !== null) {
    pen.setLineDash([5, 4]);
    line(pen, toX(step), box.y, toX(step), box.y + box.height, colors.ink);
    pen.setLineDash([]);
  }
  const exit = state.overlays.exits ? state.exits.at[state.chosen] : null;
  if (exit !== null && !Number.isNaN(own[exit])) {
    pen.beginPath();
    circle(pen, toX(exit), toY(own[exit]), 4.5);
    fillWithEdge(pen);
  }
  canvas.setAttribute("aria-label", describeCurve(own, step));
}

// All values of the token and of the quartiles.
function curveSpan() {
  const values = quartilesOf(state.cells).filter(q => q).flat();
  for (let t = 0; t < iterations; t++) {
    const value = valueAt(state.cells, state.chosen, t);
    if (isMeasured(value)) values.push(value);
  }
  const low = values.length ? Math.min(...values) : 0;
  const high = values.length ? Math.max(...values) : 1;
  return [low - 0.05 * (high - low) - 0.02, high + 0.05 * (high - low) + 0.02];
}

function curveTitle() {
  const runs = data.tokens[state.chosen];
  const [first = "", ...rest] = runs;
  const title = [`Token ${state.chosen}:  ${first}`, ...rest];
  // By turns plain and quiet: what follows a quiet end is plain.
  const tail = "    line and shade: median and quartiles of all tokens";
  return title.length % 2 ? [...title, tail] : [...title, "", tail];
}

function curveAxes(pen, box, low, high, toX, toY, colors) {
  let free = Infinity;
  for (const [log, major, label] of [...state.view.ticks].sort((a, b) => a[0] - b[0])) {
    if (log < low || log > high || (!major && high - low > 1)) continue;
    line(pen, box.x - (major ? 6 : 3), toY(log), box.x, toY(log), colors.quiet);
    if (free - toY(log) >= SIZE.tick * LINE) {
      drawRuns(pen, label, box.x - 10, toY(log), SIZE.tick, 1, colors, true);
      free = toY(log);
    }
  }
  const step = niceStep(iterations / Math.min(10, box.width / 44));
  for (let t = 0; t < iterations; t += step) {
    line(pen, toX(t), box.y + box.height, toX(t), box.y + box.height + 5, colors.quiet);
    drawRuns(pen, [String(t)], toX(t), box.y + box.height + 15, SIZE.tick, 0.5, colors);
  }
  drawRuns(pen, [state.view.axis], box.x + box.width / 2, box.y + box.height + 36, SIZE.axis, 0.5, colors);
  pen.save();
  pen.translate(16, box.y + box.height / 2);
  pen.rotate(-Math.PI / 2);
  drawRuns(pen, fit(pen, [state.view.bar], SIZE.axis, box.height + 60), 0, 0, SIZE.axis, 0.5, colors);
  pen.restore();
}

// A line through the values, broken where there is none.
function path(pen, values, toX, toY, color, width) {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.beginPath();
  values.forEach((value, t) => {
    if (Number.isNaN(value)) return;
    if (t === 0 || Number.isNaN(values[t - 1])) pen.moveTo(toX(t) - 0.5, toY(value));
    pen.lineTo(toX(t), toY(value));
  });
  pen.stroke();
}

function describeCurve(own, step) {
  const there = own.map((value, t) => [t, value]).filter(([, value]) => !Number.isNaN(value));
  const ends = there.length ? [there[0], there.at(-1)].map(([t, v]) => `${number(10 ** v)} at iteration ${t}`).join(", ") : "nothing measured";
  const converged = !analysis ? "" : step === null ? ", not converged" : `, converged from iteration ${step}`;
  return `Distance of token ${state.chosen} (${plainText(data.tokens[state.chosen])}): ${ends}${converged}`;
}
