// The journal as a pad of counterfoils, newest first. Three holes say how far the server has acknowledged each.

import { clockText, make } from './dom.js';

const STATES = ['here only', 'received', 'settled', 'safe'];

/** How many of the three acknowledgements cover a record. */
function reached(seq, acknowledged) {
  return seq <= acknowledged.safe ? 3 : seq <= acknowledged.settled ? 2 : seq <= acknowledged.received ? 1 : 0;
}

export class Journal {
  types = ['journal', 'acknowledged'];
  #page;
  #title = make('h2');
  #head = make('p', { class: 'journal-head' });
  #list = make('ol', { class: 'stubs', tabindex: 0 });
  #empty = make('li', { class: 'nothing' });
  #rows = new Map();
  #terminal = null;

  constructor(root, page) {
    this.#page = page;
    root.classList.add('journal');
    root.append(make('div', { class: 'pane-head' }, this.#title, this.#head), this.#list);
  }

  label() {
    const { words } = this.#page;
    this.#title.textContent = words.say('journal');
    this.#list.setAttribute('aria-label', words.say('journal'));
    this.#empty.textContent = words.say('journalEmpty');
    this.#clear();
    if (this.#terminal) {
      this.show(this.#terminal);
    }
  }

  show(terminal) {
    const other = this.#terminal !== terminal;
    this.#terminal = terminal;
    if (other) {
      this.#clear();
    }
    const kept = new Set(terminal.journal.map((record) => record.row));
    this.#rows.forEach((stub, row) => {
      if (!kept.has(row)) {
        stub.remove();
        this.#rows.delete(row);
      }
    });
    for (const record of terminal.journal) {
      if (!this.#rows.has(record.row)) {
        const stub = this.#stub(record);
        stub.classList.toggle('fresh', !other);
        this.#rows.set(record.row, stub);
        this.#list.prepend(stub);
      }
      this.#punch(this.#rows.get(record.row), record.seq);
    }
    if (terminal.journal.length === 0) {
      this.#list.replaceChildren(this.#empty);
    } else {
      this.#empty.remove();
    }
    this.#head.textContent = this.#page.words.say('journalHead', terminal.head ?? 0);
  }

  #clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
  }

  #stub(record) {
    return make('li', { class: 'stub', 'data-seq': record.seq },
        make('span', { class: 'seq', text: String(record.seq) }), make('b', { class: 'record-kind', text: record.kind }),
        make('span', { class: 'record-text', text: record.text }), make('time', { text: clockText(record.atMillis) }),
        make('span', { class: 'mark' }, make('span', { class: 'holes', 'aria-hidden': 'true' }, make('i'), make('i'), make('i')),
            make('span', { class: 'state' })));
  }

  #punch(stub, seq) {
    const level = reached(seq, this.#terminal.acknowledged);
    if (stub.dataset.level === String(level)) {
      return;
    }
    const { words } = this.#page;
    stub.dataset.level = level;
    stub.dataset.state = STATES[level];
    stub.querySelector('.state').textContent = words.say(`ack.${STATES[level]}`);
    stub.querySelector('.mark').title = words.say(`ackNote.${STATES[level]}`);
  }
}
