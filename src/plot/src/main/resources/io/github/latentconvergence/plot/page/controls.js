// Choices, pointer and keys. Each changes the state and asks for a drawing.
const stage = element("stage");
const SMALLEST = 4;

// Keeps what is seen inside the matrix.
function moveTo(r0, r1, c0, c1) {
  const rows = clamp(r1 - r0, Math.min(SMALLEST, tokens), tokens);
  const columns = clamp(c1 - c0, Math.min(SMALLEST, iterations), iterations);
  const top = clamp(r0, 0, tokens - rows);
  const left = clamp(c0, 0, iterations - columns);
  state.window = {r0: top, r1: top + rows, c0: left, c1: left + columns};
  redraw("zoom");
}

// By a factor about a point that stays where it is; below 1 nearer.
function zoom(factor, row, column, alongRows = true, alongColumns = true) {
  const {r0, r1, c0, c1} = state.window;
  const about = (from, to, fixed, f, smallest, all) => {
    const length = clamp((to - from) * f, Math.min(smallest, all), all);
    const start = fixed - (fixed - from) / (to - from) * length;
    return [start, start + length];
  };
  moveTo(...about(r0, r1, row, alongRows ? factor : 1, SMALLEST, tokens), ...about(c0, c1, column, alongColumns ? factor : 1, SMALLEST, iterations));
}

function zoomAtCursor(factor) {
  const {r0, r1, c0, c1} = state.window;
  const at = state.cursor ? [state.cursor.token + 0.5, state.cursor.iteration + 0.5] : [(r0 + r1) / 2, (c0 + c1) / 2];
  zoom(factor, ...at);
}

const isWhole = () => state.window.r1 - state.window.r0 === tokens && state.window.c1 - state.window.c0 === iterations;
const pan = (rows, columns) => moveTo(state.window.r0 + rows, state.window.r1 + rows, state.window.c0 + columns, state.window.c1 + columns);
const whole = () => moveTo(0, tokens, 0, iterations);

// Where a pointer is from the corner of the cells, the row and column there, and whether it is over the cells.
function placeOf(event) {
  const box = stage.getBoundingClientRect();
  const {plot} = drawn;
  // Browsers put a canvas on whole pixels.
  const x = event.clientX - Math.round(box.left) - plot.x;
  const y = event.clientY - Math.round(box.top) - plot.y;
  const {r0, r1, c0, c1} = state.window;
  return {
    x, y, row: r0 + y / plot.height * (r1 - r0), column: c0 + x / plot.width * (c1 - c0),
    besideRows: y < 0 || y >= plot.height, besideColumns: x < 0 || x >= plot.width,
  };
}

// The cell at a place; where several share a pixel the one that is shown, the largest.
function cellAt({x, y}) {
  const {grid, scale} = drawn;
  const index = (edges, at) => clamp(edges.findIndex(edge => edge > Math.floor(at * scale)) - 1, 0, edges.length - 2);
  const firstRow = (grid.firstRow + index(grid.tops, y)) * grid.binRows;
  const firstColumn = (grid.firstColumn + index(grid.lefts, x)) * grid.binColumns;
  let best = {token: firstRow, iteration: firstColumn};
  for (let i = firstRow; i < Math.min(firstRow + grid.binRows, tokens); i++) {
    for (let t = firstColumn; t < Math.min(firstColumn + grid.binColumns, iterations); t++) {
      if (valueAt(state.cells, i, t) > valueAt(state.cells, best.token, best.iteration)) best = {token: i, iteration: t};
    }
  }
  return best;
}

function choose(token) {
  state.chosen = state.chosen === token ? null : token;
  redraw("zoom");
}

function listenToPointer() {
  let held = null;
  stage.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    held = {x: event.clientX, y: event.clientY, window: state.window, moved: false};
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", event => {
    const place = placeOf(event);
    if (held && (held.moved || Math.hypot(event.clientX - held.x, event.clientY - held.y) > 4)) {
      held.moved = true;
      stage.classList.add("dragging");
      const {r0, r1, c0, c1} = held.window;
      const rows = (held.y - event.clientY) / drawn.plot.height * (r1 - r0);
      const columns = (held.x - event.clientX) / drawn.plot.width * (c1 - c0);
      moveTo(r0 + rows, r1 + rows, c0 + columns, c1 + columns);
    }
    state.cursor = place.besideRows || place.besideColumns ? null : cellAt(place);
    redrawPointer();
  });
  stage.addEventListener("pointerup", event => {
    const place = placeOf(event);
    // Beside the cells, a click on a label is one on its token.
    if (held && !held.moved && !place.besideRows && place.column < state.window.c1) choose(cellAt(place).token);
    held = null;
    stage.classList.remove("dragging");
  });
  stage.addEventListener("pointerleave", () => {
    state.cursor = null;
    redrawPointer();
  });
  stage.addEventListener("wheel", event => {
    if (isWhole() && event.deltaY > 0) return; // the page scrolls
    event.preventDefault();
    const {row, column, besideRows, besideColumns} = placeOf(event);
    zoom(2 ** (clamp(event.deltaY, -240, 240) / 240), row, column, !besideRows, !besideColumns);
  }, {passive: false});
}

function moveCursor(rows, columns) {
  const {r0, r1, c0, c1} = state.window;
  const {token, iteration} = state.cursor ?? {token: Math.floor(r0), iteration: Math.floor(c0)};
  const from = state.cursor ? [rows, columns] : [0, 0];
  state.cursor = {token: clamp(token + from[0], 0, tokens - 1), iteration: clamp(iteration + from[1], 0, iterations - 1)};
  const follow = (at, start, end) => Math.min(at - start, 0) || Math.max(at + 1 - end, 0);
  pan(follow(state.cursor.token, r0, r1), follow(state.cursor.iteration, c0, c1));
  sayCursor();
}

function listenToKeys() {
  const page = () => Math.max(1, Math.floor((state.window.r1 - state.window.r0) * 0.8));
  const moves = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};
  const actions = {
    "+": () => zoomAtCursor(0.5), "=": () => zoomAtCursor(0.5), "-": () => zoomAtCursor(2), 0: whole, Home: whole,
    PageUp: () => moveCursor(-page(), 0), PageDown: () => moveCursor(page(), 0),
    Enter: () => state.cursor && choose(state.cursor.token),
    Escape: () => {
      state.cursor = state.chosen = null;
      redraw("zoom");
    },
  };
  stage.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const {r0, r1, c0, c1} = state.window;
    if (moves[event.key]) {
      const [rows, columns] = moves[event.key];
      const {binRows, binColumns} = drawn.grid;
      if (event.shiftKey) pan(rows * (r1 - r0) / 10, columns * (c1 - c0) / 10);
      else moveCursor(rows * binRows, columns * binColumns);
    } else if (actions[event.key]) {
      actions[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  });
}
