// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a verification.
 *
 * @param mode {@code full}, {@code inclusion}, {@code consistency} or {@code index}
 * @param key vkey that signs now for the tree over SHA-256; the log's own claim unless one was
 *     given
 * @param sm3Key vkey that signs now for the tree over SM3, or null where there is no such tree
 * @param entries entries that were checked
 * @param payloads payloads that were compared with what their entry commits to
 * @param closedPayloads sealed payloads that nobody could open for want of keys
 * @param shreddedPayloads payloads whose data key was destroyed
 * @param signedEntries entries that the last checkpoint covers
 * @param root root over SHA-256 of the last checkpoint in hexadecimal, or null without one
 * @param sm3Root root over SM3 of the last checkpoint in hexadecimal, or null without one
 * @param signedAt when the last checkpoint was signed, or null
 * @param checkpoints checkpoints that were checked
 * @param completeness whether sources are recorded without a gap, where records were read
 * @param findings at most 1,000, in order of discovery
 * @param moreFindings how many further ones were left out
 * @param earlier what the report rests on and did not look at again, or null where it looked at
 *     everything
 */
public record VerificationReport(
    String mode,
    Verdict verdict,
    String origin,
    String key,
    @Nullable String sm3Key,
    long entries,
    long payloads,
    long closedPayloads,
    long shreddedPayloads,
    long signedEntries,
    @Nullable String root,
    @Nullable String sm3Root,
    @Nullable Instant signedAt,
    long checkpoints,
    Completeness completeness,
    List<Finding> findings,
    long moreFindings,
    @Nullable Earlier earlier) {

  /**
   * An earlier verification whose state was given. It is believed; the log is proved to continue
   * it.
   *
   * @param entries the first entries of the log, which it covered
   * @param root their root over SHA-256 in hexadecimal
   * @param verdict what it came to
   */
  public record Earlier(long entries, String root, Verdict verdict) {}

  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** The same with what was seen of the numbers of sources. */
  VerificationReport with(Completeness seen) {
    return new VerificationReport(
        mode,
        verdict,
        origin,
        key,
        sm3Key,
        entries,
        payloads,
        closedPayloads,
        shreddedPayloads,
        signedEntries,
        root,
        sm3Root,
        signedAt,
        checkpoints,
        seen,
        findings,
        moreFindings,
        earlier);
  }

  /** The same with what comparing with checkpoints kept elsewhere has shown. */
  public VerificationReport comparedWith(List<Comparison> comparisons) {
    List<Finding> all = new ArrayList<>(findings);
    Verdict worst = verdict;
    for (Comparison comparison : comparisons) {
      String said = comparison.explanation();
      switch (comparison) {
        case Comparison.Continues found ->
            all.add(new Finding.Remark("", Finding.NONE, Finding.NONE, said));
        case Comparison.RolledBack found -> {
          all.add(new Finding.Missing("", found.kept(), Finding.NONE, said));
          worst = worst == Verdict.TAMPERED ? worst : Verdict.INCOMPLETE;
        }
        case Comparison.Forked found -> {
          all.add(new Finding.Altered("", Finding.NONE, Finding.NONE, said));
          worst = Verdict.TAMPERED;
        }
      }
    }
    return new VerificationReport(
        mode,
        worst,
        origin,
        key,
        sm3Key,
        entries,
        payloads,
        closedPayloads,
        shreddedPayloads,
        signedEntries,
        root,
        sm3Root,
        signedAt,
        checkpoints,
        completeness,
        all,
        moreFindings,
        earlier);
  }
}
