// What is said of the cell under the pointer or the cursor.
function factsOf(token, iteration) {
  const value = valueAt(state.cells, token, iteration);
  const facts = [["token", String(token)], ["iteration", String(iteration)]];
  const kind = kinds.get(value);
  if (kind) {
    const named = state.view.legend.find(([code]) => code === value);
    facts.push(["distance", named[1].replace(/ \(\d+ cells?\)$/, "")]);
  } else {
    facts.push(["distance", number(10 ** value)], ["log distance", number(value)]);
  }
  if (value === maskedCode) return facts;
  if (analysis) {
    const norm = valueAt(cellsOf(analysis.stepNorms), token, iteration);
    if (isMeasured(norm)) facts.push(["step norm", number(10 ** norm)]);
    else if (kinds.get(norm).name === "ZERO") facts.push(["step norm", "0"]);
    const at = state.view.steps.at[token];
    facts.push([`converged (${state.view.steps.of})`, at === null ? "no" : `from ${at}`]);
    if (analysis.floor[token] !== null) facts.push(["arithmetic floor", `from ${analysis.floor[token]}`]);
  }
  if (state.exits) {
    const exit = state.exits.at[token];
    facts.push([`exit (${state.exits.name})`, exit === null ? "never" : `at ${exit}`]);
  }
  return facts;
}

function runsInto(parent, runs) {
  runs.forEach((run, k) => {
    const span = document.createElement("span");
    span.textContent = run;
    if (k % 2) span.className = "quiet";
    span.dir = "ltr";
    parent.append(span);
  });
}

function showTip(layout) {
  const tip = element("tip");
  tip.hidden = state.cursor === null;
  if (state.cursor === null) return;
  const {token, iteration} = state.cursor;
  const text = document.createElement("b");
  runsInto(text, data.tokens[token]);
  const list = document.createElement("dl");
  for (const [name, value] of factsOf(token, iteration)) {
    const term = document.createElement("dt");
    term.textContent = name;
    const description = document.createElement("dd");
    description.textContent = value;
    list.append(term, description);
  }
  tip.replaceChildren(text, list);
  // Beside the cell, on the side where there is room.
  const x = columnToX(layout.plot, iteration + 0.5);
  const y = rowToY(layout.plot, token + 0.5);
  const left = x + 18 + tip.offsetWidth <= layout.width ? x + 18 : x - 18 - tip.offsetWidth;
  tip.style.left = `${clamp(left, 0, Math.max(0, layout.width - tip.offsetWidth))}px`;
  tip.style.top = `${clamp(y + 18, 0, Math.max(0, layout.height - tip.offsetHeight))}px`;
}

function sayCursor() {
  const {token, iteration} = state.cursor;
  element("said").textContent = [plainText(data.tokens[token]), ...factsOf(token, iteration).map(fact => fact.join(" "))].join(", ");
}

function drawPointer(layout) {
  const canvas = element("pointer");
  const pen = canvas.getContext("2d");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(layout.scale, 0, 0, layout.scale, 0, 0);
  for (const [token, color] of [[state.chosen, "#2f7fd6"]]) {
    if (token === null) continue;
    const y = rowToY(layout.plot, token + 0.5);
    if (y < layout.plot.y || y > layout.plot.y + layout.plot.height) continue;
    pen.fillStyle = color;
    pen.beginPath();
    pen.moveTo(layout.plot.x - 6, y - 6);
    pen.lineTo(layout.plot.x, y);
    pen.lineTo(layout.plot.x - 6, y + 6);
    pen.fill();
  }
  if (state.cursor === null) return;
  pen.save();
  clipTo(pen, layout.plot);
  const {token, iteration} = state.cursor;
  const x = columnToX(layout.plot, iteration);
  const y = rowToY(layout.plot, token);
  pen.beginPath();
  pen.rect(x, y, Math.max(columnToX(layout.plot, iteration + 1) - x, 3), Math.max(rowToY(layout.plot, token + 1) - y, 3));
  edged(pen, 1.5);
  pen.restore();
}
