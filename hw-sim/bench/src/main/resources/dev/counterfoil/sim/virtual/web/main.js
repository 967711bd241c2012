// Puts the page together: one client, one selected terminal, and parts that each draw what they know.

import { Client } from './client.js';
import { Controls } from './controls.js';
import { Device } from './device.js';
import { icon, make } from './dom.js';
import { Journal } from './journal.js';
import { Roll } from './roll.js';
import { Scale } from './scale.js';
import { Scanner } from './scanner.js';
import { Sound } from './sound.js';
import { Terminals } from './terminals.js';
import { Traces } from './traces.js';
import { Tray } from './tray.js';
import { Words } from './words.js';

const REMEMBERED = 'counterfoil.terminal';
const MESSAGE_MILLIS = 9000;
const MOST_MESSAGES = 3;

const at = (id) => document.getElementById(id);
const words = new Words();
const client = new Client();
const sound = new Sound();

/** What every part may ask of the page. */
const page = { words, client, act, tell, select, selected };

const device = new Device(at('device'), page);
const parts = [
  new Terminals(at('terminals'), page),
  device,
  new Tray(at('tray'), device.reader, page),
  new Scanner(device.scanner, page),
  new Roll(at('printer'), page),
  new Scale(at('scale'), page),
  new Controls(at('controls'), page),
  new Journal(at('journal'), page),
  new Traces(at('traces'), page),
];

let selectedId = sessionStorage.getItem(REMEMBERED);
let frame = 0;
const stale = new Set();

function selected() {
  return client.terminal(selectedId) ?? client.state.terminals[0];
}

function select(id) {
  selectedId = id;
  sessionStorage.setItem(REMEMBERED, id);
  sound.buzz(false);
  redraw(parts);
}

/** Does a line; whether it was done. */
function act(line) {
  return client.act(line).then(() => true, (refused) => {
    tell(refused.code, refused.message);
    return false;
  });
}

/** Says in plain words, with the code, what was not done. */
function tell(code, message) {
  const known = `error.${code}`;
  const text = [words.say(words.has(known) ? known : 'refused'), message].filter(Boolean).join(' ');
  const box = make('p', { class: 'message' }, make('span', { text }), make('code', { text: code }),
      make('button', { type: 'button', 'aria-label': words.say('close'), onclick: () => box.remove() }, icon('cross')));
  at('messages').append(box);
  while (at('messages').childElementCount > MOST_MESSAGES) {
    at('messages').firstElementChild.remove();
  }
  setTimeout(() => box.remove(), MESSAGE_MILLIS);
}

// Many events come between two pictures; each part is drawn once for all of them.
function redraw(which) {
  which.forEach((part) => stale.add(part));
  if (frame === 0) {
    frame = requestAnimationFrame(() => {
      frame = 0;
      const drawn = [...stale];
      stale.clear();
      if (client.state?.terminals.length) {
        drawn.forEach((part) => part.show(selected()));
        showWorldClock();
      }
    });
  }
}

function showWorldClock() {
  const [, date, time] = /^(\d+-\d+-\d+)T(\d+:\d+:\d+)/.exec(client.state.wall ?? '') ?? [];
  at('world-clock').textContent = date ? `${date}  ${time}` : '';
}

function take(event) {
  switch (event.type) {
    case 'reset':
      redraw(parts);
      break;
    case 'refused':
      tell(event.code, '');
      break;
    case 'connected':
    case 'disconnected':
      at('connection').hidden = event.type === 'connected';
      document.body.dataset.connected = event.type === 'connected';
      break;
    default:
      hear(event);
      if (event.type === 'added') {
        redraw(parts);
      } else if (event.terminal === undefined || event.terminal === selected()?.id || ['status', 'reader'].includes(event.type)) {
        redraw(parts.filter((part) => part.types.includes(event.type)));
      }
  }
  if (event.type === 'reader') {
    redraw(parts.filter((part) => part.types.includes('cards')));
  }
}

function hear(event) {
  if (event.type === 'lamps' && event.terminal === selected()?.id) {
    sound.buzz(Boolean(event.lamps.buzzer));
  }
}

function label() {
  document.documentElement.lang = words.language;
  document.title = words.say('title');
  document.querySelectorAll('[data-label]').forEach((element) => element.setAttribute('aria-label', words.say(element.dataset.label)));
  document.querySelectorAll('[data-title]').forEach((element) => { element.title = words.say(element.dataset.title); });
  at('connection').textContent = words.say('disconnected');
  at('language').textContent = words.say('otherLanguage');
  at('language').title = words.say('otherLanguageTitle');
  at('language').lang = words.language === 'en' ? 'zh-CN' : 'en';
  labelSound();
  parts.forEach((part) => part.label());
}

function labelSound() {
  const text = words.say(sound.on ? 'soundOn' : 'soundOff');
  at('sound').replaceChildren(icon(sound.on ? 'sound' : 'mute'));
  at('sound').title = text;
  at('sound').setAttribute('aria-label', text);
  at('sound').setAttribute('aria-pressed', sound.on);
}

at('language').addEventListener('click', () => words.change());
at('sound').addEventListener('click', () => {
  sound.toggle();
  labelSound();
});
words.listen(label);
client.listen(take);
label();
client.start();
