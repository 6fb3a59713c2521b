// Explains what the colour bar does not.
// [what is drawn before the text, text] for all that the colour bar does not explain.
function legendEntries(grid) {
  const isHidden = code => grid && (grid.binRows > 1 || grid.binColumns > 1) && !grid.values.includes(code);
  const entries = state.view.legend.map(([code, shown, hidden]) => [code, isHidden(code) && hidden ? hidden : shown]);
  const note = grid ? binNote(grid) : "";
  if (note) entries.push([null, note]);
  for (const name of Object.keys(state.overlays).filter(name => state.overlays[name])) {
    const [text, any] = overlayText(name);
    entries.push([any ? name : null, text]);
  }
  return entries;
}

// What is said of an overlay, and whether there is anything of it to see.
function overlayText(name) {
  if (name === "step") return state.view.steps.legend;
  return name === "exits" ? state.exits.legend : analysis.legend[name];
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
  if (what !== "bands") pen.fillRect(x, y, size, size);
  pen.beginPath();
  if (kind) {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    const at = length => Math.round(length * scale);
    paintTexture(pen, kind, at(x), at(y), at(x + size), at(y + size), scale);
  } else if (what === "floor") {
    pen.fillStyle = hatch(pen, MARK.floor, 8, 1);
    pen.fillRect(x, y, size, size);
  } else if (what === "bands") {
    bracket(pen, x + 5, y, y + size, colors.ink);
  } else if (what === "exits") {
    circle(pen, x + size / 2, y + size / 2, 4);
    fillWithEdge(pen);
  } else {
    const across = what === "segments";
    pen.moveTo(across ? x : x + size / 2, across ? y + size / 2 : y);
    pen.lineTo(across ? x + size : x + size / 2, across ? y + size / 2 : y + size);
    if (across) dashes(pen);
    else edged(pen, 2);
  }
  pen.restore();
  if (what !== "bands") frame(pen, {x, y, width: size, height: size}, colors);
}
