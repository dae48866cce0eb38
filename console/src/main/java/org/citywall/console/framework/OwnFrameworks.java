// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.CatalogueDiff;
import org.citywall.compliance.catalogue.CatalogueEditor;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.catalogue.FieldProblem;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.ScoreSheet;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Frameworks that officers write, beside those of files. Fails with {@code CMP-0043} for an unknown
 * one, {@code CON-0058} where somebody else changed the draft first, {@code CON-0079} where there
 * is none. Safe for use by several threads.
 */
public final class OwnFrameworks {

  private final StateChanges changes;
  private final Catalogues files;
  private volatile @Nullable Catalogues known;

  public OwnFrameworks(StateChanges changes, Catalogues files) {
    this.changes = changes;
    this.files = files;
  }

  /** What a round can be begun with: those of files, and what is published here. */
  public Catalogues catalogues() {
    Catalogues read = known;
    return read == null ? read() : read;
  }

  /** Not while another thread forgets, which would leave what was read before. */
  private synchronized Catalogues read() {
    Catalogues read = files.plus(changes.store().read(FrameworkRow::published));
    known = read;
    return read;
  }

  private synchronized void forget() {
    known = null;
  }

  /** Those of files: what comes with the platform, and what the site has. */
  public Catalogues files() {
    return files;
  }

  /** By id. */
  public List<OwnFramework> all() {
    return changes.store().read(FrameworkRow::all);
  }

  public Optional<OwnFramework> find(String id) {
    return changes.store().read(jdbc -> FrameworkRow.find(jdbc, id));
  }

  /** Acts on the framework, the latest first. */
  public List<FrameworkActs.Done> acts(String id, int limit) {
    return changes.store().read(jdbc -> FrameworkActs.of(jdbc, id, limit));
  }

  /** Begins one as a copy, under an id that nothing else has. */
  public OwnFramework copy(Actor actor, String reference, String id, String zh, String en) {
    Catalogue of = catalogues().get(reference);
    Catalogue draft = CatalogueEditor.of(of).copy(id.strip(), zh, en);
    return changes.change(
        journal -> {
          if (files.find(draft.id()).isPresent()
              || FrameworkRow.find(journal.jdbc(), draft.id()).isPresent()) {
            throw FieldProblem.taken(draft.id());
          }
          FrameworkRow.insert(journal, actor, draft);
          FrameworkActs.write(
              journal, actor, "begun", draft.id(), List.of(), told(draft) + " copy of " + told(of));
          return FrameworkRow.get(journal.jdbc(), draft.id());
        });
  }

  /**
   * Takes a file in as a draft; {@code CMP-0040} with its line where it is none. A version that is
   * published already becomes the next one.
   */
  public OwnFramework take(Actor actor, String name, String yaml) {
    Catalogue read = Catalogue.parse(name, yaml).written();
    return changes.change(
        journal -> {
          JdbcClient jdbc = journal.jdbc();
          if (files.find(read.id()).isPresent()) {
            throw FieldProblem.taken(read.id());
          }
          Optional<OwnFramework> was = FrameworkRow.find(jdbc, read.id());
          Catalogue draft = read;
          if (was.isPresent()) {
            if (was.get().draft() != null) {
              throw new PlatformException(ConsoleErrorCode.FRAMEWORK_DRAFT_OPEN, read.id());
            }
            draft =
                CatalogueEditor.of(read)
                    .version(Math.max(read.version(), was.get().published() + 1));
            FrameworkRow.update(journal, actor, was.get(), draft, Set.of(actor.user()));
          } else {
            FrameworkRow.insert(journal, actor, draft);
          }
          FrameworkActs.write(journal, actor, "imported", draft.id(), List.of(), told(draft));
          return FrameworkRow.get(jdbc, draft.id());
        });
  }

  /** Begins a draft with what was published last. */
  public OwnFramework revise(Actor actor, String id) {
    return changes.change(
        journal -> {
          OwnFramework was = FrameworkRow.get(journal.jdbc(), id);
          if (was.draft() != null) {
            throw new PlatformException(ConsoleErrorCode.FRAMEWORK_DRAFT_OPEN, id);
          }
          Catalogue draft =
              CatalogueEditor.of(last(journal.jdbc(), was)).version(was.published() + 1);
          FrameworkRow.update(journal, actor, was, draft, Set.of());
          FrameworkActs.write(journal, actor, "revised", id, List.of(), told(draft));
          return FrameworkRow.get(journal.jdbc(), id);
        });
  }

  /** Changes the draft by one step; a step that changes nothing is none. */
  public OwnFramework edit(Actor actor, String id, long version, UnaryOperator<Catalogue> step) {
    return changes.change(
        journal -> {
          OwnFramework was = current(journal, id, version);
          Catalogue before = draft(was);
          Catalogue after = step.apply(before);
          if (after.yaml().equals(before.yaml())) {
            return was;
          }
          Set<String> editors = new TreeSet<>(was.editors());
          editors.add(actor.user());
          FrameworkRow.update(journal, actor, was, after, editors);
          CatalogueDiff diff = CatalogueDiff.between(before, after);
          FrameworkActs.write(
              journal, actor, "edited", id, diff.places(), told(after) + " " + diff.told());
          return FrameworkRow.get(journal.jdbc(), id);
        });
  }

  /**
   * Makes the draft a version that stays; {@code CON-0081} where the actor edited it, {@code
   * CON-0082} where it says nothing new, {@code CON-0083} where its rule cannot score it.
   */
  public OwnFramework publish(Actor actor, String id, long version) {
    OwnFramework done =
        changes.change(
            journal -> {
              OwnFramework was = current(journal, id, version);
              Catalogue draft = draft(was);
              if (!was.publishableBy(actor.user())) {
                throw new PlatformException(ConsoleErrorCode.FRAMEWORK_PUBLISH_OWN, id);
              }
              if (was.published() > 0
                  && CatalogueEditor.of(last(journal.jdbc(), was))
                      .version(draft.version())
                      .yaml()
                      .equals(draft.yaml())) {
                throw new PlatformException(ConsoleErrorCode.FRAMEWORK_UNCHANGED, id);
              }
              ScoreSheet.requireScorable(List.of(draft), LocalDate.EPOCH);
              FrameworkRow.publish(journal, actor, draft);
              FrameworkRow.update(journal, actor, was, null, Set.of());
              FrameworkActs.write(
                  journal,
                  actor,
                  "published",
                  id,
                  List.of(),
                  told(draft) + " edited by " + String.join(" ", new TreeSet<>(was.editors())));
              return FrameworkRow.get(journal.jdbc(), id);
            });
    forget();
    return done;
  }

  /** Drops the draft, and the framework with it where nothing was published. */
  public void discard(Actor actor, String id, long version) {
    changes.change(
        journal -> {
          OwnFramework was = current(journal, id, version);
          FrameworkActs.write(journal, actor, "discarded", id, List.of(), told(draft(was)));
          if (was.versions().isEmpty()) {
            FrameworkRow.delete(journal.jdbc(), id);
          } else {
            FrameworkRow.update(journal, actor, was, null, Set.of());
          }
          return id;
        });
  }

  /** The draft; {@code CON-0079} where there is none. */
  public static Catalogue draft(OwnFramework own) {
    Catalogue draft = own.draft();
    if (draft == null) {
      throw new PlatformException(ConsoleErrorCode.FRAMEWORK_NO_DRAFT, own.id());
    }
    return draft;
  }

  private static OwnFramework current(Journal journal, String id, long version) {
    OwnFramework own = FrameworkRow.get(journal.jdbc(), id);
    draft(own);
    if (own.version() != version) {
      throw new PlatformException(ConsoleErrorCode.COMPLIANCE_CHANGED, id);
    }
    return own;
  }

  private static Catalogue last(JdbcClient jdbc, OwnFramework own) {
    return FrameworkRow.published(jdbc).stream()
        .filter(one -> one.id().equals(own.id()) && one.version() == own.published())
        .findFirst()
        .orElseThrow(() -> new PlatformException(ComplianceErrorCode.CATALOGUE_UNKNOWN, own.id()));
  }

  private static String told(Catalogue catalogue) {
    return catalogue.reference() + " sha256:" + catalogue.digest();
  }
}
