// The paper roll: what was printed comes out at the slot, newest at the bottom, and grows upwards.

import { bits, icon, make } from './dom.js';
import { choice, heading, menuButton, note } from './menu.js';

const QUIET_MODULES = 2;
const MODULE_PIXELS = 3;
const NEAR_THE_END_PIXELS = 40;
const NARROW_COLUMNS = 32;
// Twice as wide as the others on paper: Chinese, kana, full-width forms.
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

export class Roll {
  types = ['paper', 'printerLooks', 'status'];
  #page;
  #title = make('h2', { class: 'unseen' });
  #scroll = make('div', { class: 'roll', tabindex: 0, role: 'log' });
  #sheet = make('div', { class: 'sheet-of-paper' });
  #empty = make('p', { class: 'no-print' });
  #label = make('span', { class: 'printer-name' });
  #printer = menuButton({ class: 'printer', id: 'printer-body' }, [make('i', { class: 'lid', 'aria-hidden': 'true' }),
    make('i', { class: 'slot', 'aria-hidden': 'true' }), icon('printer'), this.#label, make('i', { class: 'led', 'aria-hidden': 'true' })],
  () => this.#deeds());
  #root;
  #feed = make('div', { class: 'feed' }, this.#sheet);
  #follows = true;
  #terminal = null;
  #rows = new Map();

  constructor(root, page) {
    this.#page = page;
    this.#scroll.append(this.#feed);
    this.#scroll.addEventListener('scroll', () => this.#scrolled());
    // Paper grows while it slides out, so its end is looked for whenever it grows.
    new ResizeObserver(() => requestAnimationFrame(() => this.#follow())).observe(this.#feed);
    this.#root = root;
    root.append(this.#title, this.#scroll, this.#printer);
    // The roll is part of the printer; who marks text on it means the text.
    this.#scroll.addEventListener('click', () => {
      if (getSelection().isCollapsed) {
        this.#printer.click();
      }
    });
    root.classList.add('printing');
  }

  label() {
    const { words } = this.#page;
    this.#title.textContent = words.say('paper');
    this.#scroll.setAttribute('aria-label', words.say('paper'));
    this.#empty.textContent = words.say('paperEmpty');
    this.#printer.title = words.say('printerHint');
    this.#rows.clear();
    this.#sheet.replaceChildren();
    if (this.#terminal) {
      this.show(this.#terminal);
    }
  }

  show(terminal) {
    const other = this.#terminal !== terminal;
    this.#terminal = terminal;
    const kept = new Set(terminal.paper.map((piece) => piece.row));
    this.#rows.forEach((element, row) => {
      if (!kept.has(row)) {
        element.remove();
        this.#rows.delete(row);
      }
    });
    const added = terminal.paper.filter((piece) => !this.#rows.has(piece.row));
    for (const piece of added) {
      const element = this.#piece(piece);
      element.classList.toggle('fresh', !other);
      this.#rows.set(piece.row, element);
      this.#sheet.append(element);
    }
    if (terminal.paper.length === 0) {
      this.#sheet.replaceChildren(this.#empty);
    } else {
      this.#empty.remove();
    }
    this.#widen(terminal.paper);
    this.#root.hidden = terminal.printer === false;
    this.#look(terminal.printerLooks ?? { paper: true, coverOpen: false });
    this.#follows ||= other;
    this.#follow();
  }

  #look({ paper, coverOpen }) {
    const { words } = this.#page;
    this.#root.dataset.paper = paper ? 'in' : 'out';
    this.#root.dataset.cover = coverOpen ? 'open' : 'shut';
    this.#label.textContent = coverOpen ? words.say('coverOpen') : paper ? words.say('printer') : words.say('paperOut');
  }

  #deeds() {
    const { words } = this.#page;
    const { paper, coverOpen } = this.#terminal.printerLooks;
    const act = (deed) => () => this.#page.act(`${this.#terminal.id} ${deed}`);
    return [heading(words.say('printer')),
      paper ? choice(words.say('takePaper'), act('paper out')) : choice(words.say('putPaper'), act('paper in')),
      coverOpen ? choice(words.say('shutCover'), act('cover shut')) : choice(words.say('openCover'), act('cover open')),
      note(words.say('printAgain'))];
  }

  #scrolled() {
    this.#follows = this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight < NEAR_THE_END_PIXELS;
  }

  #follow() {
    if (this.#follows) {
      this.#scroll.scrollTop = this.#scroll.scrollHeight;
    }
  }

  #widen(paper) {
    const widest = Math.max(NARROW_COLUMNS, ...paper.filter((piece) => piece.kind === 'line')
        .map((piece) => columns(piece.text) * (piece.large ? 2 : 1)));
    this.#sheet.style.setProperty('--columns', String(Math.min(widest, 2 * NARROW_COLUMNS)));
  }

  #piece(piece) {
    const { words } = this.#page;
    switch (piece.kind) {
      case 'line':
        return make('p', { class: ['print-line', piece.bold && 'bold', piece.large && 'large', piece.centred && 'centred']
            .filter(Boolean).join(' ') }, ...spaced(piece.text));
      case 'qr':
        return this.#code(piece);
      case 'cut':
        return make('hr', { class: 'cut' });
      default:
        return make('p', { class: 'aside' }, icon('drawer'), words.say('drawerOpened'));
    }
  }

  #code(piece) {
    const canvas = make('canvas', { class: 'qr', role: 'img', 'aria-label': this.#page.words.say('qrCode', piece.content) });
    const { size, rows } = piece.pixels;
    const side = (size + 2 * QUIET_MODULES) * MODULE_PIXELS;
    canvas.width = side;
    canvas.height = side;
    canvas.title = piece.content;
    const context = canvas.getContext('2d');
    const pixel = bits(rows, size);
    context.fillStyle = '#2b2a30';
    for (let at = 0; at < size * size; at++) {
      const x = at % size;
      const y = Math.floor(at / size);
      if (pixel(x, y)) {
        context.fillRect((x + QUIET_MODULES) * MODULE_PIXELS, (y + QUIET_MODULES) * MODULE_PIXELS, MODULE_PIXELS, MODULE_PIXELS);
      }
    }
    return canvas;
  }
}

function columns(text) {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}

// A fixed grid holds whatever font the browser has for Chinese: such a character gets exactly two places.
function spaced(text) {
  const pieces = [];
  for (const character of text) {
    if (WIDE.test(character)) {
      pieces.push(make('span', { class: 'wide', text: character }));
    } else if (typeof pieces.at(-1) === 'string') {
      pieces[pieces.length - 1] += character;
    } else {
      pieces.push(character);
    }
  }
  return pieces.length === 0 ? ['\u00a0'] : pieces;
}
