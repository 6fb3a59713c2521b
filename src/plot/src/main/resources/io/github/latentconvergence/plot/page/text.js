// Texts come in runs, plain and others by turns; the others are quiet (they stand for what cannot be seen) or raised.
const FAMILY = 'system-ui, "Liberation Sans", "DejaVu Sans", sans-serif';
const setFont = (pen, size) => { pen.font = `${size}px ${FAMILY}`; };

function widthOf(pen, runs, size, raised = false) {
  return runs.reduce((sum, run, k) => {
    setFont(pen, raised && k % 2 ? size * 0.72 : size);
    return sum + pen.measureText(run).width;
  }, 0);
}

// Draws runs with their middle at height y; x is the left, middle or right of the whole by `align` 0, 0.5, 1. Each run stands alone, so that none turns its neighbours around.
function drawRuns(pen, runs, x, y, size, align, colors, raised = false) {
  let left = x - align * widthOf(pen, runs, size, raised);
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.direction = "ltr";
  runs.forEach((run, k) => {
    const other = k % 2 === 1;
    setFont(pen, raised && other ? size * 0.72 : size);
    pen.fillStyle = other && !raised ? colors.quiet : colors.ink;
    pen.fillText(run, left, other && raised ? y - size * 0.35 : y);
    left += pen.measureText(run).width;
  });
}

const segmenter = new Intl.Segmenter();

// Runs without their middle, as far as `room` asks.
function fit(pen, runs, size, room) {
  if (widthOf(pen, runs, size) <= room) return runs;
  const all = runs.flatMap((run, k) => Array.from(segmenter.segment(run), part => [part.segment, k % 2]));
  let least = 0;
  let most = all.length - 1;
  while (least < most) {
    const count = Math.ceil((least + most) / 2);
    if (widthOf(pen, shortened(all, count), size) <= room) least = count;
    else most = count - 1;
  }
  return shortened(all, least);
}

function shortened(all, count) {
  const head = Math.ceil(count / 2);
  const parts = [...all.slice(0, head), ["…", 1], ...all.slice(all.length - (count - head))];
  const runs = [];
  for (const [text, other] of parts) {
    if (runs.length % 2 === other && runs.length > 0) runs.push(text);
    else if (runs.length === 0) runs.push(...(other ? ["", text] : [text]));
    else runs[runs.length - 1] += text;
  }
  return runs;
}

const plainText = runs => runs.join("");

// Four digits, as a power of ten where that is shorter.
function number(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return (size === 0 || (size >= 1e-3 && size < 1e5) ? Number(value.toPrecision(4)).toString() : value.toExponential(3)).replace("-", "−");
}
