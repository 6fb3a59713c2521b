// The whole figure on one canvas, so that what is saved is what is seen.
const SIZE = {title: 19, axis: 16, tick: 14, label: 14, smallest: 11};
const LINE = 1.2;

function colorsOf(canvas) {
  const style = getComputedStyle(canvas);
  return {ink: style.color, paper: style.backgroundColor, quiet: style.borderTopColor};
}

let widestLabel = {room: -1, width: 0};

function labelWidth(pen, room) {
  if (widestLabel.room !== room) {
    const width = data.tokens.reduce((most, runs) => Math.max(most, widthOf(pen, runs, SIZE.label)), 0);
    widestLabel = {room, width: Math.ceil(Math.min(width, room))};
  }
  return widestLabel.width;
}

// Where everything is, in CSS pixels; the plot lies on whole device pixels.
function layoutOf(pen, width, height, scale, grid) {
  const snap = length => Math.round(length * scale) / scale;
  const indexWidth = isUnnamed ? 0 : widthOf(pen, [String(tokens - 1)], SIZE.smallest) + 12;
  const labels = labelWidth(pen, Math.min(width * 0.25, 280));
  const left = snap(labels + indexWidth + 14);
  const top = snap(plainText(state.view.title) === "" ? 12 : 40);
  const brackets = state.overlays.bands && analysis.bands.length > 0 ? 66 : 0;
  const right = snap(width - brackets - 130);
  const legend = legendLines(pen, width - 20, grid);
  const foot = 54 + (state.view.note === "" ? 0 : SIZE.tick * LINE) + (legend.length ? 12 + legend.length * SIZE.tick * 1.6 : 4);
  const bottom = snap(Math.max(top + 60, height - foot));
  const plot = {x: left, y: top, width: Math.max(40, right - left), height: bottom - top};
  plot.width = snap(plot.width);
  plot.height = snap(plot.height);
  const bar = {x: snap(plot.x + plot.width + brackets + 22), y: plot.y, width: snap(22), height: plot.height};
  return {width, height, scale, plot, bar, labels, legend, brackets};
}

function drawFigure(pen, width, height, scale, colors) {
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.fillStyle = colors.paper;
  pen.fillRect(0, 0, width, height);
  const layout = settled(pen, width, height, scale);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  paintCells(pen, layout.grid, Math.round(layout.plot.x * scale), Math.round(layout.plot.y * scale), scale);
  drawBar(pen, layout.bar, scale);
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  drawOverlays(pen, layout, colors);
  frame(pen, layout.plot, colors);
  frame(pen, layout.bar, colors);
  drawTitle(pen, layout, colors);
  const rows = drawRowLabels(pen, layout, colors);
  drawIterations(pen, layout, colors);
  drawBarTicks(pen, layout.bar, width, colors);
  drawLegend(pen, layout, colors);
  return {...layout, rowLabels: rows};
}

// The legend says how many cells share a pixel, which depends on the room it leaves.
function settled(pen, width, height, scale) {
  let grid = null;
  for (let round = 0; ; round++) {
    const layout = layoutOf(pen, width, height, scale, grid);
    const next = binned(state.cells, state.window, Math.round(layout.plot.width * scale), Math.round(layout.plot.height * scale));
    if (round === 2 || (grid && next.binRows === grid.binRows && next.binColumns === grid.binColumns)) return {...layout, grid: next};
    grid = next;
  }
}

function frame(pen, box, colors) {
  pen.strokeStyle = colors.quiet;
  pen.lineWidth = 1;
  pen.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
}

function drawTitle(pen, layout, colors) {
  const {plot} = layout;
  let size = SIZE.title;
  while (size > 12 && widthOf(pen, state.view.title, size) > layout.width - 20) size -= 1;
  const runs = fit(pen, state.view.title, size, layout.width - 20);
  const half = widthOf(pen, runs, size) / 2;
  drawRuns(pen, runs, clamp(plot.x + plot.width / 2, 10 + half, layout.width - 10 - half), 20, size, 0.5, colors);
}

const rowToY = (plot, row) => plot.y + (row - state.window.r0) / (state.window.r1 - state.window.r0) * plot.height;
const columnToX = (plot, column) => plot.x + (column - state.window.c0) / (state.window.c1 - state.window.c0) * plot.width;

// The text and index of every token there is room for, else of every n-th. Returns how many.
function drawRowLabels(pen, layout, colors) {
  const {plot, labels} = layout;
  const rowHeight = plot.height / (state.window.r1 - state.window.r0);
  const size = clamp(rowHeight / LINE, SIZE.smallest, SIZE.label);
  const step = niceStep(size * LINE / rowHeight - 1e-6);
  const indexX = plot.x - 8;
  let count = 0;
  for (let i = Math.ceil(Math.floor(state.window.r0) / step) * step; i < Math.min(state.window.r1, tokens); i += step) {
    const y = rowToY(plot, i + 0.5);
    if (y < plot.y || y > plot.y + plot.height) continue;
    line(pen, plot.x - 5, y, plot.x, y, colors.quiet);
    if (!isUnnamed) drawRuns(pen, ["", String(i)], indexX, y, SIZE.smallest, 1, colors);
    const right = isUnnamed ? indexX : indexX - widthOf(pen, [String(tokens - 1)], SIZE.smallest) - 8;
    drawRuns(pen, fit(pen, data.tokens[i], size, labels), right, y, size, 1, colors);
    count++;
  }
  return count;
}

function drawIterations(pen, layout, colors) {
  const {plot} = layout;
  const {c0, c1} = state.window;
  const bottom = plot.y + plot.height;
  const step = niceStep((c1 - c0) / Math.min(10, plot.width / 44));
  for (let t = Math.ceil(Math.floor(c0) / step) * step; t < Math.min(c1, iterations); t += step) {
    const x = columnToX(plot, t + 0.5);
    if (x < plot.x || x > plot.x + plot.width) continue;
    line(pen, x, bottom, x, bottom + 5, colors.quiet);
    drawRuns(pen, [String(t)], x, bottom + 15, SIZE.tick, 0.5, colors);
  }
  drawRuns(pen, [state.view.axis], plot.x + plot.width / 2, bottom + 36, SIZE.axis, 0.5, colors);
  if (state.view.note !== "") {
    drawRuns(pen, [state.view.note], plot.x + plot.width / 2, bottom + 36 + SIZE.tick * 1.4, SIZE.tick, 0.5, colors);
  }
}

function line(pen, x1, y1, x2, y2, color) {
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}

// In device pixels, each a colour that cells have.
function drawBar(pen, bar, scale) {
  const height = Math.round(bar.height * scale);
  const palette = palettes.get(state.map);
  for (let y = 0; y < height; y++) {
    pen.fillStyle = palette[Math.min(255, Math.floor((1 - (y + 0.5) / height) * 256))];
    pen.fillRect(Math.round(bar.x * scale), Math.round(bar.y * scale) + y, Math.round(bar.width * scale), 1);
  }
}

function drawBarTicks(pen, bar, width, colors) {
  const right = bar.x + bar.width;
  const toY = log => bar.y + (state.high - log) / (state.high - state.low) * bar.height;
  // Decades first, so that what lies between them gets the room that is left.
  const taken = [];
  const seen = state.view.ticks.filter(([log]) => log >= state.low - 1e-9 && log <= state.high + 1e-9)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const decades = seen.filter(tick => tick[1]).length;
  for (const [log, major, label] of seen) {
    const y = toY(log);
    line(pen, right, y, right + (major ? 6 : 3), y, colors.quiet);
    const wanted = major || decades < 2;
    if (wanted && taken.every(other => Math.abs(other - y) >= SIZE.tick * 1.5)) {
      drawRuns(pen, label, right + 10, y, SIZE.tick, 0, colors, true);
      taken.push(y);
    }
  }
  if (taken.length < 2) {
    for (const log of [state.low, state.high]) drawRuns(pen, [number(10 ** log)], right + 10, toY(log), SIZE.tick, 0, colors);
  }
  arrows(pen, bar, colors);
  pen.save();
  pen.translate(width - 14, bar.y + bar.height / 2);
  pen.rotate(-Math.PI / 2);
  drawRuns(pen, fit(pen, [state.view.bar], SIZE.axis, bar.height + 40), 0, 0, SIZE.axis, 0.5, colors);
  pen.restore();
}

// The data goes on beyond the range.
function arrows(pen, bar, colors) {
  const palette = palettes.get(state.map);
  const slack = 1e-6;
  for (const [beyond, base, tip, color] of [
    [state.span[1] > state.high + slack, bar.y - 1, bar.y - 10, palette[255]],
    [state.span[0] < state.low - slack, bar.y + bar.height + 1, bar.y + bar.height + 10, palette[0]]]) {
    if (!beyond) continue;
    pen.beginPath();
    pen.moveTo(bar.x, base);
    pen.lineTo(bar.x + bar.width, base);
    pen.lineTo(bar.x + bar.width / 2, tip);
    pen.closePath();
    pen.fillStyle = color;
    pen.strokeStyle = colors.quiet;
    pen.fill();
    pen.stroke();
  }
}
