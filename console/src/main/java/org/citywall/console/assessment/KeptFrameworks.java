// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.compliance.catalogue.Catalogue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The texts of frameworks that rounds were begun with, each once. */
final class KeptFrameworks {

  private final Map<String, Catalogue> read = new ConcurrentHashMap<>();

  /** Keeps the text unless it is kept already. */
  void keep(JdbcClient jdbc, Catalogue catalogue) {
    long known =
        jdbc.sql("select count(*) from kept_framework where digest = :digest")
            .param("digest", catalogue.digest())
            .query(Long.class)
            .single();
    if (known == 0) {
      jdbc.sql(
              """
              insert into kept_framework (digest, reference, content)
              values (:digest, :reference, :content)
              """)
          .param("digest", catalogue.digest())
          .param("reference", catalogue.reference())
          .param("content", catalogue.yaml())
          .update();
    }
  }

  /** The frameworks of a round as they were when it began. */
  List<Catalogue> of(JdbcClient jdbc, AssessmentId round) {
    return jdbc
        .sql("select digest from assessment_framework where assessment = :round order by position")
        .param("round", round.ordinal())
        .query(String.class)
        .list()
        .stream()
        .map(digest -> read.computeIfAbsent(digest, key -> parsed(jdbc, key)))
        .toList();
  }

  private static Catalogue parsed(JdbcClient jdbc, String digest) {
    String yaml =
        jdbc.sql("select content from kept_framework where digest = :digest")
            .param("digest", digest)
            .query(String.class)
            .single();
    return Catalogue.parse("kept " + digest, yaml);
  }
}
