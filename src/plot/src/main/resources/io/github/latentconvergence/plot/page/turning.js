// Pointer and keys. Each changes the view and asks for a drawing.
const stage = element("waterfall");
const TURN = 0.01;
const STEP = Math.PI / 36;
const NEAREST = 40;

function turn(yaw, pitch) {
  const around = view.yaw + yaw;
  view.yaw = around - 2 * Math.PI * Math.round(around / (2 * Math.PI));
  view.pitch = clamp(view.pitch + pitch, -Math.PI / 2, Math.PI / 2);
  redraw();
}

function move(x, y) {
  const scale = drawn.layout.unit * view.zoom;
  view.x += x / scale;
  view.y += y / scale;
  redraw();
}

// By a factor about a place of the figure, which stays where it is.
function zoom(factor, x = drawn.layout.centerX, y = drawn.layout.centerY) {
  const {layout} = drawn;
  const next = clamp(view.zoom * factor, 0.5, NEAREST);
  const shift = (at, center) => (at - center) / layout.unit * (1 / next - 1 / view.zoom);
  view.x += shift(x, layout.centerX);
  view.y += shift(y, layout.centerY);
  view.zoom = next;
  redraw();
}

function reset() {
  Object.assign(view, FIRST);
  redraw();
}

function placeOf(event) {
  const box = stage.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

// The state nearest to a place, if it is near.
function stateAt([x, y]) {
  let best = null;
  let least = 12 * 12;
  for (let n = 0; n < count; n += drawn.step) {
    for (let k = n * iterations; k < (n + 1) * iterations; k++) {
      const distance = (seenX[k] - x) ** 2 + (seenY[k] - y) ** 2;
      if (distance < least) {
        least = distance;
        best = {token: n, iteration: k - n * iterations};
      }
    }
  }
  return best;
}

function listenToPointer() {
  let held = null;
  stage.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    held = placeOf(event);
    stage.setPointerCapture(event.pointerId);
    stage.classList.add("dragging");
    point(null);
  });
  stage.addEventListener("pointermove", event => {
    const at = placeOf(event);
    if (!held) {
      point(stateAt(at));
      return;
    }
    const [x, y] = [at[0] - held[0], at[1] - held[1]];
    held = at;
    if (event.shiftKey) move(x, y);
    else turn(-x * TURN, y * TURN);
  });
  const release = () => {
    held = null;
    stage.classList.remove("dragging");
  };
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  stage.addEventListener("pointerleave", () => held || point(null));
  stage.addEventListener("dblclick", reset);
  element("waterfall-reset").addEventListener("click", reset);
  stage.addEventListener("wheel", event => {
    if (document.activeElement !== stage) return; // the page scrolls
    event.preventDefault();
    zoom(2 ** (-clamp(event.deltaY, -240, 240) / 240), ...placeOf(event));
  }, {passive: false});
}

// Another token at its last state, and what is known of it said.
function choose(by) {
  const from = chosen ? chosen.token : by > 0 ? -1 : count;
  point({token: clamp(from + by, 0, count - 1), iteration: iterations - 1});
  element("waterfall-said").textContent = [plainText(data.tokens[chosen.token]), ...factsOf(chosen).map(fact => fact.join(" "))].join(", ");
}

function listenToKeys() {
  const arrows = {ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
  const actions = {
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), Home: reset, 0: reset,
    PageUp: () => choose(-1), PageDown: () => choose(1), Escape: () => point(null),
  };
  stage.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrows[event.key]) {
      const [x, y] = arrows[event.key];
      if (event.shiftKey) move(-40 * x, -40 * y);
      else turn(x * STEP, y * STEP);
    } else if (actions[event.key]) {
      actions[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  });
}
