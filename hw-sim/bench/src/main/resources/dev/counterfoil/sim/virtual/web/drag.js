// A thing in the hand: a picture of it follows the finger until it is let go.

export const DRAG_BEGINS_PIXELS = 7;

export function isOver(event, element) {
  const at = element.getBoundingClientRect();
  return event.clientX >= at.left && event.clientX <= at.right && event.clientY >= at.top && event.clientY <= at.bottom;
}

/** A picture of the thing, lying where it lies; the thing itself fades until it is let go. */
export function lift(thing, at) {
  const picture = thing.cloneNode(true);
  picture.classList.add('flying');
  picture.setAttribute('aria-hidden', 'true');
  picture.removeAttribute('data-card');
  picture.tabIndex = -1;
  picture.style.left = `${at.left}px`;
  picture.style.top = `${at.top}px`;
  picture.style.width = `${at.width}px`;
  picture.style.height = `${at.height}px`;
  document.body.append(picture);
  thing.classList.add('lifted');
  return picture;
}

/** Carries a thing from where the pointer went down; `letGo` hears where, unless it was a mere click. */
export function carry(down, thing, letGo) {
  let picture = null;
  const at = thing.getBoundingClientRect();
  const move = (event) => {
    const x = event.clientX - down.clientX;
    const y = event.clientY - down.clientY;
    if (!picture && Math.hypot(x, y) > DRAG_BEGINS_PIXELS) {
      picture = lift(thing, at);
    }
    if (picture) {
      picture.style.transform = `translate(${x}px, ${y}px) rotate(-3deg)`;
    }
  };
  const end = (event) => {
    document.removeEventListener('pointermove', move);
    document.removeEventListener('pointerup', end);
    document.removeEventListener('pointercancel', end);
    thing.classList.remove('lifted');
    picture?.remove();
    if (picture && event.type === 'pointerup') {
      letGo(event);
    }
  };
  document.addEventListener('pointermove', move);
  document.addEventListener('pointerup', end);
  document.addEventListener('pointercancel', end);
}
