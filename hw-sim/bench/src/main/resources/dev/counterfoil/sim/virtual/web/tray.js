// The cards: in the tray, in the hand, on the reader. By dragging, by clicking and by the keyboard.

import { icon, make, money } from './dom.js';
import { DRAG_BEGINS_PIXELS, isOver, lift } from './drag.js';
import { choice, entry, heading, menuButton } from './menu.js';

const MOST_ON_READER = 2;

/** As their makers call them. */
const TECHNOLOGIES = {
  classic1k: 'MIFARE Classic 1K', classic4k: 'MIFARE Classic 4K', ultralight: 'MIFARE Ultralight', ntag: 'NTAG 21x',
  ntag424: 'NTAG 424 DNA', desfire: 'MIFARE DESFire',
};

export class Tray {
  types = ['reader', 'cards'];
  #page;
  #list = make('ul', { class: 'wallet' });
  #title = make('h2');
  #hint = make('p', { class: 'hint' });
  #reader;
  #terminal = null;
  #shown = '';
  #dragged = false;
  #inHand = false;
  #lying = [];

  constructor(root, reader, page) {
    this.#page = page;
    this.#reader = reader;
    root.append(this.#title, this.#list, this.#hint);
  }

  label() {
    this.#title.textContent = this.#page.words.say('cards');
    this.#hint.textContent = this.#page.words.say('traySays');
    this.#shown = '';
    if (this.#terminal) {
      this.show(this.#terminal);
    }
  }

  show(terminal) {
    this.#terminal = terminal;
    const { cards, terminals } = this.#page.client.state;
    const shown = JSON.stringify([terminal.id, cards, terminals.map((each) => [each.name, each.reader])]);
    // A card in the hand stays what it is until it is let go.
    if (shown === this.#shown || this.#inHand) {
      return;
    }
    this.#shown = shown;
    const focused = document.activeElement?.closest?.('[data-card]')?.dataset.card;
    this.#list.replaceChildren(...cards.map((card) => this.#place(card)));
    this.#showReader(cards);
    if (focused !== undefined && !document.activeElement?.closest?.('[data-card]')) {
      this.#focus(focused);
    }
  }

  // A card that moved keeps the focus, wherever it lies now.
  #focus(id) {
    const faces = document.querySelectorAll('button.face');
    [...faces].find((face) => face.dataset.card === id)?.focus({ preventScroll: true });
  }

  #showReader(cards) {
    const { words } = this.#page;
    const lying = this.#terminal.reader.map((id) => cards.find((card) => card.id === id)).filter(Boolean);
    this.#reader.dataset.cards = lying.length;
    this.#reader.setAttribute('aria-label', lying.length === 0 ? words.say('reader')
      : words.say('readerHolds', lying.map((card) => card.id).join(', ')));
    this.#reader.replaceChildren(make('span', { class: 'target', 'aria-hidden': 'true' }, icon('waves'),
        make('small', { text: words.say('readerHint') })), ...lying.map((card) => {
          const face = this.#face(card, true);
          face.classList.toggle('laid', !this.#lying.includes(card.id));
          return face;
        }));
    this.#lying = this.#terminal.reader;
  }

  #place(card) {
    const holder = this.#page.client.state.terminals.find((terminal) => terminal.reader.includes(card.id));
    const item = make('li', { class: 'place', 'data-away': Boolean(holder) });
    item.append(holder ? this.#gap(card, holder) : this.#face(card, false), this.#more(card));
    return item;
  }

  /** Where a card would be that lies on a reader. */
  #gap(card, holder) {
    const { words } = this.#page;
    return make('button', { type: 'button', class: 'gap', title: words.say('takeAway', card.id),
      onclick: () => this.#takeFrom(holder, card.id) }, make('b', { text: card.id }),
        make('small', { text: words.say('liesOn', words.name(holder)) }));
  }

  #face(card, onReader) {
    const { words } = this.#page;
    const label = words.say(onReader ? 'takeAway' : this.#terminal.reader.length > 0 ? 'layDownToo' : 'layDown', card.id);
    const none = card.balanceMinor === null || card.balanceMinor === undefined;
    const face = make('button', { type: 'button', class: 'face', 'data-card': card.id, 'data-kind': card.kind, title: label },
        make('span', { class: 'print', 'aria-hidden': 'true' }), make('b', { class: 'holder', text: card.id }),
        make('span', { class: 'kind', text: words.say(`kind.${card.kind}`) }),
        make('span', { class: none ? 'balance none' : 'balance', text: none ? words.say('noAccount') : money(card.balanceMinor) }),
        make('span', { class: 'technology', text: TECHNOLOGIES[card.technology] ?? card.technology }), make('span', { class: 'uid', text: card.uid }));
    face.setAttribute('aria-label',
        `${label}. ${words.say(`kind.${card.kind}`)}, ${words.say('balanceHere')} ${none ? words.say('noAccount') : money(card.balanceMinor)}`);
    face.addEventListener('click', (event) => {
      const byKeyboard = event.detail === 0;
      if (byKeyboard || !this.#dragged) {
        this.#move(card, !onReader);
      }
    });
    face.addEventListener('pointerdown', (event) => this.#grab(event, face, card, onReader));
    return face;
  }

  #move(card, ontoReader) {
    if (ontoReader) {
      const lying = this.#terminal.reader.filter((id) => id !== card.id).slice(0, MOST_ON_READER - 1);
      this.#put(this.#terminal, [...lying, card.id]);
    } else {
      this.#takeFrom(this.#terminal, card.id);
    }
  }

  #takeFrom(terminal, id) {
    this.#put(terminal, terminal.reader.filter((each) => each !== id));
  }

  // Where the card lies now is taken for granted at once: a quick hand lays the second one before the first is confirmed.
  async #put(terminal, cards) {
    const before = terminal.reader;
    terminal.reader = cards;
    this.show(this.#terminal);
    const done = await this.#page.act(cards.length === 0 ? `${terminal.id} remove` : `${terminal.id} present ${cards.join(' ')}`);
    if (!done) {
      terminal.reader = before;
      this.show(this.#terminal);
    }
  }

  #more(card) {
    const { words } = this.#page;
    const label = words.say('cardActions', card.id);
    return menuButton({ class: 'more', 'aria-label': label, title: label }, [icon('more')], () => this.#actions(card));
  }

  #actions(card) {
    const { words } = this.#page;
    const office = (what) => () => this.#page.act(`office ${what} ${card.id}`);
    const sum = (value) => make('input', { type: 'text', inputmode: 'decimal', value, size: 8, autocomplete: 'off' });
    const account = card.balanceMinor !== null && card.balanceMinor !== undefined;
    return [heading(card.id), choice(words.say('tear'), () => this.#page.act(`${this.#terminal.id} tear ${card.id}`)),
      heading(words.say('office')),
      account ? entry(words.say('rechargeBy'), sum('20.00'), words.say('recharge'),
          (value) => this.#page.act(`office recharge ${card.id} ${value.trim()}`)) : null,
      account ? entry(words.say('orderFor'), sum('12.50'), words.say('order'),
          (value) => this.#page.act(`office order ${card.id} ${value.trim()}`)) : null,
      choice(words.say('lost'), office('lost')), choice(words.say('found'), office('found')),
      choice(words.say('freeze'), office('freeze')), choice(words.say('unfreeze'), office('unfreeze')),
    ].filter(Boolean);
  }

  // A picture of the card follows the finger; where it is let go decides. Drawn over the reader and on, it was torn away.
  #grab(down, face, card, onReader) {
    this.#dragged = false;
    if (down.button !== 0) {
      return;
    }
    const at = face.getBoundingClientRect();
    this.#inHand = true;
    let picture = null;
    let crossed = false;
    const move = (event) => {
      const away = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
      if (!picture && away > DRAG_BEGINS_PIXELS) {
        picture = lift(face, at);
        this.#dragged = true;
        this.#reader.classList.add('open');
      }
      if (picture) {
        picture.style.transform = `translate(${event.clientX - down.clientX}px, ${event.clientY - down.clientY}px) rotate(-2deg)`;
        const over = this.#isOver(event);
        crossed ||= over;
        this.#reader.classList.toggle('over', over);
      }
    };
    const end = (event) => {
      document.removeEventListener('pointermove', move);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
      this.#reader.classList.remove('open', 'over');
      face.classList.remove('lifted');
      picture?.remove();
      // The click that follows is the card's, so it must still be there.
      setTimeout(() => {
        this.#inHand = false;
        this.show(this.#terminal);
      });
      if (picture && event.type === 'pointerup') {
        this.#letGo(card, onReader, this.#isOver(event), crossed);
      }
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', end);
    document.addEventListener('pointercancel', end);
  }

  #letGo(card, onReader, over, crossed) {
    if (over !== onReader) {
      this.#move(card, over);
    } else if (!onReader && crossed) {
      this.#page.act(`${this.#terminal.id} tear ${card.id}`);
    }
  }

  #isOver(event) {
    return isOver(event, this.#reader);
  }
}
