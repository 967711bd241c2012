package dev.counterfoil.terminal.driver.indicator;

import dev.counterfoil.terminal.device.Signal;
import java.util.List;

/// What lamps and buzzer do over time: some steps once, then other steps for ever. Pure.
///
/// No two signals differ by colour alone: approved is one steady light, refused blinks, waiting and error repeat with
/// rhythms of their own. By ear: approved is one beep, refused two, again a short and a long one, error three, a lost card long and
/// short three times over, a key a click.
///
/// @param once   played first
/// @param repeat played again and again after that; one step at least, whose lamps stay when it is alone
public record Pattern(List<Step> once, List<Step> repeat) {

  /// @param green  the green lamp
  /// @param red    the red lamp
  /// @param buzzer the buzzer
  /// @param millis for how long
  public record Step(boolean green, boolean red, boolean buzzer, long millis) {}

  private static final Step DARK = new Step(false, false, false, 1000);

  /// Everything off.
  public static final Pattern OFF = new Pattern(List.of(), List.of(DARK));

  private static final Pattern WAITING = new Pattern(List.of(), List.of(green(100), dark(400)));
  private static final Pattern APPROVED = new Pattern(List.of(greenWithBeep(120), green(1380)),
      List.of(DARK));
  private static final Pattern DECLINED = new Pattern(
      List.of(redWithBeep(150), dark(100), redWithBeep(150), dark(100), red(400), dark(200), red(400)),
      List.of(DARK));
  private static final Pattern AGAIN = new Pattern(
      List.of(bothWithBeep(60), dark(100), bothWithBeep(200), dark(300), both(200), dark(300), both(200)),
      List.of(DARK));
  private static final Pattern LOST = new Pattern(
      List.of(redWithBeep(400), dark(80), redWithBeep(80), dark(80), redWithBeep(400), dark(80),
          redWithBeep(80),
          dark(80), redWithBeep(400), dark(80), redWithBeep(80), dark(80)),
      List.of(DARK));
  private static final Pattern KEY = new Pattern(List.of(new Step(false, false, true, 20)), List.of(DARK));
  private static final Pattern FAILED = new Pattern(
      List.of(redWithBeep(80), dark(80), redWithBeep(80), dark(80), redWithBeep(80)),
      List.of(dark(250), red(250)));

  public Pattern {
    once = List.copyOf(once);
    repeat = List.copyOf(repeat);
    if (repeat.isEmpty()) {
      throw new IllegalArgumentException("a pattern needs an end");
    }
  }

  /// The pattern of a signal, from its first step.
  public static Pattern of(Signal signal) {
    return switch (signal) {
      case IDLE -> OFF;
      case WAIT -> WAITING;
      case APPROVE -> APPROVED;
      case DECLINE -> DECLINED;
      case AGAIN -> AGAIN;
      case LOST_CARD -> LOST;
      case KEY -> KEY;
      case ERROR -> FAILED;
    };
  }

  /// The step with this number, counted from 0 without end.
  public Step step(int number) {
    return number < once.size() ? once.get(number) : repeat.get((number - once.size()) % repeat.size());
  }

  /// Whether nothing changes any more from this step on, so that nobody needs to wake up for it.
  public boolean isSteadyFrom(int number) {
    return number >= once.size() && repeat.size() == 1;
  }

  private static Step dark(long millis) {
    return new Step(false, false, false, millis);
  }

  private static Step green(long millis) {
    return new Step(true, false, false, millis);
  }

  private static Step greenWithBeep(long millis) {
    return new Step(true, false, true, millis);
  }

  private static Step both(long millis) {
    return new Step(true, true, false, millis);
  }

  private static Step bothWithBeep(long millis) {
    return new Step(true, true, true, millis);
  }

  private static Step red(long millis) {
    return new Step(false, true, false, millis);
  }

  private static Step redWithBeep(long millis) {
    return new Step(false, true, true, millis);
  }
}
