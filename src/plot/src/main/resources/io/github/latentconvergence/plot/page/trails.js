// Paths, the box they are in, and what is written around it.
const SIZE = {tick: 13, axis: 15};
const LINE = 1.25;
// Colours of a path: neighbouring iterations share one, so that a path of thousands is drawn in a few strokes.
const SHADES = 32;
const MOST_LABELS = 64;
// Of more tokens stems would be a wall.
const MOST_STEMS = 128;
const palette = data.colors.match(/.{6}/g).map(hex => "#" + hex);
const colorAt = share => palette[clamp(Math.floor(share * palette.length), 0, palette.length - 1)];

function line(pen, color, width, places) {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.beginPath();
  places.forEach(([x, y], k) => k ? pen.lineTo(x, y) : pen.moveTo(x, y));
  pen.stroke();
}

// The floor, and the two walls that nothing is behind.
function drawBox(pen, eye, labelled, colors) {
  const [x, y, z] = half;
  const at = (a, b, c) => [eye.x(a, c), eye.y(a, b, c)];
  const back = eye.nearFirst ? -z : z;
  const side = Math.sin(view.yaw) > 0 ? -x : x;
  for (const n of labelled) line(pen, colors.quiet, 0.6, [at(-x, -y, depthOf(n)), at(x, -y, depthOf(n))]);
  line(pen, colors.quiet, 1, [at(-x, -y, -z), at(x, -y, -z), at(x, -y, z), at(-x, -y, z), at(-x, -y, -z)]);
  line(pen, colors.quiet, 1, [at(-x, -y, back), at(-x, y, back), at(x, y, back), at(x, -y, back)]);
  line(pen, colors.quiet, 1, [at(side, -y, -z), at(side, y, -z), at(side, y, z), at(side, -y, z)]);
}

function drawTrail(pen, eye, n, colors, width) {
  const first = n * iterations;
  const last = first + iterations - 1;
  const above = half[1] + (coordinates[1][last] - middles[1]) * unit;
  if (count <= MOST_STEMS) line(pen, colors.quiet, 0.8, [[seenX[last], seenY[last] + above * Math.cos(view.pitch) * eye.scale], [seenX[last], seenY[last]]]);
  pen.lineJoin = "round";
  pen.lineCap = "round";
  const path = (from, to) => {
    pen.beginPath();
    pen.moveTo(seenX[from], seenY[from]);
    for (let k = from + 1; k <= to; k++) pen.lineTo(seenX[k], seenY[k]);
    pen.stroke();
  };
  pen.strokeStyle = colors.edge;
  pen.lineWidth = width + 1.8;
  path(first, last);
  pen.lineWidth = width;
  const shades = Math.min(SHADES, iterations - 1);
  for (let s = 0; s < shades; s++) {
    pen.strokeStyle = colorAt((s + 0.5) / shades);
    path(first + Math.round(s * (iterations - 1) / shades), first + Math.round((s + 1) * (iterations - 1) / shades));
  }
  pen.fillStyle = colors.paper;
  pen.fillRect(seenX[last] - 3, seenY[last] - 3, 6, 6);
  pen.fillStyle = colors.ink;
  pen.fillRect(seenX[last] - 2, seenY[last] - 2, 4, 4);
}

// Tokens along the edge of the floor that is farther right: all, or every n-th where there is no room.
function labelsOf(pen, eye) {
  const [x, y] = half;
  const edge = eye.x(x, 0) > eye.x(-x, 0) ? x : -x;
  const label = n => {
    const runs = fit(pen, data.tokens[n], SIZE.tick, 170);
    return {n, runs, x: eye.x(edge, depthOf(n)) + 10, y: eye.y(edge, -y, depthOf(n)), width: widthOf(pen, runs, SIZE.tick)};
  };
  const apart = (a, b) => Math.abs(a.y - b.y) >= SIZE.tick * LINE || a.x > b.x + b.width + 6 || b.x > a.x + a.width + 6;
  for (let step = niceStep(count / MOST_LABELS); ; step = niceStep(step + 1)) {
    const labels = Array.from({length: Math.ceil(count / step)}, (_, k) => label(k * step));
    if (labels.every((one, k) => k === 0 || apart(labels[k - 1], one))) return labels;
  }
}

function drawAxes(pen, eye, colors) {
  const [x, y, z] = half;
  const front = eye.nearFirst ? z : -z;
  const below = [eye.x(0, front), eye.y(0, -y, front)];
  const tilt = Math.atan2(eye.y(x, -y, front) - eye.y(-x, -y, front), eye.x(x, front) - eye.x(-x, front));
  const upright = Math.abs(tilt) > Math.PI / 2 ? tilt + Math.PI : tilt;
  written(pen, data.titles[0], below[0], below[1], upright, Math.cos(view.pitch) >= 0 ? 18 : -18, colors);
  const corners = [[-x, -z], [x, -z], [-x, z], [x, z]].map(([a, c]) => [eye.x(a, c), eye.y(a, 0, c)]).sort((a, b) => a[0] - b[0]);
  if (Math.abs(Math.cos(view.pitch)) > 0.25) written(pen, data.titles[1], corners[0][0], corners[0][1], -Math.PI / 2, -18, colors);
}

function written(pen, text, x, y, angle, down, colors) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  drawRuns(pen, [text], 0, down, SIZE.axis, 0.5, colors);
  pen.restore();
}

// Colours of iterations, at the right.
function drawIterations(pen, layout, colors) {
  const bar = {x: layout.width - 84, y: 28, width: 16, height: Math.max(60, layout.height - 84)};
  for (let k = 0; k < bar.height; k++) {
    pen.fillStyle = colorAt(1 - (k + 0.5) / bar.height);
    pen.fillRect(bar.x, bar.y + k, bar.width, 1);
  }
  pen.strokeStyle = colors.quiet;
  pen.lineWidth = 1;
  pen.strokeRect(bar.x - 0.5, bar.y - 0.5, bar.width + 1, bar.height + 1);
  const last = Math.max(1, iterations - 1);
  for (let t = 0, step = niceStep(iterations / Math.min(10, bar.height / 30)); t < iterations; t += step) {
    const y = bar.y + (1 - t / last) * bar.height;
    line(pen, colors.quiet, 1, [[bar.x + bar.width, y], [bar.x + bar.width + 5, y]]);
    drawRuns(pen, [String(t)], bar.x + bar.width + 9, y, SIZE.tick, 0, colors);
  }
  written(pen, data.axis, layout.width - 14, bar.y + bar.height / 2, -Math.PI / 2, 0, colors);
}
