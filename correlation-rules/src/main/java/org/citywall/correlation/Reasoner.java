// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import org.citywall.audit.PlatformException;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * A rule session over one context. Context facts and rule descriptions stay in it; a signal enters
 * alone and leaves before the next, so that nothing in the session depends on what came before.
 */
final class Reasoner implements AutoCloseable {

  /** More conclusions than this from one signal mean that a rule runs in circles. */
  private static final int MAX_FIRINGS = 1000;

  private final KieSession session;
  private final Findings findings = new Findings();

  Reasoner(RulePack pack, Context context) {
    session = pack.kieBase().newKieSession();
    session.setGlobal("findings", findings);
    pack.rules().forEach(session::insert);
    session.insert(context.calendar());
    session.insert(Roster.of(context.calendar()));
    context.rosters().forEach(session::insert);
    context.units().forEach(session::insert);
    context.vendors().forEach(session::insert);
    context.persons().forEach(session::insert);
    context.tickets().forEach(session::insert);
  }

  /** What the rules conclude from this signal, or {@code COR-0005}. */
  List<Finding> conclude(Signal signal) {
    FactHandle handle = session.insert(signal);
    try {
      if (session.fireAllRules(MAX_FIRINGS) >= MAX_FIRINGS) {
        throw new PlatformException(CorrelationErrorCode.RULE_FAILED, "rules run in circles");
      }
      return findings.take();
    } catch (RuntimeException e) {
      findings.take();
      throw e instanceof PlatformException
          ? e
          : new PlatformException(CorrelationErrorCode.RULE_FAILED, String.valueOf(e), e);
    } finally {
      session.delete(handle);
    }
  }

  @Override
  public void close() {
    session.dispose();
  }
}
