// The server draws the picture once. This module finds every element that shows a tag and, once a second, writes what changed into it.
// Text arrives finished; numbers are only for bars, pipes, pointers and sparklines. Nothing here invents a value.

const STALE_AFTER_S = 15;
const FLOW_STEP_MS = 200;
const SPARK_SPAN_S = 600;
const SPARK_STEP_S = 8;
const DELIVERS = "load";
const QUALITIES = ["good", "uncertain", "bad"];
const MACHINE_STATES = ["load", "run", "stop", "unknown"];
const NAMESPACE = "http://www.w3.org/2000/svg";

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
let page = null;

export function mount(root) {
  unmount();
  page = new Page(root);
}

export function apply(patch) {
  page?.apply(patch);
}

export function unmount() {
  page?.stop();
  page = null;
}

class Page {
  constructor(root) {
    this.root = root;
    this.patchers = new Map();
    this.latest = new Map();
    this.lastFrame = null;
    this.clock = document.querySelector("[data-clock]");
    this.age = document.querySelector("[data-age]");
    this.find("[data-t]", "t", textPatcher);
    this.find("[data-state]", "state", statePatcher);
    this.find("[data-machine]", "machine", machinePatcher);
    this.find("[data-band]", "band", bandPatcher);
    this.find("[data-bar]", "bar", barPatcher);
    this.find("[data-rise]", "rise", risePatcher);
    this.pipes = [...root.querySelectorAll(".pipe")].map(element => new Pipe(element));
    this.sparks = new Sparks(root);
    this.animate = root.querySelector("[data-animate]");
    this.timers = [setInterval(() => this.showAge(), 1000), setInterval(() => this.flow(), FLOW_STEP_MS)];
    this.showAge();
  }

  stop() {
    this.timers.forEach(clearInterval);
    document.documentElement.classList.remove("stale");
  }

  find(selector, key, make) {
    for (const element of this.root.querySelectorAll(selector)) {
      const tag = element.dataset[key];
      const known = this.patchers.get(tag) ?? [];
      known.push(make(element));
      this.patchers.set(tag, known);
    }
  }

  apply(patch) {
    this.lastFrame = performance.now();
    for (const value of patch.values) {
      this.latest.set(value.t, value);
      for (const write of this.patchers.get(value.t) ?? []) write(value);
    }
    for (const pipe of this.pipes) pipe.update(this.latest);
    this.sparks.push(patch.seconds, this.latest);
    if (this.clock && patch.clock) {
      this.clock.textContent = patch.clock;
      this.clock.hidden = false;
    }
    this.showAge();
  }

  // Real time since the last frame: the server cannot tell a dead link.
  showAge() {
    const seconds = this.lastFrame === null ? null : Math.floor((performance.now() - this.lastFrame) / 1000);
    document.documentElement.classList.toggle("stale", seconds !== null && seconds >= STALE_AFTER_S);
    if (!this.age) return;
    this.age.hidden = false;
    this.age.textContent = seconds === null ? this.age.dataset.waiting : this.age.dataset.age.replace("{0}", seconds);
  }

  flow() {
    if (document.hidden || reducedMotion.matches || !this.animate?.checked) return;
    if (document.documentElement.classList.contains("stale")) return;
    for (const pipe of this.pipes) pipe.step();
  }
}

function textPatcher(element) {
  const text = document.createTextNode(element.textContent);
  element.replaceChildren(text);
  let why = null;
  return value => {
    if (text.data !== value.s) text.data = value.s;
    mark(element, QUALITIES, value.m);
    const reason = value.w ?? null;
    if (reason === why) return;
    why = reason;
    explain(element, reason);
  };
}

function mark(element, marks, chosen) {
  for (const name of marks) element.classList.toggle(name, name === chosen);
}

function explain(element, reason) {
  if (!(element instanceof SVGElement)) {
    element.title = reason ?? "";
    return;
  }
  element.querySelector("title")?.remove();
  if (reason === null) return;
  const title = document.createElementNS(NAMESPACE, "title");
  title.textContent = reason;
  element.append(title);
}

function statePatcher(element) {
  return value => {
    const state = value.c ?? "–";
    if (element.textContent !== state) element.textContent = state;
  };
}

function machinePatcher(element) {
  return value => mark(element, MACHINE_STATES, value.m);
}

function bandPatcher(element) {
  const [low, high] = element.dataset.limits.split(" ").map(Number);
  const word = element.querySelector("[data-band-word]");
  return value => {
    const below = value.v != null && value.v < low;
    const above = value.v != null && value.v > high;
    element.classList.toggle("abnormal", below || above);
    if (word) word.textContent = below ? word.dataset.below : above ? word.dataset.above : "";
  };
}

function barPatcher(element) {
  const width = Number(element.dataset.w);
  const greatest = Number(element.dataset.max);
  return value => element.setAttribute("width", (width * share(value.v ?? 0, greatest)).toFixed(1));
}

function risePatcher(element) {
  const low = Number(element.dataset.lo);
  const high = Number(element.dataset.hi);
  const top = Number(element.dataset.y);
  const height = Number(element.dataset.h);
  return value => {
    if (value.v == null) return;
    const y = top + height * (1 - share(value.v - low, high - low));
    element.setAttribute("transform", `translate(0,${y.toFixed(1)})`);
  };
}

function share(part, whole) {
  return Math.max(0, Math.min(1, part / whole));
}

// The width of the air is flow / capacity; where no meter stands, it only tells that a machine behind it delivers.
class Pipe {
  constructor(element) {
    this.element = element;
    this.svg = element.ownerSVGElement;
    this.air = element.querySelector(".air");
    this.dots = element.querySelector(".dots");
    this.flowTags = element.dataset.flow?.split(" ") ?? [];
    this.stateTags = element.dataset.on?.split(" ") ?? [];
    this.capacity = Number(element.dataset.cap) || null;
    this.bore = Number(element.dataset.bore);
    this.offset = 0;
    this.speed = 0;
  }

  update(latest) {
    const flow = this.stateTags.length > 0 ? this.presence(latest) : this.metered(latest);
    const part = flow === null ? 0 : this.capacity ? share(Math.abs(flow), this.capacity) : flow === 0 ? 0 : 0.4;
    this.speed = part < 0.005 ? 0 : Math.sign(flow) * (1 + 7 * part);
    this.element.classList.toggle("idle", this.speed === 0);
    this.element.classList.toggle("unknown", flow === null);
    if (this.speed !== 0) this.air.setAttribute("stroke-width", Math.max(1.5, this.bore * part).toFixed(1));
  }

  presence(latest) {
    const states = this.stateTags.map(tag => latest.get(tag)?.m ?? "unknown");
    if (states.includes(DELIVERS)) return 1;
    return states.includes("unknown") ? null : 0;
  }

  metered(latest) {
    let sum = 0;
    for (const tag of this.flowTags) {
      const value = latest.get(tag)?.v;
      if (value == null) return null;
      sum += value;
    }
    return sum;
  }

  step() {
    if (this.speed === 0 || this.svg.getClientRects().length === 0) return;
    this.offset = (this.offset - this.speed) % 24;
    this.dots.style.strokeDashoffset = this.offset.toFixed(1);
  }
}

// The last ten minutes of site time beside a value. A bad reading leaves a gap.
class Sparks {
  constructor(root) {
    this.lines = [...root.querySelectorAll("[data-spark]")].map(element => ({
      element, tag: element.dataset.spark, width: Number(element.dataset.w), height: Number(element.dataset.h),
    }));
    this.history = new Map(this.lines.map(line => [line.tag, []]));
  }

  push(seconds, latest) {
    if (seconds == null) return;
    for (const [tag, points] of this.history) {
      const last = points.at(-1);
      if (last && seconds < last.at) points.length = 0;
      if (last && seconds - last.at < SPARK_STEP_S) continue;
      points.push({ at: seconds, value: latest.get(tag)?.v ?? null });
      while (points[0].at < seconds - SPARK_SPAN_S) points.shift();
    }
    for (const line of this.lines) line.element.setAttribute("d", path(this.history.get(line.tag), seconds, line));
  }
}

function path(points, now, line) {
  const values = points.filter(point => point.value !== null).map(point => point.value);
  if (values.length < 2) return "";
  const low = Math.min(...values);
  const high = Math.max(...values);
  const middle = (low + high) / 2;
  // At least 3 % of the value, so that noise does not look like drama.
  const range = Math.max(high - low, Math.abs(middle) * 0.03, 0.001);
  let pen = "M";
  let drawn = "";
  for (const point of points) {
    if (point.value === null) {
      pen = "M";
      continue;
    }
    const x = line.width * (1 - (now - point.at) / SPARK_SPAN_S);
    const y = line.height * (0.5 - (point.value - middle) / range);
    drawn += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
    pen = "L";
  }
  return drawn;
}
