// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.verify.Finding;

/**
 * A checkpoint with what others said about it, to be carried to somebody who has no access to the
 * log.
 *
 * @param note the checkpoint
 * @param files tokens, the requests that they answer, and cosignatures, by their names in the
 *     store; at most 64
 */
public record CarriedAnchor(String note, SortedMap<String, byte[]> files) {

  public static final int MAX_FILES = 64;

  private static final Pattern FILE =
      Pattern.compile("tsa-[a-z0-9.-]{1,64}\\.ts[qr]|witness-[0-9a-f]{16}\\.cosignature");

  /**
   * What checking it by a policy gave.
   *
   * @param counted what vouches for the checkpoint
   * @param findings what was altered, what the policy demands and is not there, what does not count
   */
  public record Checked(List<AnchorReport.Anchor> counted, List<Finding> findings) {
    public Checked {
      counted = List.copyOf(counted);
      findings = List.copyOf(findings);
    }
  }

  public CarriedAnchor {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    if (files.size() > MAX_FILES || !files.keySet().stream().allMatch(CarriedAnchor::isFile)) {
      throw new IllegalArgumentException(files.size() + " files");
    }
  }

  /** Whether a file of this name can be carried. */
  public static boolean isFile(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * The first checkpoint with this leaf that somebody vouched for; empty where there is none, or
   * none of up to so many leaves. Failures: {@code AUD-0066}.
   */
  public static Optional<CarriedAnchor> covering(
      Path dataDir, long leaf, long size, KeysBySize keys) {
    AnchorStore store = new AnchorStore(dataDir);
    for (String name : store.names()) {
      if (AnchorStore.size(name) > leaf && AnchorStore.size(name) <= size) {
        Optional<CarriedAnchor> anchor = of(store, name, keys);
        if (anchor.isPresent()) {
          return anchor;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<CarriedAnchor> of(AnchorStore store, String name, KeysBySize keys) {
    try {
      SortedMap<String, byte[]> files = new TreeMap<>();
      List<String> answers = store.files(name);
      List<String> names = new ArrayList<>(answers);
      names.addAll(store.queries(name));
      for (String file : names) {
        store.read(name, file).ifPresent(bytes -> files.put(file, bytes));
      }
      return answers.isEmpty() || files.size() > MAX_FILES
          ? Optional.empty()
          : store.checkpoint(name, keys).map(note -> new CarriedAnchor(note.note(), files));
    } catch (PlatformException e) {
      // What is damaged proves nothing; the check of anchors reports it.
      return Optional.empty();
    }
  }

  /** Checks everything by a policy; the note itself and its place in the log are the caller's. */
  public Checked check(AnchorPolicy policy, Instant now) {
    List<AnchorReport.Anchor> counted = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    Set<WitnessKey> cosigned = new HashSet<>();
    Checkpoint checkpoint = Checkpoint.parse(note);
    for (AnchorPolicy.Witness witness : policy.witnesses()) {
      cosigned(witness, checkpoint, counted, findings).ifPresent(cosigned::add);
    }
    int tokens = 0;
    for (AnchorPolicy.Authority authority : policy.authorities()) {
      tokens += isStamped(authority, checkpoint, now, counted, findings) ? 1 : 0;
    }
    if (!policy.quorum().isMetBy(cosigned)) {
      findings.add(missing("fewer witnesses cosigned than the policy demands"));
    }
    AnchorPolicy.TokenRule rule = policy.tokens();
    if (rule != null && tokens < rule.count()) {
      findings.add(missing("fewer authorities stamped than the policy demands"));
    }
    return new Checked(counted, findings);
  }

  private static Finding missing(String what) {
    return new Finding.Missing("anchor/checkpoint", Finding.NONE, Finding.NONE, what);
  }

  private Optional<WitnessKey> cosigned(
      AnchorPolicy.Witness witness,
      Checkpoint checkpoint,
      List<AnchorReport.Anchor> counted,
      List<Finding> findings) {
    String file = AnchorStore.cosignatureFile(witness.key());
    byte[] lines = files.get(file);
    if (lines == null) {
      return Optional.empty();
    }
    String path = "anchor/" + file;
    String text = SignedNote.parse(note).text();
    try {
      SignedNote cosigned =
          SignedNote.parse(text + '\n' + new String(lines, StandardCharsets.UTF_8));
      Optional<Instant> time =
          witness.key().cosignedAt(new SignedNote(text, cosigned.signatures()));
      if (time.isPresent()) {
        counted.add(
            new AnchorReport.Anchor(
                AnchorReport.Kind.COSIGNATURE,
                witness.name(),
                checkpoint.size(),
                time.get(),
                path));
        return Optional.of(witness.key());
      }
    } catch (PlatformException e) {
      // Said below, like a file without that witness's line.
    }
    findings.add(altered(path, "it holds no cosignature of this checkpoint by that witness"));
    return Optional.empty();
  }

  private boolean isStamped(
      AnchorPolicy.Authority authority,
      Checkpoint checkpoint,
      Instant now,
      List<AnchorReport.Anchor> counted,
      List<Finding> findings) {
    String file = AnchorStore.responseFile(authority.name());
    byte[] response = files.get(file);
    byte[] query = files.get(AnchorStore.queryFile(authority.name()));
    if (response == null || query == null) {
      return false;
    }
    String path = "anchor/" + file;
    TokenCheck check = new TokenCheck(authority.trust());
    return switch (check.check(response, query, note.getBytes(StandardCharsets.UTF_8))) {
      case TokenResult.Trusted(Instant time, Instant validUntil, String _) -> {
        if (validUntil.isBefore(now)) {
          findings.add(remark(path, "not counted: its certificate ended on " + validUntil));
          yield false;
        }
        counted.add(
            new AnchorReport.Anchor(
                AnchorReport.Kind.TOKEN, authority.name(), checkpoint.size(), time, path));
        yield true;
      }
      case TokenResult.Untrusted(String reason) -> {
        findings.add(remark(path, "not counted: " + reason));
        yield false;
      }
      case TokenResult.Broken(String reason) -> {
        findings.add(altered(path, "no token over this checkpoint: " + reason));
        yield false;
      }
    };
  }

  private static Finding remark(String path, String what) {
    return new Finding.Remark(path, Finding.NONE, Finding.NONE, what);
  }

  private static Finding altered(String path, String what) {
    return new Finding.Altered(path, Finding.NONE, Finding.NONE, what);
  }
}
