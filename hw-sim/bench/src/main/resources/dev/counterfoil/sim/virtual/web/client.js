// The state of the simulated world, kept up by its events. One order of things: whatever the page shows follows from
// this state, and a reload reads the same again.

const LONGEST_LIST = 200;
const LONGEST_JOURNAL = 100;
const RETRY_MILLIS = [250, 500, 1000, 2000];

/** What changes a terminal, by the type of the event. */
const TERMINAL_CHANGES = {
  display: (terminal, event) => { terminal.display = event.display; },
  lamps: (terminal, event) => { terminal.lamps = event.lamps; },
  signal: (terminal, event) => { terminal.signal = event.signal === 'key' ? terminal.signal : event.signal; },
  reader: (terminal, event) => { terminal.reader = event.reader; },
  scale: (terminal, event) => { terminal.scale = event.scale; },
  printerLooks: (terminal, event) => { terminal.printerLooks = event.printerLooks; },
  paper: (terminal, event) => push(terminal.paper, event.paper, LONGEST_LIST),
  bus: (terminal, event) => push(terminal.bus, event.bus, LONGEST_LIST),
  link: (terminal, event) => push(terminal.link, event.link, LONGEST_LIST),
  log: (terminal, event) => push(terminal.log, event.log, LONGEST_LIST),
  journal: (terminal, event) => {
    push(terminal.journal, event.journal, LONGEST_JOURNAL);
    terminal.head = event.head;
  },
  acknowledged: (terminal, event) => { terminal.acknowledged = event.acknowledged; },
  status: (terminal, event) => {
    for (const name of ['power', 'health', 'online', 'network', 'clockSkewMillis', 'mode', 'language']) {
      if (name in event) {
        terminal[name] = event[name];
      }
    }
  },
};

const WORLD_CHANGES = {
  cards: (state, event) => { state.cards = event.cards; },
  server: (state, event) => { state.serverUp = event.serverUp; },
  clock: (state, event) => {
    state.atMillis = event.atMillis;
    state.wall = event.wall;
  },
  scenario: (state, event) => push(state.scenario, { text: event.line }, LONGEST_LIST),
  added: (state, event) => { state.terminals.push(numbered(event.terminal)); },
};

let rowNumber = 0;

// Rows have no number of their own, so they get one here: lists are then brought up to date row by row.
function push(list, row, longest) {
  row.row = ++rowNumber;
  list.push(row);
  if (list.length > longest) {
    list.splice(0, list.length - longest);
  }
}

function numbered(terminal) {
  for (const list of ['paper', 'bus', 'link', 'log', 'journal']) {
    terminal[list] = terminal[list] ?? [];
    terminal[list].forEach((row) => { row.row = ++rowNumber; });
  }
  return terminal;
}

/** A refusal of the engine, or that it could not be asked. */
export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Reads the world and follows it; listeners hear every event, and "reset" whenever all was read anew. */
export class Client {
  #listeners = [];
  #source = null;
  #failures = 0;
  #sending = Promise.resolve();
  #version = 0;

  state = null;

  listen(listener) {
    this.#listeners.push(listener);
  }

  terminal(id) {
    return this.state.terminals.find((terminal) => terminal.id === id);
  }

  async start() {
    this.#source?.close();
    try {
      const state = await (await fetch('/api/state')).json();
      const lines = state.scenario;
      state.terminals.forEach(numbered);
      state.scenario = [];
      lines.forEach((line) => push(state.scenario, { text: line }, LONGEST_LIST));
      this.state = state;
      this.#version = state.version;
      this.#tell({ type: 'reset' });
      this.#follow();
    } catch {
      this.#retry();
    }
  }

  /** Does one line; lines go out one after the other, in the order of the calls. Throws Refused. */
  act(line) {
    const sent = this.#sending.then(() => post(line));
    this.#sending = sent.catch(() => {});
    return sent;
  }

  #follow() {
    const source = new EventSource(`/api/events?after=${this.#version}`);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#tell({ type: 'connected' });
    };
    source.onmessage = (message) => this.#take(JSON.parse(message.data), Number(message.lastEventId));
    // The browser would ask again from where this page began, not from where it is.
    source.onerror = () => this.#retry();
  }

  #take(event, number) {
    if (event.type === 'resync') {
      this.start();
      return;
    }
    if (number) {
      if (number <= this.#version) {
        return;
      }
      this.#version = number;
    }
    const terminal = event.terminal === undefined || event.type === 'added' ? null : this.terminal(event.terminal);
    if (terminal) {
      TERMINAL_CHANGES[event.type]?.(terminal, event);
    } else {
      WORLD_CHANGES[event.type]?.(this.state, event);
    }
    this.#tell(event);
  }

  #retry() {
    this.#source?.close();
    this.#source = null;
    this.#tell({ type: 'disconnected' });
    const wait = RETRY_MILLIS[Math.min(this.#failures++, RETRY_MILLIS.length - 1)];
    setTimeout(() => this.start(), wait);
  }

  #tell(event) {
    this.#listeners.forEach((listener) => listener(event));
  }
}

async function post(line) {
  let response;
  try {
    response = await fetch('/api/do', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ line }),
    });
  } catch {
    throw new Refused('NO_ANSWER', '');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(answer.code ?? `HTTP_${response.status}`, answer.message ?? '');
  }
  return answer;
}
