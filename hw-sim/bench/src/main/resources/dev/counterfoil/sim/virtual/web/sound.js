// The buzzer of the terminal that is looked at, as long as its transistor is on.

const PITCH_HERTZ = 2700;
const LOUDNESS = 0.04;
// Shorter than this and a loudspeaker says nothing.
const SHORTEST_SECONDS = 0.015;
const REMEMBERED = 'counterfoil.sound';

export class Sound {
  #context = null;
  #tone = null;
  #wanted = localStorage.getItem(REMEMBERED) !== 'off';

  constructor() {
    // Browsers let nothing sound before somebody touched the page.
    const touch = () => this.#wake();
    window.addEventListener('pointerdown', touch, { once: true });
    window.addEventListener('keydown', touch, { once: true });
  }

  get on() {
    return this.#wanted;
  }

  toggle() {
    this.#wanted = !this.#wanted;
    localStorage.setItem(REMEMBERED, this.#wanted ? 'on' : 'off');
    if (!this.#wanted) {
      this.buzz(false);
    }
  }

  buzz(on) {
    if (on && this.#wanted && this.#context && !this.#tone) {
      const oscillator = new OscillatorNode(this.#context, { type: 'square', frequency: PITCH_HERTZ });
      const gain = new GainNode(this.#context, { gain: LOUDNESS });
      oscillator.connect(gain).connect(this.#context.destination);
      oscillator.start();
      this.#tone = { oscillator, until: this.#context.currentTime + SHORTEST_SECONDS };
    } else if (!on && this.#tone) {
      this.#tone.oscillator.stop(Math.max(this.#context.currentTime, this.#tone.until));
      this.#tone = null;
    }
  }

  #wake() {
    this.#context = new AudioContext();
  }
}
