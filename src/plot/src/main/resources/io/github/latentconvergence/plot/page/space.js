// Where states are in a space of two components and the position in the sequence, and how that is seen: from far away, so that nothing shrinks with distance.
const started = performance.now();
const root = document.documentElement;
const element = id => document.getElementById(id);
const data = JSON.parse(element("waterfall-data").textContent);
const iterations = data.iterations;
const count = data.tokens.length;
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

// The smallest of 1, 2, 5, 10, 20, 50, ... that is at least `least`.
function niceStep(least) {
  for (let power = 1; ; power *= 10) {
    for (const digit of [1, 2, 5]) {
      if (digit * power >= least) return digit * power;
    }
  }
}

// Coordinates on a component, token by token: little-endian float32.
const coordinates = data.coordinates.map(base64 => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return new Float32Array(bytes.buffer);
});

// Half the sides of the box that holds everything: both components have the same unit.
const LARGEST = [0.6, 0.4];
const SMALLEST = 0.18;
const spans = coordinates.map(values => values.reduce(([least, most], v) => [Math.min(least, v), Math.max(most, v)], [Infinity, -Infinity]));
const middles = spans.map(([least, most]) => (least + most) / 2);
const unit = Math.min(...spans.map(([least, most], k) => most > least ? 2 * LARGEST[k] / (most - least) : 1));
const half = spans.map(([least, most]) => Math.max(SMALLEST, (most - least) * unit / 2));
half.push(Math.min(0.7, 0.03 * (count - 1)));
const depthOf = token => count === 1 ? 0 : (2 * token / (count - 1) - 1) * half[2];

// Angles in radians: to the side, and up. The place looked at moves by parts of the figure's scale.
const FIRST = {yaw: 0.62, pitch: 0.4, zoom: 1, x: 0, y: 0};
const view = {...FIRST};

// What turns a place of the box into one of the figure, for the view as it is now.
function camera(layout) {
  const [sinYaw, cosYaw] = [Math.sin(view.yaw), Math.cos(view.yaw)];
  const [sinPitch, cosPitch] = [Math.sin(view.pitch), Math.cos(view.pitch)];
  const scale = layout.unit * view.zoom;
  const x0 = layout.centerX + view.x * scale;
  const y0 = layout.centerY + view.y * scale;
  return {
    scale,
    nearFirst: cosYaw < 0,
    x: (x, z) => x0 + (x * cosYaw + z * sinYaw) * scale,
    y: (x, y, z) => y0 - (y * cosPitch + (z * cosYaw - x * sinYaw) * sinPitch) * scale,
  };
}

// As large as lets the box be seen whole from where it is seen first, with room for texts.
function layoutOf(width, height) {
  const room = {left: 56, right: 210, top: 16, bottom: 52};
  const at = {unit: 1, centerX: 0, centerY: 0};
  const kept = {...view};
  Object.assign(view, FIRST);
  const first = camera(at);
  const corners = [-1, 1].flatMap(x => [-1, 1].flatMap(y => [-1, 1].map(z => [x * half[0], y * half[1], z * half[2]])));
  const reach = Math.max(...corners.map(([x, , z]) => Math.abs(first.x(x, z))));
  const rise = Math.max(...corners.map(([x, y, z]) => Math.abs(first.y(x, y, z))));
  Object.assign(view, kept);
  const wide = Math.max(80, width - room.left - room.right);
  const high = Math.max(80, height - room.top - room.bottom);
  return {width, height, unit: Math.min(wide / (2 * reach), high / (2 * rise)), centerX: room.left + wide / 2, centerY: room.top + high / 2};
}

const seenX = new Float32Array(count * iterations);
const seenY = new Float32Array(count * iterations);

// Puts every `step`-th token on the figure.
function project(eye, step) {
  for (let n = 0; n < count; n += step) {
    const z = depthOf(n);
    for (let k = n * iterations; k < (n + 1) * iterations; k++) {
      const x = (coordinates[0][k] - middles[0]) * unit;
      seenX[k] = eye.x(x, z);
      seenY[k] = eye.y(x, (coordinates[1][k] - middles[1]) * unit, z);
    }
  }
}
