// The display, drawn from what the engine says the glass shows: cells of characters, or pixels.

import { bits, calm, make } from './dom.js';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyph } from './glyphs.js';

const CELL_WIDTH = GLYPH_WIDTH + 1;
const CELL_HEIGHT = GLYPH_HEIGHT + 2;
// A liquid crystal needs about a tenth of a second to turn.
const TURN_MILLIS = 90;

const LCD_LIT = { glass: '#a9bf3c', dot: [24, 38, 12], ghost: 0.07 };
const LCD_DARK = { glass: '#6d7752', dot: [34, 42, 24], ghost: 0.05 };
const OLED = { glass: '#05070a', dot: [188, 226, 255], ghost: 0.02 };

/** The dots of a display: how many, where one is left out between characters, and which are on. */
function lcdDots({ columns, rows, text }) {
  const width = columns * CELL_WIDTH - 1;
  const height = rows * CELL_HEIGHT - 1;
  const on = new Uint8Array(width * height);
  const exists = new Uint8Array(width * height);
  for (let row = 0; row < rows; row++) {
    const characters = [...(text[row] ?? '').padEnd(columns)];
    for (let column = 0; column < columns; column++) {
      const picture = glyph(characters[column]);
      for (let y = 0; y <= GLYPH_HEIGHT; y++) {
        for (let x = 0; x < GLYPH_WIDTH; x++) {
          const at = (row * CELL_HEIGHT + y) * width + column * CELL_WIDTH + x;
          exists[at] = 1;
          on[at] = ((picture[y] ?? 0) >> (GLYPH_WIDTH - 1 - x)) & 1;
        }
      }
    }
  }
  return { width, height, on, exists };
}

function oledDots({ width, height, pixels }) {
  const on = new Uint8Array(width * height);
  const pixel = bits(pixels, width);
  for (let at = 0; at < on.length; at++) {
    on[at] = pixel(at % width, Math.floor(at / width));
  }
  return { width, height, on, exists: on.slice().fill(1) };
}

/** What somebody who cannot see the glass is told: its text, also where it is drawn in pixels. */
function spoken({ display }) {
  return (display.text ?? []).map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== '').join('; ');
}

export class Glass {
  #canvas = make('canvas', { class: 'glass', 'aria-hidden': 'true' });
  #spoken = make('p', { class: 'unseen', 'aria-live': 'polite' });
  #room;
  #display = null;
  #dots = null;
  #levels = null;
  #moved = 0;
  #frame = 0;

  constructor(root) {
    root.append(this.#canvas, this.#spoken);
    this.#room = root.parentElement;
    // Not at once: the new size of the glass is itself one that observers are told of.
    new ResizeObserver(() => requestAnimationFrame(() => this.#draw())).observe(this.#room);
  }

  show(terminal) {
    this.#display = terminal.display;
    this.#canvas.dataset.kind = terminal.display.kind;
    const dots = terminal.display.kind === 'oled' ? oledDots(terminal.display) : lcdDots(terminal.display);
    const sameShape = this.#dots?.width === dots.width && this.#dots?.height === dots.height;
    this.#dots = dots;
    if (!sameShape || calm.matches || terminal.display.kind === 'oled') {
      this.#levels = Float32Array.from(dots.on);
    }
    this.#tell(spoken(terminal));
    this.#run();
  }

  #tell(text) {
    if (this.#spoken.textContent !== text) {
      this.#spoken.textContent = text;
    }
  }

  #run() {
    cancelAnimationFrame(this.#frame);
    this.#moved = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#turn(now));
  }

  // Dots turn one after the other towards where they should be, as slowly as the real ones.
  #turn(now) {
    const step = Math.max(0.05, (now - this.#moved) / TURN_MILLIS);
    this.#moved = now;
    let moving = false;
    for (let at = 0; at < this.#levels.length; at++) {
      const missing = this.#dots.on[at] - this.#levels[at];
      this.#levels[at] += Math.sign(missing) * Math.min(Math.abs(missing), step);
      moving ||= this.#levels[at] !== this.#dots.on[at];
    }
    this.#draw();
    if (moving) {
      this.#frame = requestAnimationFrame((time) => this.#turn(time));
    }
  }

  #colours() {
    if (this.#display.kind === 'oled') {
      return OLED;
    }
    return this.#display.backlight ? LCD_LIT : LCD_DARK;
  }

  #draw() {
    const edges = getComputedStyle(this.#room);
    const room = this.#room.clientWidth - parseFloat(edges.paddingLeft) - parseFloat(edges.paddingRight);
    if (!this.#dots || room <= 0) {
      return;
    }
    const { width, height, exists } = this.#dots;
    const ratio = window.devicePixelRatio || 1;
    const margin = this.#display.kind === 'oled' ? 4 : 3;
    // A whole number of device pixels a dot, so that all dots are alike.
    const pitch = Math.max(1, Math.floor((room * ratio) / (width + 2 * margin)));
    const gap = pitch > 3 ? Math.max(1, Math.round(pitch * 0.14)) : pitch > 2 && this.#display.kind === 'lcd' ? 1 : 0;
    this.#size((width + 2 * margin) * pitch, (height + 2 * margin) * pitch, ratio);
    const context = this.#canvas.getContext('2d');
    const { glass, dot, ghost } = this.#colours();
    context.fillStyle = glass;
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    const shadow = this.#display.kind === 'lcd' && pitch > 2;
    const paint = (offset, strength) => {
      for (let at = 0; at < exists.length; at++) {
        const level = exists[at] ? ghost * (offset ? 0 : 1) + this.#levels[at] * strength : 0;
        if (level > 0.004) {
          context.fillStyle = `rgba(${dot[0]}, ${dot[1]}, ${dot[2]}, ${Math.min(1, level).toFixed(3)})`;
          context.fillRect(((at % width) + margin) * pitch + offset, (Math.floor(at / width) + margin) * pitch + offset,
              pitch - gap, pitch - gap);
        }
      }
    };
    if (shadow) {
      paint(Math.round(pitch * 0.4), 0.3);
    }
    paint(0, 0.92);
  }

  #size(width, height, ratio) {
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#canvas.style.width = `${width / ratio}px`;
      this.#canvas.style.height = `${height / ratio}px`;
    }
  }
}
