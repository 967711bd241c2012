// What surrounds the terminal: its power, its network, its clock, its faults, and the server.

import { icon, make } from './dom.js';
import { choice, entry, heading, menuButton, note } from './menu.js';

const NETWORKS = ['up', 'slow', 'lossy', 'down'];
const KILLS = ['now', 'when-asked', 'before-commit', 'mid-commit', 'after-commit'];
const CRASHES = ['crash-before-commit', 'crash-after-commit'];
const SKEWS = [0, 90, -90, 900, -3600, 86400];
const MILLIS = 1000;

export class Controls {
  types = ['status', 'server', 'clock'];
  #page;
  #root;
  #terminal = null;
  #parts = {};

  constructor(root, page) {
    this.#page = page;
    this.#root = root;
  }

  label() {
    this.#root.replaceChildren(this.#power(), this.#network(), this.#clock(), this.#server());
    if (this.#terminal) {
      this.show(this.#terminal);
    }
  }

  show(terminal) {
    this.#terminal = terminal;
    const { words, client } = this.#page;
    const { power, networks, lever, clock, skew, server, serverState } = this.#parts;
    const on = terminal.power === 'on';
    power.setAttribute('aria-checked', on);
    power.title = words.say(on ? 'switchOff' : 'switchOn');
    power.querySelector('small').textContent = words.say(on ? 'powerOn' : 'powerOff');
    networks.forEach((input) => { input.checked = input.value === terminal.network; });
    lever.dataset.at = terminal.network;
    clock.textContent = wallOf(client.state.wall, terminal.clockSkewMillis);
    skew.textContent = terminal.clockSkewMillis === 0 ? words.say('clockRight')
      : words.say('clockOff', skewText(terminal.clockSkewMillis / MILLIS));
    skew.dataset.wrong = terminal.clockSkewMillis !== 0;
    server.setAttribute('aria-checked', client.state.serverUp);
    server.title = words.say(client.state.serverUp ? 'serverStop' : 'serverStart');
    serverState.textContent = words.say(client.state.serverUp ? 'serverUp' : 'serverDown');
  }

  #act(line) {
    this.#page.act(line);
  }

  #ofTerminal(line) {
    this.#act(`${this.#terminal.id} ${line}`);
  }

  #power() {
    const { words } = this.#page;
    const power = make('button', { type: 'button', class: 'power', id: 'power', role: 'switch', 'aria-label': words.say('power'),
      onclick: () => this.#ofTerminal(`power ${this.#terminal.power === 'on' ? 'off' : 'on'}`) },
        icon('power'), make('small'));
    this.#parts.power = power;
    const kills = menuButton({ class: 'opener', id: 'kill' }, [words.say('powerCut')], () => [
      heading(words.say('powerCut')),
      ...KILLS.map((point) => choice(words.say(`kill.${point}`), () => this.#ofTerminal(`kill ${point}`))),
      note(words.say('killNote'))]);
    const faults = menuButton({ class: 'opener', id: 'faults' }, [words.say('faults')], () => [
      heading(words.say('faults')),
      choice(words.say('diskFull'), () => this.#ofTerminal('disk full')),
      choice(words.say('diskWell'), () => this.#ofTerminal('disk well'))]);
    return panel('power-panel', words.say('power'), make('div', { class: 'side' }, power,
        make('div', { class: 'openers' }, kills, faults)));
  }

  #network() {
    const { words } = this.#page;
    const lever = make('div', { class: 'lever', role: 'radiogroup', 'aria-label': words.say('network') },
        make('i', { class: 'knob', 'aria-hidden': 'true' }));
    this.#parts.lever = lever;
    this.#parts.networks = NETWORKS.map((network) => {
      const input = make('input', { type: 'radio', name: 'network', value: network,
        onchange: () => this.#ofTerminal(`network ${network}`) });
      lever.append(make('label', {}, input, make('span', { text: words.say(`network.${network}`) })));
      return input;
    });
    return panel('network-panel', words.say('network'), lever);
  }

  #clock() {
    const { words } = this.#page;
    this.#parts.clock = make('time');
    this.#parts.skew = make('small');
    const button = menuButton({ class: 'clock-face', id: 'clock', title: words.say('clockSet') },
        [this.#parts.clock, this.#parts.skew], () => [heading(words.say('clockSet')),
          ...SKEWS.map((seconds) => choice(seconds === 0 ? words.say('clockRight') : skewText(seconds),
              () => this.#ofTerminal(`clock ${seconds}`))),
          entry(words.say('clockSeconds'),
              make('input', { type: 'text', inputmode: 'numeric', value: String((this.#terminal.clockSkewMillis ?? 0) / MILLIS),
                size: 8, autocomplete: 'off' }), words.say('set'), (value) => this.#ofTerminal(`clock ${value.trim()}`))]);
    return panel('clock-panel', words.say('clock'), button);
  }

  #server() {
    const { words, client } = this.#page;
    this.#parts.serverState = make('small');
    const server = make('button', { type: 'button', class: 'rack', id: 'server', role: 'switch', 'aria-label': words.say('server'),
      onclick: () => this.#act(`server ${client.state.serverUp ? 'down' : 'up'}`) },
        make('i', { class: 'rack-lights', 'aria-hidden': 'true' }), this.#parts.serverState);
    this.#parts.server = server;
    const crash = menuButton({ class: 'opener', id: 'crash' }, [words.say('serverCrash')], () => [
      heading(words.say('serverCrash')),
      ...CRASHES.map((point) => choice(words.say(`crash.${point}`), () => this.#act(`server ${point}`)))]);
    return panel('server-panel', words.say('server'), server, crash);
  }
}

function panel(name, title, ...children) {
  return make('div', { class: `panel ${name}` }, make('h3', { text: title }), ...children);
}

/** Seconds off, in the largest unit that fits. */
function skewText(seconds) {
  const sign = seconds < 0 ? '−' : '+';
  const off = Math.abs(seconds);
  const [unit, size] = off % 86400 === 0 ? ['d', 86400] : off % 3600 === 0 ? ['h', 3600] : off % 60 === 0 ? ['min', 60] : ['s', 1];
  return `${sign}${off / size} ${unit}`;
}

/** The time of day that a terminal believes: the world's, in the world's zone, and how far its clock is off. */
export function wallOf(wall, skewMillis) {
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(wall ?? '')?.[1] ?? 'Z';
  const offset = zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  const millis = Date.parse(wall);
  return Number.isNaN(millis) ? '' : new Date(millis + offset * 60000 + skewMillis).toISOString().slice(11, 19);
}
