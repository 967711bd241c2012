// The scale beside a terminal that sells by weight: goods on the table, goods on the pan, a hand that leans on it.

import { icon, make } from './dom.js';
import { carry, isOver } from './drag.js';

/** Each sum of some of them is another one, so that a weight says what lies there. */
const GOODS = { apple: 120, bowl: 350, melon: 1500 };
const GRAMS = 1000;

export class Scale {
  types = ['scale'];
  #page;
  #root;
  #terminal = null;
  #title = make('h2', { class: 'unseen' });
  #pan = make('div', { class: 'on-pan' });
  #table = make('div', { class: 'table' });
  #readout = make('output', { class: 'readout' });
  #hand = make('button', { type: 'button', class: 'lean' }, icon('hand'));
  #stand;
  #dragged = false;
  #shown = '';

  constructor(root, page) {
    this.#page = page;
    this.#root = root;
    this.#stand = make('div', { class: 'stand' }, this.#pan, make('i', { class: 'pan', 'aria-hidden': 'true' }),
        make('div', { class: 'scale-body' }, this.#readout, this.#hand));
    this.#hand.addEventListener('click', () => this.#weigh(this.#terminal.scale.grams, true));
    root.classList.add('weighing');
    root.setAttribute('role', 'group');
    root.append(this.#title, this.#stand, this.#table);
  }

  label() {
    const { words } = this.#page;
    this.#title.textContent = words.say('scale');
    this.#root.setAttribute('aria-label', words.say('scale'));
    this.#hand.title = words.say('lean');
    this.#hand.setAttribute('aria-label', words.say('lean'));
    this.#shown = '';
    if (this.#terminal) {
      this.show(this.#terminal);
    }
  }

  show(terminal) {
    this.#terminal = terminal;
    this.#root.hidden = !terminal.scale;
    if (!terminal.scale) {
      return;
    }
    const { grams, restless } = terminal.scale;
    this.#stand.dataset.restless = restless;
    const shown = `${terminal.id} ${grams}`;
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    const focused = this.#root.contains(document.activeElement) ? document.activeElement.dataset.good : undefined;
    this.#readout.textContent = `${(grams / GRAMS).toFixed(3)} kg`;
    const lying = lyingAt(grams);
    this.#pan.replaceChildren(...(lying ?? []).map((good) => this.#good(good, true)),
        ...(lying ? [] : [this.#block(grams)]));
    this.#table.replaceChildren(...Object.keys(GOODS).map((good) => (lying ?? []).includes(good)
      ? make('span', { class: 'spot', 'data-good': good, 'aria-hidden': 'true' }) : this.#good(good, false)));
    this.#root.querySelector(`button[data-good="${focused}"]`)?.focus({ preventScroll: true });
  }

  #good(good, onPan) {
    const { words } = this.#page;
    const label = words.say(onPan ? 'takeOff' : 'layOn', words.say(`good.${good}`), GOODS[good]);
    const button = make('button', { type: 'button', class: 'good', 'data-good': good, 'aria-label': label, title: label },
        make('i', { class: 'shape', 'aria-hidden': 'true' }), make('small', { text: weightText(GOODS[good]) }));
    button.addEventListener('click', (event) => {
      if (event.detail === 0 || !this.#dragged) {
        this.#move(good, !onPan);
      }
    });
    button.addEventListener('pointerdown', (event) => {
      this.#dragged = false;
      if (event.button === 0) {
        carry(event, button, (up) => {
          this.#dragged = true;
          if (isOver(up, this.#stand) !== onPan) {
            this.#move(good, !onPan);
          }
        });
      }
    });
    return button;
  }

  /** Something that a scenario laid there. */
  #block(grams) {
    const label = this.#page.words.say('clearPan', weightText(grams));
    return make('button', { type: 'button', class: 'good', 'data-good': 'block', 'aria-label': label, title: label,
      onclick: () => this.#weigh(0, false) }, make('i', { class: 'shape', 'aria-hidden': 'true' }), make('small', { text: weightText(grams) }));
  }

  #move(good, ontoPan) {
    const lying = lyingAt(this.#terminal.scale.grams) ?? [];
    const wanted = lying.filter((each) => each !== good).concat(ontoPan ? [good] : []);
    this.#weigh(wanted.reduce((sum, each) => sum + GOODS[each], 0), false);
  }

  // What lies there is taken for granted at once: a quick hand lays the next thing before the first is confirmed.
  async #weigh(grams, restless) {
    const terminal = this.#terminal;
    const before = terminal.scale;
    terminal.scale = { grams, restless };
    this.show(terminal);
    if (!await this.#page.act(`${terminal.id} weigh ${grams}${restless ? ' restless' : ''}`)) {
      terminal.scale = before;
      this.show(this.#terminal);
    }
  }
}

/** Which goods weigh this together; null if none do. */
function lyingAt(grams) {
  const lying = [];
  let left = grams;
  for (const [good, weight] of Object.entries(GOODS).sort((one, other) => other[1] - one[1])) {
    if (left >= weight) {
      lying.push(good);
      left -= weight;
    }
  }
  return left === 0 ? lying.reverse() : null;
}

function weightText(grams) {
  return grams < GRAMS ? `${grams} g` : `${grams / GRAMS} kg`;
}
