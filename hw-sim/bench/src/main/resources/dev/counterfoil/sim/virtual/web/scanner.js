// The scanner's window in the case, and what people hold in front of it.

import { icon, make } from './dom.js';
import { choice, entry, heading, menuButton } from './menu.js';

const READY = ['member', 'damaged', 'foreign'];
const BEAM_MILLIS = 600;
const LONGEST = 120;

export class Scanner {
  types = ['status'];
  #page;
  #root;
  #terminal = null;

  constructor(root, page) {
    this.#page = page;
    this.#root = root;
  }

  label() {
    const { words } = this.#page;
    this.#root.replaceChildren(menuButton({ class: 'eye', 'aria-label': words.say('scannerHint'), title: words.say('scannerHint') },
        [make('i', { class: 'beam', 'aria-hidden': 'true' }), icon('qr'), make('small', { text: words.say('scanner') })], () => this.#codes()));
  }

  show(terminal) {
    this.#terminal = terminal;
  }

  #codes() {
    const { words, client } = this.#page;
    const codes = client.state.codes ?? {};
    const receipt = this.#terminal.paper.findLast((piece) => piece.kind === 'qr');
    const text = make('input', { type: 'text', maxlength: LONGEST, autocomplete: 'off', spellcheck: 'false' });
    return [heading(words.say('scannerHint')),
      ...READY.filter((code) => code in codes).map((code) => choice(words.say(`code.${code}`), () => this.#see(codes[code]), 'qr')),
      receipt ? choice(words.say('code.receipt'), () => this.#see(receipt.content), 'printer') : null,
      entry(words.say('codeText'), text, words.say('scan'), (value) => this.#see(value.trim())),
    ].filter(Boolean);
  }

  async #see(code) {
    this.#root.classList.add('reading');
    setTimeout(() => this.#root.classList.remove('reading'), BEAM_MILLIS);
    await this.#page.act(`${this.#terminal.id} scan ${code}`);
  }
}
