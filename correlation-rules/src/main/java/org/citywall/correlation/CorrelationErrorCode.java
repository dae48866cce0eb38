// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of detection. */
public enum CorrelationErrorCode implements ErrorCode {
  RULE_REFUSED(
      "COR-0001",
      ErrorCategory.CALLER,
      "A rule file does not compile; the rules in force stay in force, correct the named line."),
  RULE_METADATA_INVALID(
      "COR-0002",
      ErrorCategory.CALLER,
      "The description beside a rule file is missing or wrong; correct the named entry."),
  CONTEXT_INVALID(
      "COR-0003",
      ErrorCategory.CALLER,
      "The context file does not follow its schema; the context in force stays in force."),
  CONTEXT_UNREADABLE(
      "COR-0004", ErrorCategory.EXTERNAL, "The context file cannot be read; check path and owner."),
  RULE_FAILED(
      "COR-0005",
      ErrorCategory.INTERNAL,
      "A rule failed while it was evaluated; the entry must be read again after the rule is"
          + " fixed."),
  ENTRY_OUT_OF_ORDER(
      "COR-0006",
      ErrorCategory.INTERNAL,
      "Detection was fed an entry at or below the last one; feed entries in order of their leaf."),
  SIGMA_YAML_INVALID(
      "COR-0060",
      ErrorCategory.CALLER,
      "A Sigma file is not YAML, or no map; correct the named line."),
  SIGMA_RULE_INVALID(
      "COR-0061",
      ErrorCategory.CALLER,
      "A Sigma rule is not what the specification asks for; correct the named line."),
  SIGMA_UNSUPPORTED(
      "COR-0062",
      ErrorCategory.CALLER,
      "A Sigma rule uses what this engine cannot run; the other rules run without it."),
  SIGMA_PLACEHOLDER_MISSING(
      "COR-0063",
      ErrorCategory.CALLER,
      "A Sigma rule asks for a list that depends on the site; give its values in the file of"
          + " placeholders."),
  SIGMA_REFERENCE_UNCLEAR(
      "COR-0064",
      ErrorCategory.CALLER,
      "A Sigma correlation or filter names a rule that was not loaded, or two rules share a name;"
          + " load the rule or correct the name."),
  SIGMA_FILE_UNREADABLE(
      "COR-0065",
      ErrorCategory.EXTERNAL,
      "A file of rules cannot be read as UTF-8 text; check its path, owner and encoding."),
  SIGMA_TEST_INVALID(
      "COR-0066",
      ErrorCategory.CALLER,
      "A file of rule tests does not follow its schema; correct the named line."),
  SIGMA_RULE_DOUBTFUL(
      "COR-0067",
      ErrorCategory.CALLER,
      "A Sigma rule loads but cannot do what its author meant, or does much more; see the reason."),
  BACKTEST_FAILED(
      "COR-0068", ErrorCategory.INTERNAL, "A backtest could not evaluate an entry; see the cause."),
  THRESHOLDS_INVALID(
      "COR-0090",
      ErrorCategory.CALLER,
      "The file of thresholds does not follow its schema, or names what no rule asks for; correct"
          + " the named entry."),
  THRESHOLDS_UNREADABLE(
      "COR-0091",
      ErrorCategory.EXTERNAL,
      "The file of thresholds cannot be read; check its path, owner and encoding."),
  TUNING_UNPROVEN(
      "COR-0140",
      ErrorCategory.CALLER,
      "History does not show an alert again that an officer found right, so no change of thresholds"
          + " can be proven on it; give a longer one, or the context it was judged in."),
  EXPOSURE_SNAPSHOT_INVALID(
      "COR-0120",
      ErrorCategory.INTEGRITY,
      "A snapshot of the exposure ledger is not what was written; the ledger is counted again from"
          + " the log."),
  EXPOSURE_NOT_SAVED(
      "COR-0121",
      ErrorCategory.EXTERNAL,
      "The exposure ledger could not be saved or erased; see the path, it is tried again.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  CorrelationErrorCode(String id, ErrorCategory category, String meaning) {
    this.id = id;
    this.category = category;
    this.meaning = meaning;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
