// Making elements. Text only ever becomes text nodes: names and traces come from files that anybody may have written.

/** An element with its properties ("class", "text", "onclick" and the like, else attributes) and its children. */
export function make(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  power: 'M12 3v9M6.5 7a8 8 0 1 0 11 0',
  tick: 'M5 13l5 5L20 6',
  cross: 'M6 6l12 12M18 6L6 18',
  bell: 'M6 17h12l-2-3v-4a4 4 0 0 0-8 0v4zM10.5 20h3',
  waves: 'M6 9a5 5 0 0 1 0 6M10 6.5a9 9 0 0 1 0 11M14 4a13 13 0 0 1 0 16',
  sound: 'M4 10v4h3l5 4V6L7 10zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  mute: 'M4 10v4h3l5 4V6L7 10zM16 9.5l5 5M21 9.5l-5 5',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  down: 'M7 10l5 5 5-5',
  pause: 'M9 6v12M15 6v12',
  play: 'M8 6l10 6-10 6z',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  drawer: 'M3 8h18v4H3zM5 12v7h14v-7M10 15.5h4',
  hand: 'M8 12V6a1.5 1.5 0 0 1 3 0v5M11 11V4.5a1.5 1.5 0 0 1 3 0V11M14 11V6a1.5 1.5 0 0 1 3 0v8a6 6 0 0 1-6 6h-1a6 6 0 0 1-5-3l-2-4a1.6 1.6 0 0 1 2.7-1.6L8 14',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3M20 14v2M14 20h2M20 20h-1',
  printer: 'M7 9V4h10v5M5 9h14v8h-3M8 17H5V9M8 14h8v6H8z',
};

/** A line drawing, hidden from screen readers: the words beside it say what it means. */
export function icon(name) {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}

/** The picture of one bit a pixel, rows padded to whole bytes, leftmost pixel in the highest bit. */
export function bits(base64, width) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stride = Math.ceil(width / 8);
  return (x, y) => ((bytes[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
}

/** Milliseconds as minutes, seconds and thousandths. */
export function clockText(millis) {
  const whole = Math.max(0, Math.floor(millis));
  const minutes = Math.floor(whole / 60000);
  const seconds = String(Math.floor(whole / 1000) % 60).padStart(2, '0');
  return `${minutes}:${seconds}.${String(whole % 1000).padStart(3, '0')}`;
}

/** An amount of minor units; nothing where there is none. */
export function money(minor) {
  if (minor === null || minor === undefined) {
    return '–';
  }
  const cents = Math.abs(minor);
  return `${minor < 0 ? '-' : ''}${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

export const calm = window.matchMedia('(prefers-reduced-motion: reduce)');

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    const stated = name.startsWith('aria-') || name.startsWith('data-');
    if (value === null || value === undefined || (value === false && !stated)) {
      continue;
    }
    if (name === 'text') {
      element.textContent = value;
    } else if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true && !stated ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
