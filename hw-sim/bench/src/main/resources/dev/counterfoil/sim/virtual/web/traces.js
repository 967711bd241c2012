// Wires, network, log and scenario: four bounded lists, one of them in sight, each to filter, hold and copy.

import { clockText, icon, make } from './dom.js';

const NEAR_THE_END_PIXELS = 24;
const COPIED_MILLIS = 1500;

/** How the rows of each list look, and what of them is text to filter and to copy. */
const LISTS = {
  bus: {
    rows: (terminal) => terminal.bus,
    text: (row) => `${clockText(row.atMillis)} ${row.wire} ${row.out ? '>' : '<'} ${row.text} [${row.hex}]`,
    // Some decoders say the direction, too; once is enough.
    cells: (row, words) => [badge(row.wire), arrow(row.out, words.say(row.out ? 'outward' : 'inward')), row.text.replace(/^(->|<-) /, '')],
    more: (row) => row.hex,
  },
  link: {
    rows: (terminal) => terminal.link,
    text: (row) => `${clockText(row.atMillis)} ${row.channel} ${row.out ? '>' : '<'} ${row.text}`,
    cells: (row, words) => [badge(row.channel), arrow(row.out, words.say(row.out ? 'sent' : 'heard')), row.text],
  },
  log: {
    rows: (terminal) => terminal.log,
    text: (row) => `${clockText(row.atMillis)} ${row.level} ${row.text}`,
    cells: (row) => [badge(row.level), null, row.text],
    mark: (row) => row.level,
  },
  scenario: {
    rows: (_, state) => state.scenario,
    text: (row) => row.text,
    cells: (row) => [null, null, row.text],
    // A line that begins with = says what was seen, every other what somebody did.
    mark: (row) => (row.text.startsWith('=') ? 'seen' : 'done'),
    untimed: true,
  },
};
const NAMES = Object.keys(LISTS);

function badge(text) {
  return make('span', { class: 'badge', 'data-name': text, text });
}

function arrow(out, label) {
  return make('span', { class: `arrow ${out ? 'out' : 'in'}`, role: 'img', 'aria-label': label, title: label, text: out ? '→' : '←' });
}

export class Traces {
  types = ['bus', 'link', 'log', 'scenario'];
  #page;
  #tabs = make('div', { class: 'tabs', role: 'tablist' });
  #filter = make('input', { type: 'search', class: 'filter', autocomplete: 'off', spellcheck: 'false' });
  #pause = make('button', { type: 'button', class: 'tool', id: 'pause' });
  #copy = make('button', { type: 'button', class: 'tool', id: 'copy' });
  #hex = make('button', { type: 'button', class: 'tool text', id: 'hex', 'aria-pressed': 'false' });
  #save = make('a', { class: 'tool', id: 'download', href: '/api/scenario', download: 'scenario.txt' }, icon('save'));
  #list = make('ol', { class: 'rows', tabindex: 0 });
  #panel = make('div', { class: 'panel-rows', id: 'rows', role: 'tabpanel' }, this.#list);
  #empty = make('li', { class: 'nothing' });
  #note = make('p', { class: 'rows-note' });
  #rows = new Map();
  #shown = 'bus';
  #held = null;
  #openHex = false;
  #terminal = null;

  constructor(root, page) {
    this.#page = page;
    root.classList.add('traces');
    root.append(make('div', { class: 'pane-head' }, this.#tabs),
        make('div', { class: 'pane-tools' }, this.#filter, this.#hex, this.#pause, this.#copy, this.#save), this.#panel, this.#note);
    this.#filter.addEventListener('input', () => this.#redraw());
    this.#pause.addEventListener('click', () => this.#hold());
    this.#copy.addEventListener('click', () => this.#copyRows());
    this.#hex.addEventListener('click', () => {
      this.#openHex = !this.#openHex;
      this.#redraw();
    });
    this.#tabs.addEventListener('keydown', (event) => this.#walk(event));
  }

  label() {
    const { words } = this.#page;
    this.#tabs.setAttribute('aria-label', words.say('insight'));
    this.#tabs.replaceChildren(...NAMES.map((name) => make('button', { type: 'button', role: 'tab', id: `tab-${name}`,
      'aria-controls': 'rows', text: words.say(name), onclick: () => this.#choose(name) })));
    this.#filter.placeholder = words.say('filter');
    this.#filter.setAttribute('aria-label', words.say('filter'));
    this.#empty.textContent = words.say('nothingYet');
    this.#hex.textContent = words.say('hex');
    titled(this.#save, words.say('download'));
    titled(this.#copy, words.say('copy'));
    this.#copy.replaceChildren(icon('copy'));
    this.#redraw();
  }

  show(terminal) {
    const other = this.#terminal !== terminal;
    this.#terminal = terminal;
    if (other) {
      this.#held = null;
      this.#redraw();
      return;
    }
    this.#update();
  }

  #choose(name) {
    this.#shown = name;
    this.#held = null;
    this.#redraw();
  }

  #walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      this.#choose(NAMES[(NAMES.indexOf(this.#shown) + step + NAMES.length) % NAMES.length]);
      this.#tabs.querySelector('[aria-selected=true]').focus();
    }
  }

  #hold() {
    this.#held = this.#held ? null : [...this.#all()];
    this.#redraw();
  }

  #all() {
    return LISTS[this.#shown].rows(this.#terminal, this.#page.client.state);
  }

  #wanted() {
    const sought = this.#filter.value.trim().toLowerCase();
    const { text } = LISTS[this.#shown];
    return (this.#held ?? this.#all()).filter((row) => sought === '' || text(row).toLowerCase().includes(sought));
  }

  #redraw() {
    const { words } = this.#page;
    this.#tabs.childNodes.forEach((tab, at) => {
      tab.setAttribute('aria-selected', NAMES[at] === this.#shown);
      tab.tabIndex = NAMES[at] === this.#shown ? 0 : -1;
    });
    this.#panel.setAttribute('aria-labelledby', `tab-${this.#shown}`);
    this.#list.dataset.list = this.#shown;
    this.#hex.hidden = !LISTS[this.#shown].more;
    this.#hex.setAttribute('aria-pressed', this.#openHex);
    this.#save.hidden = this.#shown !== 'scenario';
    this.#pause.setAttribute('aria-pressed', Boolean(this.#held));
    this.#pause.replaceChildren(icon(this.#held ? 'play' : 'pause'));
    titled(this.#pause, words.say(this.#held ? 'resume' : 'pause'));
    this.#rows.clear();
    this.#list.replaceChildren();
    if (this.#terminal) {
      this.#update(true);
    }
  }

  #update(toEnd = false) {
    const wanted = this.#wanted();
    const kept = new Set(wanted.map((row) => row.row));
    const follows = toEnd || this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < NEAR_THE_END_PIXELS;
    this.#rows.forEach((element, row) => {
      if (!kept.has(row)) {
        element.remove();
        this.#rows.delete(row);
      }
    });
    for (const row of wanted) {
      if (!this.#rows.has(row.row)) {
        const element = this.#element(row);
        this.#rows.set(row.row, element);
        this.#list.append(element);
      }
    }
    if (wanted.length === 0) {
      this.#list.replaceChildren(this.#empty);
    } else {
      this.#empty.remove();
    }
    this.#tell();
    if (follows && !this.#held) {
      this.#list.scrollTop = this.#list.scrollHeight;
    }
  }

  #tell() {
    const { words } = this.#page;
    const last = this.#held?.at(-1)?.row ?? 0;
    const waiting = this.#held ? this.#all().filter((row) => row.row > last).length : 0;
    this.#note.textContent = this.#held ? words.say('waiting', waiting) : this.#shown === 'scenario' ? words.say('scenarioNote') : '';
  }

  #element(row) {
    const look = LISTS[this.#shown];
    const [first, second, text] = look.cells(row, this.#page.words);
    const line = [look.untimed ? null : make('time', { text: clockText(row.atMillis) }), first, second,
      make('span', { class: 'row-text', text })];
    const item = make('li', { class: 'row', 'data-mark': look.mark?.(row) });
    if (!look.more) {
      item.append(...line.filter(Boolean));
      return item;
    }
    const hex = make('code', { class: 'hex', text: look.more(row) });
    hex.hidden = !this.#openHex;
    const button = make('button', { type: 'button', class: 'row-button', 'aria-expanded': this.#openHex, onclick: () => {
      hex.hidden = !hex.hidden;
      button.setAttribute('aria-expanded', !hex.hidden);
    } }, ...line);
    item.append(button, hex);
    return item;
  }

  async #copyRows() {
    const { text } = LISTS[this.#shown];
    try {
      await navigator.clipboard.writeText(this.#wanted().map(text).join('\n'));
      titled(this.#copy, this.#page.words.say('copied'));
      this.#copy.replaceChildren(icon('tick'));
      setTimeout(() => {
        titled(this.#copy, this.#page.words.say('copy'));
        this.#copy.replaceChildren(icon('copy'));
      }, COPIED_MILLIS);
    } catch (refused) {
      this.#page.tell('CLIPBOARD', String(refused.message));
    }
  }
}

function titled(element, text) {
  element.title = text;
  element.setAttribute('aria-label', text);
}
