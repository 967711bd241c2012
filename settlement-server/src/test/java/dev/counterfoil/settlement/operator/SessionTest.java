package dev.counterfoil.settlement.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.operator.Session.End;
import dev.counterfoil.settlement.operator.Session.Event;
import dev.counterfoil.settlement.operator.Session.State;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTest {

  private static final Instant BEGUN = Instant.parse("2026-03-02T08:00:00Z");
  private static final Operator LI = new Operator(1, 7, "li.wei", Role.CASHIER, true);

  private final SessionToken token = SessionToken.create(new Random(3));
  private final State.Active begun = Session.begin(token, LI, BEGUN);

  private static Instant at(long second) {
    return BEGUN.plusSeconds(second);
  }

  private static End why(State state) {
    return ((State.Ended) state).why();
  }

  @Test
  void onlyTheHashOfTheTokenIsInTheSession() {
    assertThat(begun.token()).isEqualTo(token.hash());
    assertThat(begun.toString() + token).doesNotContain(token.text());
    assertThat(token.text()).hasSize(43);
    assertThat(SessionToken.create(new Random(4)).hash()).isNotEqualTo(token.hash());
  }

  @ParameterizedTest
  @CsvSource({"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, true",
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, false",
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, false", "'', false"})
  void whatABrowserSendsIsATokenOrNothing(String sent, boolean good) {
    assertThat(SessionToken.parse(sent).isPresent()).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "3599, true", "3600, false", "43199, false"})
  void anUnusedSessionEndsAfterAnHour(long second, boolean lives) {
    assertThat(Session.step(SignInRules.DEFAULT, begun, new Event.Used(at(second))) instanceof State.Active)
        .isEqualTo(lives);
  }

  @Test
  void aBusySessionEndsAfterTwelveHours() {
    State state = begun;
    for (long second = 3000; second < 43_200; second += 3000) {
      state = Session.step(SignInRules.DEFAULT, state, new Event.Used(at(second)));
    }
    assertThat(Session.step(SignInRules.DEFAULT, state, new Event.Used(at(43_199))))
        .isInstanceOf(State.Active.class);
    assertThat(why(Session.step(SignInRules.DEFAULT, state, new Event.Used(at(43_200)))))
        .isEqualTo(End.TOO_OLD);
  }

  @Test
  void timePassingIsNoUse() {
    State state = Session.step(SignInRules.DEFAULT, begun, new Event.Tick(at(3000)));

    assertThat(why(Session.step(SignInRules.DEFAULT, state, new Event.Used(at(3600))))).isEqualTo(End.IDLE);
  }

  @Test
  void whatChangesTheOperatorsRightsEndsTheSessionAtOnce() {
    record Case(Function<Instant, Event> event, End end) {}

    List.of(new Case(Event.LoggedOut::new, End.LOGGED_OUT),
        new Case(Event.RoleChanged::new, End.ROLE_CHANGED),
        new Case(Event.PasswordChanged::new, End.PASSWORD_CHANGED),
        new Case(Event.OperatorLeft::new, End.OPERATOR_LEFT)).forEach(each -> {
          State ended = Session.step(SignInRules.DEFAULT, begun, each.event().apply(at(5)));
          assertThat(why(ended)).isEqualTo(each.end());
          assertThat(Session.step(SignInRules.DEFAULT, ended, new Event.Used(at(6)))).isEqualTo(ended);
        });
  }

  @Test
  void aClockThatGoesBackProlongsNothing() {
    State state = Session.step(SignInRules.DEFAULT, begun, new Event.Used(at(600)));
    state = Session.step(SignInRules.DEFAULT, state, new Event.Used(at(-86_400)));

    assertThat(state).isEqualTo(Session.step(SignInRules.DEFAULT, begun, new Event.Used(at(600))));
    assertThat(why(Session.step(SignInRules.DEFAULT, state, new Event.Used(at(4200))))).isEqualTo(End.IDLE);
  }

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noSessionLivesAgainOutlivesItsTimeOrChangesItsOperator(int seed) {
    var random = new Random(seed);
    State state = begun;
    long second = 0;
    long lastUsed = 0;
    for (int i = 0; i < 60; i++) {
      second += random.nextInt(8) == 0 ? random.nextInt(4000) : random.nextInt(900);
      Event event = event(random, at(second));
      State next = Session.step(SignInRules.DEFAULT, state, event);
      if (state instanceof State.Ended) {
        assertThat(next).as("seed %d", seed).isEqualTo(state);
      }
      if (next instanceof State.Active active) {
        assertThat(second).as("seed %d", seed).isLessThan(43_200).isLessThan(lastUsed + 3600);
        assertThat(active).as("seed %d", seed)
            .isEqualTo(new State.Active(1, token.hash(), 7, Role.CASHIER, BEGUN, active.lastUsed()));
        lastUsed = event instanceof Event.Used ? second : lastUsed;
      }
      state = next;
    }
  }

  private static Event event(Random random, Instant at) {
    return switch (random.nextInt(40)) {
      case 0 -> new Event.LoggedOut(at);
      case 1 -> new Event.RoleChanged(at);
      case 2 -> new Event.PasswordChanged(at);
      case 3 -> new Event.OperatorLeft(at);
      case 4, 5, 6, 7, 8, 9 -> new Event.Tick(at);
      default -> new Event.Used(at);
    };
  }
}
