// The terminal as an object: display, lamps, reader and keys in one case.

import { icon, make } from './dom.js';
import { Glass } from './glass.js';

const KEYS = ['1', '2', '3', 'A', '4', '5', '6', 'B', '7', '8', '9', 'C', '*', '0', '#', 'D'];
const LEGENDS = ['A', 'B', 'C', 'D', '*', '#'];
const TYPED = { Enter: '#', '.': '*', ',': '*', '+': 'C', Escape: 'D', Delete: 'D', Backspace: 'D' };
const LAMPS = { green: 'tick', red: 'cross', buzzer: 'bell' };
// Where somebody writes or chooses, keys are for that.
const TYPED_ELSEWHERE = 'input:not([type=radio]), select, dialog, .sheet';
const PRESSED_MILLIS = 110;

export class Device {
  types = ['display', 'lamps', 'signal', 'status'];
  #page;
  #case;
  #glass;
  #lamps = {};
  #keys = new Map();
  #plate = make('p', { class: 'plate' });
  #terminal = null;

  /** The part of the case onto which cards are laid; the tray fills it. */
  reader = make('div', { id: 'reader', class: 'reader', role: 'group' });

  /** The window of the scanner beside it. */
  scanner = make('div', { id: 'scanner', class: 'scanner' });

  constructor(root, page) {
    this.#page = page;
    const pane = make('div', { class: 'window' });
    const bezel = make('div', { class: 'bezel' }, pane);
    this.#glass = new Glass(pane);
    this.#case = make('article', { class: 'case', tabindex: 0, role: 'group' },
        make('div', { class: 'head' }, this.#plate, this.#lampRow()), bezel,
        make('div', { class: 'front' }, this.reader, this.scanner), this.#keypad());
    root.append(this.#case);
    document.addEventListener('keydown', (event) => this.#typed(event));
    document.addEventListener('click', (event) => this.#takeFocus(event));
  }

  label() {
    const { words } = this.#page;
    this.#keys.forEach((button, key) => {
      if (LEGENDS.includes(key)) {
        button.querySelector('small').textContent = words.say(`key.${key}`);
      }
    });
    this.#keys.get('1').parentElement.setAttribute('aria-label', words.say('keys'));
    this.#plate.title = words.say('keyHint');
    if (this.#terminal) {
      this.show(this.#terminal);
    }
  }

  show(terminal) {
    this.#terminal = terminal;
    const { words } = this.#page;
    this.#case.setAttribute('aria-label', words.say('deviceLabel', terminal.name));
    this.#case.dataset.power = terminal.power;
    this.#case.lang = terminal.language;
    this.#plate.textContent = words.name(terminal);
    this.#keys.get('*').querySelector('small').textContent = words.say(terminal.mode === 'weighed' ? 'key.tare' : 'key.*');
    this.#glass.show(terminal);
    for (const [name, lamp] of Object.entries(this.#lamps)) {
      const on = Boolean(terminal.lamps[name]);
      lamp.dataset.on = on;
      lamp.setAttribute('aria-label', words.say(on ? 'lampOn' : 'lampOff', words.say(name)));
      lamp.querySelector('small').textContent = words.say(name);
    }
  }

  #lampRow() {
    const row = make('div', { class: 'lamps' });
    for (const [name, shape] of Object.entries(LAMPS)) {
      const lamp = make('span', { class: `lamp ${name}`, role: 'img' }, icon(shape), make('small'));
      this.#lamps[name] = lamp;
      row.append(lamp);
    }
    return row;
  }

  #keypad() {
    const keypad = make('div', { class: 'keypad', role: 'group' });
    for (const key of KEYS) {
      const button = make('button', { type: 'button', class: 'key', 'data-key': key, onclick: () => this.#press(key) },
          make('b', { text: key }), LEGENDS.includes(key) ? make('small') : null);
      this.#keys.set(key, button);
      keypad.append(button);
    }
    return keypad;
  }

  #press(key) {
    this.#page.act(`${this.#terminal.id} key ${key}`);
  }

  // Who clicked a card or a key and then presses Enter means the terminal, not that card or key once more.
  #takeFocus(event) {
    const byHand = event.detail > 0;
    if (byHand && event.target.closest?.('button') && event.target.closest('main, header') && !event.target.closest('.insight, [aria-haspopup]')
        && !document.querySelector('.sheet, dialog[open]')) {
      this.#case.focus({ preventScroll: true });
    }
  }

  // The keyboard is the keypad wherever it has nothing else to do.
  #typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !this.#terminal || event.target.closest?.(TYPED_ELSEWHERE)) {
      return;
    }
    // A focused button is pressed by Enter, as everywhere.
    if (event.key === 'Enter' && event.target.closest?.('button, a')) {
      return;
    }
    const key = TYPED[event.key] ?? event.key.toUpperCase();
    if (this.#keys.has(key)) {
      event.preventDefault();
      this.#flash(this.#keys.get(key));
      this.#press(key);
    }
  }

  #flash(button) {
    button.classList.add('down');
    setTimeout(() => button.classList.remove('down'), PRESSED_MILLIS);
  }
}
