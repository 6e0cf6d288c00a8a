// The profile's page: draws the sections from the JSON beside it. Every text of
// the model is set as text, never as markup. A layer is known by its place in
// `layers`; whatever shows it carries it in data-layer, so that choosing it in
// one picture marks it in all.
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const layers = data.layers;
// What the model says of its graph and memory; one of an older nnc says nothing.
const described = data.description?.graph ? data.description : null;
const byId = id => document.getElementById(id);
const plotOf = id => byId(id).querySelector('.plot');
const total = layers.reduce((sum, layer) => sum + layer.us, 0) || 1;
const hottest = Math.max(0, ...layers.map(layer => layer.share));
// From the number of a section in the code to its place in `layers`.
const places = new Map(layers.map((layer, place) => [layer.section, place]));

function make(parent, tag, attributes = {}, text = '') {
  const isSvg = tag === 'svg' || parent instanceof SVGElement;
  const node = isSvg ? document.createElementNS('http://www.w3.org/2000/svg', tag)
                     : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) node.setAttribute(key, value);
  if (text !== '') node.textContent = text;
  parent.append(node);
  return node;
}

// Numbers as people read them.
const digits = value => value >= 100 ? value.toFixed(0)
    : value >= 10 ? value.toFixed(1) : value.toPrecision(3);
const number = value => value == null ? '–' : digits(value);
const percent = share => (100 * share).toFixed(share < 0.0995 ? 1 : 0) + ' %';
const time = us => us >= 1e6 ? digits(us / 1e6) + ' s'
    : us >= 1e3 ? digits(us / 1e3) + ' ms' : digits(us) + ' µs';
function bytes(value) {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  for (; value >= 1024 && unit < 3; value /= 1024) ++unit;
  return (unit ? digits(value) : value) + ' ' + units[unit];
}
// Without zeros that say nothing, for an axis.
const brief = text => text.replace(/\.0+ |(\.\d*[1-9])0+ /, '$1 ');
const fullName = layer => layer.fused ? layer.name + ' + ' + layer.fused : layer.name;

// Classes get colours in the order of their time.
const classes = new Map();
for (const layer of layers)
  classes.set(layer.class, (classes.get(layer.class) || 0) + layer.us);
const ranked = [...classes.keys()].sort((a, b) => classes.get(b) - classes.get(a));
const colorOf = name =>
    `var(--c${Math.min(ranked.indexOf(name) < 0 ? 7 : ranked.indexOf(name), 7)})`;

const nodeOf = place => {
  const section = described && described.sections[layers[place].section];
  return section && section.node >= 0 ? section.node : -1;
};

function describe(place) {
  const layer = layers[place];
  const rates = [];
  if (layer.gflops != null) rates.push(number(layer.gflops) + ' GFLOP/s');
  if (layer.gbytes != null) rates.push(number(layer.gbytes) + ' GB/s');
  if (layer.of_roofline != null) rates.push(percent(layer.of_roofline) + ' of the roofline');
  const node = nodeOf(place);
  const shape = node >= 0 ? described.graph.nodes[node].shapes.join(', ') : '';
  return [`${layer.class} ${shape}`.trim(),
          `${time(layer.us)}, ${percent(layer.share)} of the layers' time`, rates.join(', ')]
      .filter(line => line);
}

//===--- choosing a layer --------------------------------------------------===//

let chosen = -1;
function choose(place, scroll) {
  chosen = place;
  for (const node of document.querySelectorAll('.chosen')) node.classList.remove('chosen');
  for (const node of document.querySelectorAll('.near')) node.classList.remove('near');
  const output = byId('chosen');
  output.textContent = '';
  if (place < 0) return;
  for (const node of document.querySelectorAll(`[data-layer="${place}"]`))
    node.classList.add('chosen');
  const node = nodeOf(place);
  for (const edge of document.querySelectorAll(
           `.edge[data-from="${node}"], .edge[data-to="${node}"]`))
    edge.classList.add('near');
  make(output, 'b', {}, fullName(layers[place]));
  output.append(describe(place).join(' · '));
  if (scroll !== 'graph') showInGraph(place);
}

// Scrolls inside of the picture only, never the page.
function showInGraph(place) {
  const node = nodeOf(place), view = plotOf('graph');
  const box = view.querySelector(`[data-node="${node}"]`);
  if (!box) return;
  const around = view.getBoundingClientRect(), own = box.getBoundingClientRect();
  view.scrollBy(own.left + own.width / 2 - around.left - around.width / 2,
                own.top + own.height / 2 - around.top - around.height / 2);
}

document.addEventListener('click', event => {
  const mark = event.target.closest('[data-layer]');
  if (mark) choose(Number(mark.dataset.layer), mark.closest('section')?.id);
});
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') choose(-1);
  if (!event.target.closest('.plot') || event.ctrlKey || event.altKey) return;
  const steps = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
  if (!(event.key in steps) || !layers.length) return;
  event.preventDefault();
  const next = chosen < 0 ? 0 : chosen + steps[event.key];
  choose(Math.max(0, Math.min(layers.length - 1, next)));
});
const tip = byId('tip');
document.addEventListener('pointermove', event => {
  const mark = event.target.closest?.('[data-tip]');
  tip.hidden = !mark;
  if (!mark) return;
  tip.textContent = mark.dataset.tip;
  const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  const below = event.clientY + 18;
  tip.style.left = Math.max(4, left) + 'px';
  tip.style.top = (below + tip.offsetHeight > innerHeight
      ? event.clientY - tip.offsetHeight - 10 : below) + 'px';
});

// A shape that stands for a layer; its title is what a screen reader reads.
function mark(parent, tag, place, attributes, extra = '') {
  const text = fullName(layers[place]) + '\n' + (extra ? extra + '\n' : '') +
               describe(place).join('\n');
  return make(parent, tag, {...attributes, 'data-layer': place, 'data-tip': text,
                            role: 'img', 'aria-label': text});
}

// Round steps for an axis.
function ticks(most, count) {
  const rough = most / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find(factor => factor * power >= rough) * power;
  const values = [];
  for (let i = 0; i * step <= most * 1.0001; ++i) values.push(i * step);
  return values;
}
// The most characters of 11 pixels that fit, or nothing.
function fitting(text, width) {
  const most = Math.floor((width - 8) / 6.4);
  return text.length <= most ? text : most < 7 ? '' : text.slice(0, most - 1) + '…';
}
function empty(id) {
  const plot = plotOf(id);
  plot.textContent = '';
  return plot;
}

//===--- the whole call ----------------------------------------------------===//

function drawHead() {
  const threads = data.threads === 1 ? '1 thread' : data.threads + ' threads';
  byId('run').textContent =
      `batch ${data.batch}, ${threads}, ${data.calls} calls, ${layers.length} layers with code`;
  const tile = (name, value, more) => {
    const box = make(byId('tiles'), 'div');
    make(box, 'dt', {}, name);
    make(make(box, 'dd', {}, value), 'small', {}, more);
  };
  const flops = layers.reduce((sum, layer) => sum + layer.flops, 0);
  tile('Median call', time(data.median_us),
       `min ${time(data.min_us)}, p99 ${time(data.p99_us)}, max ${time(data.max_us)}`);
  tile('In layers', time(data.layers_us),
       `${percent(data.layers_us / data.median_us)} of the median call`);
  tile('Speed', number(flops / total / 1e3) + ' GFLOP/s',
       `${percent(flops / total / 1e3 / data.roofline.gflops)} of the machine's`);
  tile('This machine', number(data.roofline.gflops) + ' GFLOP/s',
       `${number(data.roofline.gbytes)} GB/s reading ${bytes(data.roofline.bytes)}`);
  if (!described) return;
  tile('Workspace', bytes(described.workspaceBytes), 'for each thread');
  tile('Weights', bytes(described.weightsBytes),
       described.stateBytes ? `state ${bytes(described.stateBytes)}` : 'constant, shared');
}

//===--- timeline ----------------------------------------------------------===//

function drawTimeline() {
  const plot = empty('timeline'), zoom = 2 ** Number(byId('timeline-zoom').value);
  const rows = layers.some(layer => layer.threads_us)
      ? layers[0].threads_us.map((_, thread) =>
            ({name: 'thread ' + thread, times: layers.map(layer => layer.threads_us[thread])}))
          .filter(row => row.times.some(us => us > 0))
      : [{name: '', times: layers.map(layer => layer.us)}];
  const left = rows.length > 1 ? 68 : 2, height = 46;
  const most = Math.max(...rows.map(row => row.times.reduce((a, b) => a + b, 0))) || 1;
  const width = plot.clientWidth * zoom, scale = (width - left - 34) / most;
  const bottom = 4 + rows.length * (height + 6);
  const svg = make(plot, 'svg', {width, height: bottom + 24});
  for (const tick of ticks(most, 8 * zoom)) {
    const x = left + tick * scale;
    make(svg, 'line', {class: 'grid', x1: x, x2: x, y1: 0, y2: bottom});
    make(svg, 'text', {x, y: bottom + 16, class: tick ? 'middle' : ''}, tick ? brief(time(tick)) : '0');
  }
  rows.forEach((row, index) => {
    const y = 4 + index * (height + 6);
    let x = left;
    if (row.name) make(svg, 'text', {x: 0, y: y + height / 2 + 4}, row.name);
    row.times.forEach((us, place) => {
      const wide = us * scale;
      mark(svg, 'rect', place, {class: 'mark', x, y, width: Math.max(wide, .4), height,
                                fill: colorOf(layers[place].class)});
      const text = fitting(layers[place].name, wide);
      if (text) make(svg, 'text', {class: 'inside', x: x + 4, y: y + height / 2 + 4}, text);
      x += wide;
    });
  });
}

function drawLegend() {
  const list = byId('timeline').querySelector('.legend');
  for (const name of ranked.slice(0, 8)) {
    const isLast = ranked.indexOf(name) === 7 && ranked.length > 8;
    const us = isLast ? ranked.slice(7).reduce((sum, other) => sum + classes.get(other), 0)
                      : classes.get(name);
    const item = make(list, 'li');
    make(item, 'i', {style: `background: ${colorOf(name)}`});
    item.append((isLast ? 'others' : name || 'other code') + ' ');
    make(item, 'b', {}, percent(us / total));
  }
}

//===--- graph -------------------------------------------------------------===//

let graphZoom = 1;
function drawGraph() {
  if (!described) {
    byId('graph').hidden = true;
    return;
  }
  const {graph, sections} = described;
  const owner = new Map(), along = new Map(), share = new Map();
  layers.forEach((layer, place) => {
    const section = sections[layer.section];
    if (section.node >= 0) {
      if (!owner.has(section.node) || layers[owner.get(section.node)].us < layer.us)
        owner.set(section.node, place);
      share.set(section.node, (share.get(section.node) || 0) + layer.share);
    }
    for (const node of section.fused) along.set(node, place);
  });
  const svg = make(plotOf('graph'), 'svg', {viewBox: `0 0 ${graph.width} ${graph.height}`});
  make(make(make(svg, 'defs'), 'marker', {id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4,
       markerWidth: 7, markerHeight: 7, markerUnits: 'userSpaceOnUse', orient: 'auto'}),
       'path', {class: 'head', d: 'M0 0L8 4L0 8z'});
  for (const edge of graph.edges) drawEdge(svg, edge);
  const most = Math.max(...share.values(), 1e-9);
  graph.nodes.forEach((node, index) => {
    const own = share.get(index);
    const place = owner.has(index) ? owner.get(index) : along.get(index);
    const text = [node.name, `${node.class} ${node.shapes.join(', ')}`.trim(),
                  node.params ? node.params.toLocaleString('en') + ' parameters' : '',
                  owner.has(index) ? describe(place).slice(1).join('\n')
                  : along.has(index) ? 'computed along with ' + layers[place].name
                  : node.input ? '' : 'no code of its own'].filter(line => line).join('\n');
    const box = make(svg, 'g', {class: 'box' + (owner.has(index) || node.input ? '' : ' none'),
                                'data-node': index, 'data-layer': place, 'data-tip': text,
                                role: 'img', 'aria-label': text});
    const rect = make(box, 'rect', {x: node.x, y: node.y, width: node.width,
                                    height: node.height, rx: node.input ? 16 : 5});
    if (own) rect.style.fill =
        `color-mix(in oklab, var(--hot) ${100 * Math.sqrt(own / most)}%, var(--cold))`;
    const middle = node.x + node.width / 2;
    node.lines.forEach((line, at) => make(box, 'text', {
      class: at ? 'middle' : 'middle name', x: middle, y: node.y + 16 * (at + 1)}, line));
    if (own >= 0.005) {
      const right = node.x + node.width - 6;
      make(box, 'rect', {class: 'pill', x: right - 40, y: node.y - 12, width: 44, height: 15, rx: 7});
      make(box, 'text', {class: 'middle percent', x: right - 18, y: node.y - 0.5}, percent(own));
    }
  });
  zoomGraph(Math.min(1, (plotOf('graph').clientWidth - 4) / graph.width));
}

function drawEdge(svg, edge) {
  const at = edge.points;
  let path = '';
  for (let i = 0; i < at.length; i += 2) {
    const [x, y] = [at[i], at[i + 1]], middle = (at[i - 1] + y) / 2;
    path += i % 4 ? `C${at[i - 2]} ${middle} ${x} ${middle} ${x} ${y}` : `${i ? 'L' : 'M'}${x} ${y}`;
  }
  if (path) make(svg, 'path', {class: 'edge', d: path, 'marker-end': 'url(#arrow)',
                               'data-from': edge.from, 'data-to': edge.to});
}

function zoomGraph(zoom) {
  const svg = plotOf('graph').querySelector('svg');
  graphZoom = Math.max(0.02, Math.min(4, zoom));
  svg.setAttribute('width', described.graph.width * graphZoom);
  svg.setAttribute('height', described.graph.height * graphZoom);
  if (chosen >= 0) showInGraph(chosen);
}

for (const button of document.querySelectorAll('[data-zoom]'))
  button.addEventListener('click', () => {
    const {graph} = described, view = plotOf('graph'), to = button.dataset.zoom;
    zoomGraph(to === '1' ? 1 : to !== 'fit' ? graphZoom * Number(to)
        : Math.min(1, (view.clientWidth - 4) / graph.width,
                   (innerHeight * .78 - 4) / graph.height));
  });
byId('hottest').addEventListener('click', () => {
  choose(layers.findIndex(layer => layer.share === hottest));
});

//===--- roofline ----------------------------------------------------------===//

function drawRoofline() {
  const plot = empty('roofline'), roof = data.roofline;
  const points = layers.map((layer, place) => ({layer, place}))
      .filter(({layer}) => layer.flops > 0 && layer.bytes > 0 && layer.us > 0)
      .map(point => ({...point, x: point.layer.flops / point.layer.bytes, y: point.layer.gflops}));
  const without = layers.length - points.length;
  byId('roofline').querySelector('.note').textContent =
      'How fast each layer computes against what it computes for each byte that it moves; the ' +
      'larger, the more of the time. The line is what this machine can do, measured in this run; ' +
      'a layer above it multiplies less than is counted (Winograd) or reads from a nearer cache' +
      (without ? `. ${without} without arithmetic or traffic are not shown.` : '.');
  const ridge = roof.gflops / roof.gbytes;
  const low = value => Math.floor(Math.log10(value) + 1e-9), high = value => Math.ceil(Math.log10(value) - 1e-9);
  const xs = [...points.map(point => point.x), ridge], ys = [...points.map(point => point.y), roof.gflops];
  const box = {x0: low(Math.min(...xs)), x1: high(Math.max(...xs) * 1.5),
               y0: low(Math.min(...ys)), y1: high(Math.max(...ys) * 1.3)};
  const width = plot.clientWidth, height = 440, left = 62, top = 12, right = 24, bottom = 46;
  const px = x => left + (Math.log10(x) - box.x0) / (box.x1 - box.x0) * (width - left - right);
  const py = y => height - bottom - (Math.log10(y) - box.y0) / (box.y1 - box.y0) * (height - top - bottom);
  const svg = make(plot, 'svg', {width, height});
  const power = exponent => Number((10 ** exponent).toPrecision(1)).toString();
  for (let e = box.x0; e < box.x1; ++e)
    for (let part = 2; part < 10; ++part)
      make(svg, 'line', {class: 'fine', x1: px(part * 10 ** e), x2: px(part * 10 ** e), y1: top, y2: height - bottom});
  for (let e = box.y0; e < box.y1; ++e)
    for (let part = 2; part < 10; ++part)
      make(svg, 'line', {class: 'fine', y1: py(part * 10 ** e), y2: py(part * 10 ** e), x1: left, x2: width - right});
  for (let e = box.x0; e <= box.x1; ++e) {
    const x = px(10 ** e);
    make(svg, 'line', {class: 'grid', x1: x, x2: x, y1: top, y2: height - bottom});
    make(svg, 'text', {class: 'middle', x, y: height - bottom + 18}, power(e));
  }
  for (let e = box.y0; e <= box.y1; ++e) {
    const y = py(10 ** e);
    make(svg, 'line', {class: 'grid', x1: left, x2: width - right, y1: y, y2: y});
    make(svg, 'text', {class: 'end', x: left - 8, y: y + 4}, power(e));
  }
  make(svg, 'text', {class: 'middle', x: (left + width) / 2, y: height - 8}, 'FLOP / byte');
  make(svg, 'text', {class: 'middle', transform: `translate(14 ${height / 2 - 10}) rotate(-90)`}, 'GFLOP/s');
  const start = Math.max(10 ** box.x0, 10 ** box.y0 / roof.gbytes);
  make(svg, 'path', {class: 'roof', d: `M${px(start)} ${py(start * roof.gbytes)}` +
      `L${px(ridge)} ${py(roof.gflops)}H${width - right}`});
  make(svg, 'text', {class: 'end roof-label', x: width - right, y: py(roof.gflops) - 7},
       number(roof.gflops) + ' GFLOP/s');
  const half = Math.sqrt(start * ridge), slope = Math.atan2(
      py(roof.gflops) - py(start * roof.gbytes), px(ridge) - px(start)) * 180 / Math.PI;
  make(svg, 'text', {class: 'middle roof-label', transform:
      `translate(${px(half)} ${py(half * roof.gbytes) - 8}) rotate(${slope})`},
       number(roof.gbytes) + ' GB/s');
  points.sort((a, b) => b.layer.us - a.layer.us);
  const taken = [];
  for (const point of points) {
    const x = px(point.x), y = py(point.y), r = 4 + 20 * Math.sqrt(point.layer.share);
    mark(svg, 'circle', point.place, {class: 'mark point', cx: x, cy: y, r, fill: colorOf(point.layer.class)},
         digits(point.x) + ' FLOP/byte');
    point.label = {x, y: y - r - 4, half: point.layer.name.length * 3.4};
  }
  // The names of the largest, where there is room for them.
  for (const {layer, label} of points.slice(0, 12)) {
    const near = other => Math.abs(other.y - label.y) < 13 && Math.abs(other.x - label.x) < other.half + label.half;
    if (layer.share < 0.02 || taken.some(near) || label.x + label.half > width) continue;
    taken.push(label);
    make(svg, 'text', {class: 'middle label', x: label.x, y: label.y, 'pointer-events': 'none'}, layer.name);
  }
}

//===--- memory ------------------------------------------------------------===//

// From the plan's times to parts of the width: layers alike, or as they take.
function timeScale(plan) {
  const byTime = byId('memory-scale').value === 'time';
  const uses = new Map();
  for (const step of plan.steps) uses.set(step.section, (uses.get(step.section) || 0) + 1);
  const lengths = plan.steps.map(step => {
    const place = places.get(step.section);
    return !byTime ? 1 : place === undefined ? 0 : layers[place].us / uses.get(step.section);
  });
  const all = lengths.reduce((a, b) => a + b, 0) || 1;
  const stops = [[0, 0]];
  let sum = 0;
  plan.steps.forEach((step, index) => {
    stops.push([step.start, sum / all]);
    sum += lengths[index];
  });
  stops.push([Math.max(plan.end, (plan.steps.at(-1)?.start ?? 0) + 1), 1]);
  return at => {
    let index = stops.findIndex(stop => stop[0] > at);
    if (index < 0) return 1;
    const [t0, x0] = stops[Math.max(0, index - 1)], [t1, x1] = stops[index];
    return t1 > t0 ? x0 + (x1 - x0) * (at - t0) / (t1 - t0) : x0;
  };
}

function usedOverTime(buffers) {
  const changes = new Map();
  const add = (at, amount) => changes.set(at, (changes.get(at) || 0) + amount);
  for (const buffer of buffers) {
    const rounded = Math.ceil(buffer.bytes / 64) * 64;
    add(buffer.first, rounded);
    add(buffer.last + 1, -rounded);
  }
  let sum = 0;
  return [...changes].sort((a, b) => a[0] - b[0]).map(([at, amount]) => [at, sum += amount]);
}

function drawMemory() {
  const plans = described ? described.arenas : [];
  const section = byId('memory');
  section.hidden = plans.length === 0;
  if (!plans.length) return;
  const plan = plans[Number(byId('memory-plan').value)], plot = empty('memory');
  const fits = plan.bytes <= plan.lowerBound;
  section.querySelector('.note').textContent = plan.buffers.length
      ? `Where each buffer lies in the workspace and when: ${plan.buffers.length} buffers of ` +
        `${bytes(plan.buffers.reduce((sum, buffer) => sum + buffer.bytes, 0))} share ${bytes(plan.bytes)}, ` +
        (fits ? 'the least there can be. ' : `where at least ${bytes(plan.lowerBound)} are in use at one time. `) +
        'The line is what is in use.'
      : 'This model needs no buffers.';
  if (!plan.buffers.length) return;
  const width = plot.clientWidth, height = 420, left = 74, top = 16, right = 12, bottom = 34;
  const scale = timeScale(plan), most = plan.bytes;
  const px = at => left + scale(at) * (width - left - right);
  const py = offset => height - bottom - offset / most * (height - top - bottom);
  const svg = make(plot, 'svg', {width, height});
  const unit = 1024 ** Math.min(3, Math.floor(Math.log(most) / Math.log(1024)));
  for (const tick of ticks(most / unit, 6)) {
    const y = py(tick * unit);
    make(svg, 'line', {class: 'grid', x1: left, x2: width - right, y1: y, y2: y});
    make(svg, 'text', {class: 'end', x: left - 8, y: y + 4}, tick ? brief(bytes(tick * unit)) : '0');
  }
  plan.steps.forEach((step, index) => {
    const place = places.get(step.section), x = px(step.start);
    const end = index + 1 < plan.steps.length ? px(plan.steps[index + 1].start) : width - right;
    const attributes = {class: 'step', x, y: top, width: Math.max(0, end - x), height: height - top - bottom};
    if (place !== undefined) mark(svg, 'rect', place, attributes, 'runs here');
    const text = fitting(step.layer, end - x);
    if (text) make(svg, 'text', {class: 'middle', x: (x + end) / 2, y: height - bottom + 16}, text);
  });
  for (const buffer of plan.buffers) drawBuffer(svg, buffer, px, py);
  const used = usedOverTime(plan.buffers);
  let path = `M${px(0)} ${py(0)}`;
  for (const [at, sum] of used) path += `H${px(at)}V${py(sum)}`;
  make(svg, 'path', {class: 'used', d: path});
  for (const [value, name] of [[plan.bytes, 'limit'], [plan.lowerBound, 'limit least']])
    make(svg, 'line', {class: name, x1: left, x2: width - right, y1: py(value), y2: py(value)});
  make(svg, 'text', {class: 'end roof-label', x: width - right, y: top - 4},
       fits ? `${bytes(plan.bytes)}: all, and the lower bound` : `${bytes(plan.bytes)}; dashed: lower bound`);
}

function drawBuffer(svg, buffer, px, py) {
  const place = places.get(buffer.section);
  const x = px(buffer.first), y = py(buffer.offset + buffer.bytes);
  const wide = Math.max(1, px(buffer.last + 1) - x), tall = Math.max(1, py(buffer.offset) - y);
  const text = `${buffer.layer || 'buffer'}: ${bytes(buffer.bytes)} at ${buffer.offset.toLocaleString('en')}`;
  make(svg, 'rect', {class: 'mark', x, y, width: wide, height: tall, 'fill-opacity': .82,
                     fill: place === undefined ? 'var(--c7)' : colorOf(layers[place].class),
                     'data-layer': place, 'data-tip': text, role: 'img', 'aria-label': text});
  if (tall < 15) return;
  const label = fitting(buffer.layer, wide);
  if (label) make(svg, 'text', {class: 'inside', x: x + 4, y: y + 12}, label);
  const size = bytes(buffer.bytes);
  if (label && tall >= 29 && fitting(size, wide) === size)
    make(svg, 'text', {class: 'inside', x: x + 4, y: y + 25}, size);
}

function listPlans() {
  const plans = described ? described.arenas : [], list = byId('memory-plan');
  let best = 0;
  plans.forEach((plan, index) => {
    const same = plans.slice(0, index).filter(other => other.batch === plan.batch).length;
    make(list, 'option', {value: index},
         plan.batch + (plan.batch === 1 ? ' sample' : ' samples') + ' at once' + (same ? `, CPU ${same + 1}` : ''));
    if (plan.batch <= data.batch && plan.batch > plans[best].batch || plans[best].batch > data.batch)
      best = index;
  });
  list.value = best;
  byId('memory-plans').hidden = plans.length < 2;
}

//===--- table -------------------------------------------------------------===//

const columns = [
  {name: '#', value: (layer, place) => place + 1, isNumber: true},
  {name: 'Layer', value: fullName, kind: 'layer'},
  {name: 'Class', value: layer => layer.class},
  {name: 'Output', value: (_, place) => nodeOf(place) < 0 ? '' : described.graph.nodes[nodeOf(place)].shapes.join(', ')},
  {name: 'Params', value: (_, place) => nodeOf(place) < 0 ? null : described.graph.nodes[nodeOf(place)].params,
   isNumber: true, show: value => value == null ? '–' : value.toLocaleString('en')},
  {name: 'Time µs', value: layer => layer.us, isNumber: true, show: value => value.toFixed(2)},
  {name: 'Share', value: layer => layer.share, isNumber: true, show: value => (100 * value).toFixed(1) + ' %', kind: 'share'},
  {name: 'GFLOP/s', value: layer => layer.gflops, isNumber: true, show: number},
  {name: 'GB/s', value: layer => layer.gbytes, isNumber: true, show: number},
  {name: 'FLOP/byte', value: layer => layer.flops && layer.bytes ? layer.flops / layer.bytes : null, isNumber: true, show: number},
  {name: 'Of roofline', value: layer => layer.of_roofline, isNumber: true, show: value => value == null ? '–' : percent(value)},
  {name: 'To gain µs', value: layer => layer.of_roofline == null ? null : Math.max(0, layer.us * (1 - layer.of_roofline)),
   isNumber: true, show: value => value == null ? '–' : value.toFixed(2)},
];

function drawTable() {
  const table = document.querySelector('table'), head = make(table.tHead, 'tr');
  columns.forEach((column, index) => {
    const cell = make(head, 'th', {scope: 'col', class: column.isNumber ? 'number' : undefined});
    make(cell, 'button', {type: 'button'}, column.name).addEventListener('click', () => sortTable(index));
  });
  layers.forEach((layer, place) => {
    const row = make(table.tBodies[0], 'tr', {'data-layer': place});
    for (const column of columns) {
      const value = column.value(layer, place), text = column.show ? column.show(value) : value;
      const cell = make(row, 'td', {class: [column.kind, column.isNumber && 'number'].filter(Boolean).join(' ')}, text);
      if (column.kind === 'share') cell.style.setProperty('--part', hottest ? layer.share / hottest : 0);
      if (column.kind === 'layer') cell.title = value;
    }
  });
  head.cells[0].setAttribute('aria-sort', 'ascending');
}

function sortTable(index) {
  const table = document.querySelector('table'), body = table.tBodies[0];
  const cells = table.tHead.rows[0].cells, column = columns[index];
  // Numbers start with the largest, but for the order of the model.
  const first = column.isNumber && index ? 'descending' : 'ascending';
  const other = first === 'ascending' ? 'descending' : 'ascending';
  const order = cells[index].getAttribute('aria-sort') === first ? other : first;
  for (const cell of cells) cell.removeAttribute('aria-sort');
  cells[index].setAttribute('aria-sort', order);
  const sign = order === 'ascending' ? 1 : -1;
  const valueOf = row => column.value(layers[row.dataset.layer], Number(row.dataset.layer));
  const compare = (a, b) => column.isNumber ? sign * (a - b) : sign * String(a).localeCompare(b, 'en', {numeric: true});
  // What is not known comes last, whatever the order.
  const rows = [...body.rows].map(row => [valueOf(row), row]).sort(([a], [b]) =>
      a == null || b == null ? (a == null) - (b == null) : compare(a, b));
  body.append(...rows.map(([, row]) => row));
}

byId('filter').addEventListener('input', event => {
  const wanted = event.target.value.toLowerCase();
  for (const row of document.querySelector('tbody').rows) {
    const layer = layers[row.dataset.layer];
    row.hidden = !(fullName(layer) + ' ' + layer.class).toLowerCase().includes(wanted);
  }
});

//===--- the page ----------------------------------------------------------===//

const dark = matchMedia('(prefers-color-scheme: dark)');
function setTheme(name) {
  document.documentElement.dataset.theme = name;
  byId('theme').textContent = name === 'dark' ? 'Light' : 'Dark';
}
byId('theme').addEventListener('click', () =>
  setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
dark.addEventListener('change', () => setTheme(dark.matches ? 'dark' : 'light'));
setTheme(dark.matches ? 'dark' : 'light');

function drawPlots() {
  drawTimeline();
  drawRoofline();
  drawMemory();
  if (chosen >= 0) choose(chosen);
}
drawHead();
listPlans();
drawLegend();
drawGraph();
drawTable();
drawPlots();
byId('timeline-zoom').addEventListener('input', drawTimeline);
byId('memory-scale').addEventListener('change', drawMemory);
byId('memory-plan').addEventListener('change', drawMemory);
let drawnWidth = innerWidth;
addEventListener('resize', () => {
  if (innerWidth !== drawnWidth) requestAnimationFrame(drawPlots);
  drawnWidth = innerWidth;
});
