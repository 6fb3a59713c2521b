// Cells to pixels. Where rows or columns are narrower than a pixel, neighbours share one and show their maximum: a slow token may grow but never vanish.

// The bins that are seen in `window` on `width` x `height` device pixels. Their edges are multiples of their size, so that moving the window changes none.
function binned(cells, window, width, height) {
  const binRows = Math.max(1, Math.ceil((window.r1 - window.r0) / height - 1e-9));
  const binColumns = Math.max(1, Math.ceil((window.c1 - window.c0) / width - 1e-9));
  const firstRow = Math.floor(window.r0 / binRows);
  const firstColumn = Math.floor(window.c0 / binColumns);
  const rows = Math.ceil(Math.min(window.r1, tokens) / binRows) - firstRow;
  const columns = Math.ceil(Math.min(window.c1, iterations) / binColumns) - firstColumn;
  const values = new Float32Array(rows * columns).fill(-Infinity);
  for (let r = 0; r < rows; r++) {
    const end = Math.min((firstRow + r + 1) * binRows, tokens);
    for (let i = (firstRow + r) * binRows; i < end; i++) {
      for (let c = 0; c < columns; c++) {
        const last = Math.min((firstColumn + c + 1) * binColumns, iterations);
        for (let t = (firstColumn + c) * binColumns; t < last; t++) {
          const value = cells[i * iterations + t];
          // The codes of the kinds are ordered so that this is right for them too.
          if (value > values[r * columns + c]) values[r * columns + c] = value;
        }
      }
    }
  }
  const edges = (first, count, size, from, to, length, all) => Array.from({length: count + 1}, (_, k) =>
    clamp(Math.floor((Math.min((first + k) * size, all) - from) / (to - from) * length + 1e-6), 0, length));
  return {
    binRows, binColumns, firstRow, firstColumn, rows, columns, values,
    tops: edges(firstRow, rows, binRows, window.r0, window.r1, height, tokens),
    lefts: edges(firstColumn, columns, binColumns, window.c0, window.c1, width, iterations),
  };
}

function colorIndex(value) {
  return clamp(Math.floor((value - state.low) / (state.high - state.low) * 256), 0, 255);
}

const packed = css => {
  const rgb = parseInt(css.slice(1), 16);
  return (0xff000000 | (rgb & 0xff) << 16 | (rgb & 0xff00) | rgb >> 16) >>> 0;
};

// Paints bins at (x, y) of the device, every pixel one of the palette's colours or a kind's.
function paintCells(pen, grid, x, y, scale) {
  const width = grid.lefts.at(-1);
  const height = grid.tops.at(-1);
  const image = pen.createImageData(Math.max(1, width), Math.max(1, height));
  const pixels = new Uint32Array(image.data.buffer);
  const palette = palettes.get(state.map).map(packed);
  const fills = new Map(data.kinds.map(kind => [kind.code, packed(kind.fill)]));
  const line = new Uint32Array(width);
  for (let r = 0; r < grid.rows; r++) {
    for (let c = 0; c < grid.columns; c++) {
      const value = grid.values[r * grid.columns + c];
      line.fill(isMeasured(value) ? palette[colorIndex(value)] : fills.get(value), grid.lefts[c], grid.lefts[c + 1]);
    }
    for (let row = grid.tops[r]; row < grid.tops[r + 1]; row++) pixels.set(line, row * width);
  }
  pen.putImageData(image, x, y);
  for (let r = 0; r < grid.rows; r++) {
    for (let c = 0; c < grid.columns; c++) {
      const kind = kinds.get(grid.values[r * grid.columns + c]);
      if (kind) {
        paintTexture(pen, kind, x + grid.lefts[c], y + grid.tops[r], x + grid.lefts[c + 1], y + grid.tops[r + 1], scale);
      }
    }
  }
}

// What tells the kinds apart without colour; nothing where there is no room for it.
function paintTexture(pen, kind, x1, y1, x2, y2, scale) {
  const least = Math.min(x2 - x1, y2 - y1);
  if (kind.name === "MASKED") {
    pen.fillStyle = hatch(pen, kind.ink, 6 * scale, scale);
    pen.fillRect(x1, y1, x2 - x1, y2 - y1);
  }
  if (least < 5 * scale) return;
  const x = (x1 + x2) / 2;
  const y = (y1 + y2) / 2;
  const r = Math.min(least * 0.3, 4 * scale);
  pen.strokeStyle = pen.fillStyle = kind.ink;
  pen.lineWidth = scale;
  pen.beginPath();
  if (kind.name === "ZERO") {
    pen.arc(x, y, r / 2, 0, 2 * Math.PI);
    pen.fill();
  } else if (kind.name === "NAN") {
    pen.moveTo(x - r, y - r);
    pen.lineTo(x + r, y + r);
    pen.moveTo(x - r, y + r);
    pen.lineTo(x + r, y - r);
  } else if (kind.name === "INFINITE") {
    pen.moveTo(x, y - r);
    pen.lineTo(x, y + r);
    pen.moveTo(x - r, y);
    pen.lineTo(x + r, y);
  }
  pen.stroke();
}

const hatches = new Map();

// Diagonals `apart` pixels from each other, which run on from one rectangle to the next.
function hatch(pen, color, apart, thick) {
  const key = [color, apart, thick].join();
  if (!hatches.has(key)) {
    const size = Math.max(2, Math.round(apart));
    const tile = document.createElement("canvas");
    tile.width = tile.height = size;
    const inside = tile.getContext("2d");
    inside.strokeStyle = color;
    inside.lineWidth = thick;
    for (const shift of [-size, 0, size]) {
      inside.moveTo(shift - 1, size + 1);
      inside.lineTo(shift + size + 1, -1);
    }
    inside.stroke();
    hatches.set(key, tile);
  }
  return pen.createPattern(hatches.get(key), "repeat");
}
