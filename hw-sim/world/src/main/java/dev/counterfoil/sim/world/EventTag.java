package dev.counterfoil.sim.world;

/// What kind of thing an event is; part of the trace, so new tags go to the end.
public enum EventTag {
  TAP, TAP_STEP, TERMINAL_TIMER, TERMINAL_BOOT, TERMINAL_FAULT, FRAME_UP, FRAME_DOWN, CONNECTION, SERVER_WORK,
  SERVER_TIMER,
  SERVER_FAULT, NETWORK_FAULT, ADMIN, CHECK
}
