// A small sheet of choices beside the button that opened it. Closes by Escape, by a choice and by a click elsewhere.

import { icon, make } from './dom.js';

const GAP = 6;
let open = null;

/** A button that opens a sheet; `fill` is called each time and gives the sheet's children. */
export function menuButton(properties, label, sheet) {
  const button = make('button', { type: 'button', 'aria-haspopup': 'true', 'aria-expanded': 'false', ...properties }, ...label);
  button.addEventListener('click', () => {
    const again = open?.button === button;
    close();
    if (!again) {
      show(button, sheet());
    }
  });
  return button;
}

export function heading(text) {
  return make('p', { class: 'sheet-heading', text });
}

export function note(text) {
  return make('p', { class: 'sheet-note', text });
}

export function choice(text, act, iconName) {
  return make('button', { type: 'button', class: 'choice', onclick: (event) => {
    close(event.detail === 0);
    act();
  } }, iconName ? icon(iconName) : null, text);
}

/** A number to type with a button beside it; Enter does the same. */
export function entry(label, input, actText, act) {
  const form = make('form', { class: 'sheet-entry' }, make('label', {}, label, input),
      make('button', { type: 'submit', class: 'choice go', text: actText }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    close(true);
    act(input.value);
  });
  return form;
}

export function close(returnFocus = false) {
  if (!open) {
    return;
  }
  const { button, sheet } = open;
  open = null;
  sheet.remove();
  button.setAttribute('aria-expanded', 'false');
  if (returnFocus && button.isConnected) {
    button.focus();
  }
}

function show(button, children) {
  const sheet = make('div', { class: 'sheet', role: 'group', 'aria-label': button.getAttribute('aria-label') ?? button.textContent },
      ...children);
  document.body.append(sheet);
  open = { button, sheet };
  button.setAttribute('aria-expanded', 'true');
  place(button, sheet);
  sheet.addEventListener('keydown', (event) => walk(event, sheet));
  sheet.querySelector('button, input')?.focus();
}

function place(button, sheet) {
  const at = button.getBoundingClientRect();
  const width = sheet.offsetWidth;
  const height = sheet.offsetHeight;
  const left = Math.min(Math.max(GAP, at.left), window.innerWidth - width - GAP);
  const below = at.bottom + GAP;
  const top = below + height <= window.innerHeight - GAP ? below : Math.max(GAP, at.top - height - GAP);
  sheet.style.left = `${left + window.scrollX}px`;
  sheet.style.top = `${top + window.scrollY}px`;
}

function walk(event, sheet) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') {
    event.stopPropagation();
    close(true);
  } else if (step) {
    const stops = [...sheet.querySelectorAll('button, input')];
    const next = stops.indexOf(document.activeElement) + step;
    stops[(next + stops.length) % stops.length]?.focus();
    event.preventDefault();
  }
}

document.addEventListener('pointerdown', (event) => {
  if (open && !open.sheet.contains(event.target) && !open.button.contains(event.target)) {
    close();
  }
});
document.addEventListener('focusin', (event) => {
  if (open && !open.sheet.contains(event.target) && event.target !== open.button) {
    close();
  }
});
window.addEventListener('resize', () => close());
