// What the analysis says and where rules stop, drawn over the cells.
// Light and dark together, as in the PNG: seen on every cell of every map, in any light and by any eye.
const MARK = {light: "#ffffff", dark: "#1c1c1c", floor: "#ffffffb0"};

const clipTo = (pen, plot) => {
  pen.beginPath();
  pen.rect(plot.x, plot.y, plot.width, plot.height);
  pen.clip();
};

function drawOverlays(pen, layout, colors) {
  const {plot} = layout;
  pen.save();
  clipTo(pen, plot);
  if (state.overlays.floor) drawFloor(pen, layout);
  if (state.overlays.segments) drawSegments(pen, plot);
  if (state.overlays.step) drawSteps(pen, layout);
  if (state.overlays.exits) drawExits(pen, layout);
  pen.restore();
  if (state.overlays.bands) drawBands(pen, layout, colors);
}

// Of each row that is seen the position of its token, and where the row begins and ends. Where tokens share a row, the latest; none if one of them has none.
function* latest(positions, {plot, grid}) {
  for (let r = 0; r < grid.rows; r++) {
    const first = (grid.firstRow + r) * grid.binRows;
    const end = Math.min(first + grid.binRows, tokens);
    let at = -1;
    for (let i = first; i < end; i++) {
      if (!isMasked(i)) at = Math.max(at, positions[i] ?? Infinity);
    }
    if (at >= 0 && at < Infinity) yield [Math.floor(at / grid.binColumns) * grid.binColumns, rowToY(plot, first), rowToY(plot, end)];
  }
}

function drawFloor(pen, layout) {
  const {plot, scale} = layout;
  pen.beginPath();
  for (const [at, top, bottom] of latest(analysis.floor, layout)) {
    pen.rect(columnToX(plot, at), top, columnToX(plot, iterations) - columnToX(plot, at), bottom - top);
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
  dashes(pen);
}

// At the left edge of the cell from which a token counts as converged.
function drawSteps(pen, layout) {
  pen.beginPath();
  for (const [at, top, bottom] of latest(state.view.steps.at, layout)) {
    pen.moveTo(columnToX(layout.plot, at), top);
    pen.lineTo(columnToX(layout.plot, at), bottom);
  }
  edged(pen, 2);
}

function drawExits(pen, layout) {
  const {plot, grid} = layout;
  pen.beginPath();
  for (const [at, top, bottom] of latest(state.exits.at, layout)) {
    const x = (columnToX(plot, at) + columnToX(plot, Math.min(at + grid.binColumns, iterations))) / 2;
    circle(pen, x, (top + bottom) / 2, clamp(0.32 * (bottom - top), 1.2, 4.5));
  }
  fillWithEdge(pen);
}

function circle(pen, x, y, r) {
  pen.moveTo(x + r, y);
  pen.arc(x, y, r, 0, 2 * Math.PI);
}

// A light area with dark edges; of areas that touch, the edges of all together.
function fillWithEdge(pen) {
  pen.strokeStyle = MARK.dark;
  pen.lineWidth = 2.4;
  pen.stroke();
  pen.fillStyle = MARK.light;
  pen.fill();
}

// A light line with dark edges.
function edged(pen, width) {
  pen.lineCap = "butt";
  pen.strokeStyle = MARK.dark;
  pen.lineWidth = width + 2;
  pen.stroke();
  pen.strokeStyle = MARK.light;
  pen.lineWidth = width;
  pen.stroke();
}

// Dark dashes with light between them.
function dashes(pen) {
  pen.lineCap = "butt";
  pen.lineWidth = 1.6;
  pen.strokeStyle = MARK.light;
  pen.stroke();
  pen.setLineDash([4]);
  pen.strokeStyle = MARK.dark;
  pen.stroke();
  pen.setLineDash([]);
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
