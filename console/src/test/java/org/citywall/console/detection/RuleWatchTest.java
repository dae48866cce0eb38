// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.SigmaSet.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleWatchTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Path rules;
  private final LinkedBlockingQueue<SigmaSet> later = new LinkedBlockingQueue<>();

  @BeforeEach
  void makeFolder() throws IOException {
    rules = Files.createDirectory(folder.resolve("site"));
  }

  @Test
  void loadsAnewWhenAFileChanges() throws Exception {
    write("a.yml", rule("a"));
    try (RuleWatch watch = watch()) {
      assertThat(watch.first().get(20, TimeUnit.SECONDS).size()).isEqualTo(1);
      write("b.yml", rule("b"));

      SigmaSet next = later.poll(20, TimeUnit.SECONDS);

      assertThat(next).isNotNull();
      assertThat(next.size()).isEqualTo(2);
      assertThat(watch.health().rules()).isEqualTo(2);
      assertThat(watch.health().rejected()).isZero();
    }
  }

  @Test
  void namesWhatIsWrongAndTakesTheRest() throws Exception {
    write("a.yml", rule("a"));
    write("bad.yml", "title: bad\nlogsource: {category: c}\ndetection: {condition: x}\n");
    try (RuleWatch watch = watch()) {
      assertThat(watch.first().get(20, TimeUnit.SECONDS).size()).isEqualTo(1);
      assertThat(watch.health().rejected()).isEqualTo(1);
      assertThat(watch.health().first().getFirst()).contains("bad.yml", "COR-0061");
    }
  }

  @Test
  void keepsTheRulesInForceWhenTheirFolderGoes() throws Exception {
    write("a.yml", rule("a"));
    try (RuleWatch watch = watch()) {
      watch.first().get(20, TimeUnit.SECONDS);
      Files.delete(rules.resolve("a.yml"));
      Files.delete(rules);

      await().atMost(SOON).until(() -> watch.health().lastError() != null);
      assertThat(watch.health().lastError()).isEqualTo(CorrelationErrorCode.SIGMA_FILE_UNREADABLE);
      assertThat(watch.health().rules()).isEqualTo(1);
      assertThat(later).isEmpty();
    }
  }

  @Test
  void startsWithoutRulesWhereListsCannotBeRead() throws Exception {
    write("a.yml", rule("a"));
    RuleFolders folders =
        new RuleFolders(
            List.of(rules), folder.resolve("usual"), folder.resolve("lists.yml"), Level.HIGH);
    try (RuleWatch watch = RuleWatch.start(folders, Duration.ofMillis(50))) {
      watch.tell(later::add);
      assertThat(watch.first().get(20, TimeUnit.SECONDS).isEmpty()).isTrue();
      assertThat(watch.health().lastError()).isEqualTo(CorrelationErrorCode.SIGMA_FILE_UNREADABLE);
      Files.writeString(folder.resolve("lists.yml"), "known: [x]\n");

      assertThat(later.poll(20, TimeUnit.SECONDS)).isNotNull();
      assertThat(watch.health().lastError()).isNull();
    }
  }

  @Test
  void readsTheUsualFolderOnlyWhereThereIsOne() throws Exception {
    RuleFolders folders = new RuleFolders(List.of(), folder.resolve("usual"), null, Level.HIGH);
    try (RuleWatch watch = RuleWatch.start(folders, Duration.ofMillis(50))) {
      watch.tell(later::add);
      assertThat(watch.first().get(20, TimeUnit.SECONDS).isEmpty()).isTrue();
      assertThat(watch.health().rejected()).isZero();
      Files.createDirectory(folder.resolve("usual"));
      Files.writeString(folder.resolve("usual").resolve("a.yml"), rule("a"));

      assertThat(later.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private RuleWatch watch() {
    RuleFolders folders =
        new RuleFolders(List.of(rules), folder.resolve("usual"), null, Level.HIGH);
    RuleWatch watch = RuleWatch.start(folders, Duration.ofMillis(50));
    watch.tell(later::add);
    return watch;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(rules.resolve(name), text);
  }

  private static String rule(String id) {
    return "title: "
        + id
        + "\nid: "
        + id
        + "\nlogsource: {category: c}\ndetection: {a: {x: 1}, condition: a}\n";
  }
}
