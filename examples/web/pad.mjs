// A canvas to draw on with a mouse, a pen, fingers or the keyboard. Strokes are
// lists of points with coordinates of 0 to 1; onChange is called when they
// change.
const STEP = 0.03, PEN = 0.06;
const MOVES = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export class Pad {
  strokes = [];
  #canvas;
  #onChange;
  #pointer = null;             // that draws
  #cursor = {x: 0.5, y: 0.2};  // of the keyboard
  #isDown = false;

  constructor(canvas, onChange) {
    this.#canvas = canvas;
    this.#onChange = onChange;
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of ['pointerup', 'pointercancel'])
      canvas.addEventListener(end, (event) => this.#end(event));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    for (const change of ['focus', 'blur'])
      canvas.addEventListener(change, () => {
        this.#isDown = false;
        this.draw();
      });
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)')
        .addEventListener('change', () => this.draw());
  }

  clear() {
    this.strokes = [];
    this.#isDown = false;
    this.#changed();
  }

  undo() {
    this.strokes.pop();
    this.#isDown = false;
    this.#changed();
  }

  draw() {
    const canvas = this.#canvas;
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (canvas.width !== side)
      canvas.width = canvas.height = side;
    const context = canvas.getContext('2d');
    const style = getComputedStyle(canvas);
    context.setTransform(side, 0, 0, side, 0, 0);
    context.clearRect(0, 0, 1, 1);
    context.strokeStyle = style.getPropertyValue('--ink');
    context.lineWidth = PEN;
    context.lineCap = context.lineJoin = 'round';
    for (const stroke of this.strokes) {
      context.beginPath();
      context.moveTo(stroke[0].x, stroke[0].y);
      for (const {x, y} of stroke)
        context.lineTo(x, y);
      context.stroke();
    }
    if (!canvas.matches(':focus-visible'))
      return;
    context.beginPath();
    context.arc(this.#cursor.x, this.#cursor.y, PEN / 2, 0, 2 * Math.PI);
    context.fillStyle = context.strokeStyle =
        style.getPropertyValue('--accent');
    context.lineWidth = 0.01;
    context[this.#isDown ? 'fill' : 'stroke']();
  }

  #changed() {
    this.draw();
    this.#onChange();
  }

  #add(event) {
    const box = this.#canvas.getBoundingClientRect();
    // All positions since the last event, where the browser keeps them.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const {clientX, clientY} of events.length ? events : [event])
      this.strokes.at(-1).push({
        x: (clientX - box.left) / box.width,
        y: (clientY - box.top) / box.height,
      });
    this.#changed();
  }

  #begin(event) {
    if (this.#pointer !== null || event.button !== 0)
      return;
    this.#pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#isDown = false;
    this.strokes.push([]);
    this.#add(event);
  }

  #move(event) {
    if (event.pointerId === this.#pointer)
      this.#add(event);
  }

  #end(event) {
    if (event.pointerId === this.#pointer)
      this.#pointer = null;
  }

  #key(event) {
    const move = MOVES[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey)
      return;
    if (move) {
      const inside = (value) => Math.min(0.95, Math.max(0.05, value));
      this.#cursor = {
        x: inside(this.#cursor.x + move[0]),
        y: inside(this.#cursor.y + move[1]),
      };
      if (this.#isDown)
        this.strokes.at(-1).push(this.#cursor);
    } else if (event.key === ' ') {
      this.#isDown = !this.#isDown;
      if (this.#isDown)
        this.strokes.push([this.#cursor]);
    } else if (event.key === 'Backspace') {
      this.undo();
    } else if (event.key === 'Escape') {
      this.clear();
    } else {
      return;
    }
    event.preventDefault();
    this.#changed();
  }
}
