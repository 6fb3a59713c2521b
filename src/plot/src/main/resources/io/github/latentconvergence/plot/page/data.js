// What the page holds, and what is looked at.
const started = performance.now();
const root = document.documentElement;
const element = id => document.getElementById(id);
const data = JSON.parse(element("data").textContent);
const tokens = data.tokens.length;
const iterations = data.iterations;
const kinds = new Map(data.kinds.map(kind => [kind.code, kind]));
const analysis = data.analysis ?? null;
// Without texts of their own tokens are called by their index.
const isUnnamed = data.tokens.every((runs, i) => runs.join("") === String(i));
const maskedCode = data.kinds.find(kind => kind.name === "MASKED").code;

// Beyond this on either side are codes of cells without a log distance.
const FAR = 1000;
const isMeasured = value => Math.abs(value) < FAR;

const decoded = new Map();

// The cells of array `index`, little-endian float32 as the machines of all browsers have it.
function cellsOf(index) {
  if (!decoded.has(index)) {
    const text = atob(data.arrays[index]);
    const bytes = new Uint8Array(text.length);
    for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
    decoded.set(index, new Float32Array(bytes.buffer));
  }
  return decoded.get(index);
}

// The smallest and largest log distance there is.
function spanOf(cells) {
  let least = Infinity;
  let most = -Infinity;
  for (const value of cells) {
    if (isMeasured(value)) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return [least, most];
}

const palettes = new Map(Object.entries(data.maps).map(([name, hex]) =>
  [name, Array.from({length: hex.length / 6}, (_, k) => "#" + hex.slice(6 * k, 6 * k + 6))]));

const state = {
  view: data.views[0],
  cells: null,
  span: null,
  map: data.map,
  low: 0,
  high: 1,
  overlays: {step: false, floor: false, bands: false, segments: false, exits: data.exitsShown},
  exits: data.exits[0] ?? null,
  // What of the matrix is seen: rows from r0 to r1, columns from c0 to c1.
  window: {r0: 0, r1: tokens, c0: 0, c1: iterations},
  cursor: null,
  chosen: null,
};

function look(view) {
  state.view = view;
  state.cells = cellsOf(view.cells);
  state.span = spanOf(state.cells);
  state.low = view.low;
  state.high = view.high;
}

const valueAt = (cells, token, iteration) => cells[token * iterations + iteration];
const isMasked = token => valueAt(state.cells, token, 0) === maskedCode;

// The smallest of 1, 2, 5, 10, 20, 50, ... that is at least `least`.
function niceStep(least) {
  for (let power = 1; ; power *= 10) {
    for (const digit of [1, 2, 5]) {
      if (digit * power >= least) return digit * power;
    }
  }
}

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
