// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.jpa.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Applications extends JpaRepository<Application, Long> {

  List<Application> findByAmountBetweenAndDueAfterOrderBySubject(
      BigDecimal from, BigDecimal to, LocalDate after);

  Page<Application> findByDoneFalse(Pageable page);

  List<Application> findTop3ByResidentNameOrderByMadeDesc(String name);

  List<Application> findBySubjectContaining(String part, Sort sort, Limit limit);

  Stream<Application> readAllByIdNotNullOrderBySubject();

  @Query(
      "select a from Application a join fetch a.resident r join fetch r.district order by a.subject")
  List<Application> withAll();

  @Query("select sum(a.amount), avg(a.amount), max(a.due) from Application a")
  List<Object[]> figures();

  long deleteBySubjectStartingWith(String start);
}
