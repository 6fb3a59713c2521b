// What the analysis says, drawn over the cells, and the legend.
const MARK = {step: "#ff4d2e", floor: "#ffffffb0", segment: "#ffffff"};

const clipTo = (pen, plot) => {
  pen.beginPath();
  pen.rect(plot.x, plot.y, plot.width, plot.height);
  pen.clip();
};

function drawOverlays(pen, layout, colors) {
  const {plot, scale} = layout;
  if (!analysis) return;
  pen.save();
  clipTo(pen, plot);
  if (state.overlays.floor) drawFloor(pen, plot, scale);
  if (state.overlays.segments) drawSegments(pen, plot);
  if (state.overlays.step) drawSteps(pen, plot);
  pen.restore();
  if (state.overlays.bands) drawBands(pen, layout, colors);
}

// Tokens that are seen, and where their rows begin and end; where rows are narrower than a pixel, several to the pixel.
function* seenRows(plot) {
  for (let i = Math.floor(state.window.r0); i < Math.min(state.window.r1, tokens); i++) {
    const top = rowToY(plot, i);
    yield [i, top, Math.max(rowToY(plot, i + 1), top + 1)];
  }
}

function drawFloor(pen, plot, scale) {
  pen.beginPath();
  for (const [i, top, bottom] of seenRows(plot)) {
    const at = analysis.floor[i];
    if (at !== null) pen.rect(columnToX(plot, at), top, columnToX(plot, iterations) - columnToX(plot, at), bottom - top);
  }
  // The pattern in device pixels, whatever the scale.
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = hatch(pen, MARK.floor, 8 * scale, scale);
  pen.fill();
  pen.restore();
}

function drawSegments(pen, plot) {
  const edges = new Set(analysis.segments.flatMap(([first, last]) => [first, last + 1]));
  pen.beginPath();
  for (const edge of edges) {
    if (edge > 0 && edge < tokens) {
      pen.moveTo(plot.x, rowToY(plot, edge));
      pen.lineTo(plot.x + plot.width, rowToY(plot, edge));
    }
  }
  twice(pen, MARK.segment, 1.5);
}

// At the left edge of the cell from which a token counts as converged.
function drawSteps(pen, plot) {
  pen.beginPath();
  for (const [i, top, bottom] of seenRows(plot)) {
    const at = state.view.steps.at[i];
    if (at !== null) {
      pen.moveTo(columnToX(plot, at), top);
      pen.lineTo(columnToX(plot, at), bottom);
    }
  }
  twice(pen, MARK.step, 3);
}

// A line that is seen on light and on dark cells.
function twice(pen, color, width) {
  pen.lineCap = "butt";
  pen.strokeStyle = "#000000a0";
  pen.lineWidth = width + 2;
  pen.stroke();
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.stroke();
}

function drawBands(pen, layout, colors) {
  const {plot} = layout;
  pen.save();
  pen.beginPath();
  pen.rect(plot.x + plot.width, plot.y - 8, layout.brackets + 8, plot.height + 16);
  pen.clip();
  let free = -Infinity;
  for (const [first, last, z] of [...analysis.bands].sort((a, b) => a[0] - b[0])) {
    const top = rowToY(plot, first) + 1;
    const bottom = Math.max(rowToY(plot, last + 1) - 1, top + 1);
    if (bottom < plot.y || top > plot.y + plot.height) continue;
    bracket(pen, plot.x + plot.width + 4, top, bottom, colors.ink);
    const y = clamp((top + bottom) / 2, plot.y + 6, plot.y + plot.height - 6);
    if (y - free >= SIZE.smallest * LINE) {
      drawRuns(pen, [`z ${number(Number(Number(z).toFixed(1)))}`], plot.x + plot.width + 14, y, 12, 0, colors);
      free = y;
    }
  }
  pen.restore();
}

function bracket(pen, x, top, bottom, color) {
  pen.strokeStyle = color;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.moveTo(x, top);
  pen.lineTo(x + 5, top);
  pen.lineTo(x + 5, bottom);
  pen.lineTo(x, bottom);
  pen.stroke();
}

// [what is drawn before the text, text] for all that the colour bar does not explain.
function legendEntries(grid) {
  const isHidden = code => grid && (grid.binRows > 1 || grid.binColumns > 1) && !grid.values.includes(code);
  const entries = state.view.legend.map(([code, shown, hidden]) => [code, isHidden(code) && hidden ? hidden : shown]);
  const note = grid ? binNote(grid) : "";
  if (note) entries.push([null, note]);
  if (!analysis) return entries;
  if (state.overlays.step) entries.push(["step", `converged from here on (${state.view.steps.of})`]);
  if (state.overlays.floor) entries.push(["floor", "at the arithmetic floor"]);
  if (state.overlays.bands && analysis.bands.length) entries.push(["band", "stands out, with its z-score"]);
  if (state.overlays.segments) entries.push(["segment", "segments"]);
  return entries;
}

function binNote({binRows, binColumns}) {
  const parts = [[binRows, "tokens"], [binColumns, "iterations"]].filter(([size]) => size > 1).map(([size, what]) => `${size} ${what}`);
  return parts.length ? `each cell shows the maximum of ${parts.join(" × ")}` : "";
}

function legendLines(pen, width, grid) {
  const lines = [];
  let used = Infinity;
  for (const entry of legendEntries(grid)) {
    const own = 46 + widthOf(pen, [entry[1]], SIZE.tick);
    if (used + own > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1).push([...entry, own]);
    used += own;
  }
  return lines;
}

function drawLegend(pen, layout, colors) {
  const {plot, legend} = layout;
  let y = layout.height - legend.length * SIZE.tick * 1.6 + SIZE.tick * 0.6;
  for (const entries of legend) {
    const width = entries.reduce((sum, entry) => sum + entry[2], 0);
    let x = clamp(plot.x + plot.width / 2 - width / 2, 10, Math.max(10, layout.width - width));
    for (const [what, text, own] of entries) {
      if (what !== null) swatch(pen, what, x, Math.round(y) - 7, 14, layout.scale, colors);
      drawRuns(pen, [text], x + (what === null ? 0 : 20), y, SIZE.tick, 0, colors);
      x += own;
    }
    y += SIZE.tick * 1.6;
  }
}

function swatch(pen, what, x, y, size, scale, colors) {
  const kind = kinds.get(what);
  pen.fillStyle = kind ? kind.fill : palettes.get(state.map)[60];
  pen.save();
  if (what !== "band") pen.fillRect(x, y, size, size);
  pen.beginPath();
  if (kind) {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    const at = length => Math.round(length * scale);
    paintTexture(pen, kind, at(x), at(y), at(x + size), at(y + size), scale);
  } else if (what === "floor") {
    pen.fillStyle = hatch(pen, MARK.floor, 8, 1);
    pen.fillRect(x, y, size, size);
  } else if (what === "band") {
    bracket(pen, x + 5, y, y + size, colors.ink);
  } else {
    const across = what === "segment";
    pen.moveTo(across ? x : x + size / 2, across ? y + size / 2 : y);
    pen.lineTo(across ? x + size : x + size / 2, across ? y + size / 2 : y + size);
    twice(pen, MARK[what], across ? 1.5 : 2);
  }
  pen.restore();
  if (what !== "band") frame(pen, {x, y, width: size, height: size}, colors);
}
