// Which terminal is looked at, and a further one.

import { icon, make } from './dom.js';

const MODES = ['keyed', 'fixed', 'products', 'weighed', 'counted', 'timed', 'preorder'];
const PRINTERS = ['yes', 'needed', 'no'];
const DISPLAYS = ['lcd-16x2', 'lcd-20x4', 'ssd1306'];
const LANGUAGES = { en: 'English', zh: '中文' };

export class Terminals {
  types = ['status', 'added'];
  #page;
  #root;
  #tabs = make('ul', { class: 'terminal-tabs' });
  #add = make('button', { type: 'button', class: 'tool', id: 'add' }, icon('plus'));
  #shown = '';

  constructor(root, page) {
    this.#page = page;
    this.#root = root;
    root.append(this.#tabs, this.#add);
    this.#add.addEventListener('click', () => this.#ask());
  }

  label() {
    const { words } = this.#page;
    this.#root.setAttribute('aria-label', words.say('terminals'));
    this.#add.title = words.say('addTerminal');
    this.#add.setAttribute('aria-label', words.say('addTerminal'));
    this.#shown = '';
    if (this.#page.client.state) {
      this.show(this.#page.selected());
    }
  }

  show(selected) {
    const { words, client } = this.#page;
    const tabs = client.state.terminals.map((terminal) => [terminal.id, words.name(terminal), stateOf(terminal), terminal.health]);
    const shown = JSON.stringify([tabs, selected.id]);
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    const focused = this.#tabs.contains(document.activeElement) ? document.activeElement.dataset.terminal : null;
    this.#tabs.replaceChildren(...tabs.map(([id, name, state, health]) => {
      const described = state === 'off' ? words.say('powerOff') : health === 'READY' ? words.say(state) : health;
      const button = make('button', { type: 'button', 'data-terminal': id, 'data-state': state, 'aria-current': id === selected.id,
        title: described, onclick: () => this.#page.select(id) },
          make('i', { class: 'pilot', 'aria-hidden': 'true' }), make('span', { class: 'terminal-name', text: name }),
          make('small', { text: described }));
      return make('li', {}, button);
    }));
    [...this.#tabs.querySelectorAll('button')].find((button) => button.dataset.terminal === focused)?.focus();
  }

  #ask() {
    const { words, client } = this.#page;
    const next = Math.max(0, ...client.state.terminals.map((terminal) => Number(terminal.id) || 0)) + 1;
    const mode = select(MODES.map((each) => [each, words.say(`mode.${each}`)]));
    const display = select(DISPLAYS.map((each) => [each, words.say(`display.${each}`)]));
    const language = select(Object.entries(LANGUAGES), words.language.slice(0, 2));
    const printer = select(PRINTERS.map((each) => [each, words.say(`printer.${each}`)]));
    const name = make('input', { type: 'text', value: String(next), maxlength: 16, pattern: '[a-z0-9\\-]+', required: true, autocomplete: 'off' });
    const dialog = make('dialog', { class: 'add-terminal', 'aria-label': words.say('addTitle') });
    const form = make('form', { method: 'dialog' }, make('h2', { text: words.say('addTitle') }),
        field(words.say('name'), name), field(words.say('mode'), mode), field(words.say('display'), display),
        field(words.say('language'), language), field(words.say('printer'), printer),
        make('div', { class: 'buttons' }, make('button', { type: 'button', text: words.say('cancel'), onclick: () => dialog.close() }),
            make('button', { type: 'submit', class: 'main', text: words.say('add') })));
    form.addEventListener('submit', async () => {
      const done = await this.#page.act(`terminal ${name.value} mode=${mode.value} display=${display.value} `
        + `language=${language.value} printer=${printer.value}`);
      if (done) {
        this.#page.select(name.value);
      }
    });
    dialog.append(form);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}

function stateOf(terminal) {
  return terminal.power !== 'on' ? 'off' : terminal.health !== 'READY' ? 'ill' : terminal.online ? 'online' : 'offline';
}

function select(options, chosen) {
  return make('select', {}, ...options.map(([value, text]) => make('option', { value, text, selected: value === chosen })));
}

function field(text, control) {
  return make('label', {}, make('span', { text }), control);
}
