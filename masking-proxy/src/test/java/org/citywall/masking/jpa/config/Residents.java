// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.jpa.config;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

interface Residents extends JpaRepository<Resident, Long>, JpaSpecificationExecutor<Resident> {

  /** What an interface projection reads. */
  interface Card {
    String getName();

    String getPhone();
  }

  Page<Resident> findByDistrictName(String district, Pageable page);

  Slice<Resident> findByNameStartingWithIgnoreCase(String start, Pageable page);

  List<Card> findByDistrictIdOrderByNameDesc(long district);

  @EntityGraph(attributePaths = "district")
  List<Resident> findByNoteIsNullAndIdLessThanOrderById(long id);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Resident> findByName(String name);

  boolean existsByPhone(String phone);

  long countByDistrictNameIn(List<String> names);

  @Query("select r from Resident r join fetch r.district d where d.name = ?1 order by r.id")
  List<Resident> withDistrict(String name);

  @Query(
      "select d.name, count(r), min(r.phone) from Resident r join r.district d group by d.name order by d.name")
  List<Object[]> byDistrict();

  @Query(
      "select r from Resident r where exists (select a from Application a where a.resident = r and a.done) order by r.id")
  List<Resident> served();

  @Query(
      nativeQuery = true,
      value = "SELECT r.* FROM resident r WHERE r.name LIKE :start || '%' ORDER BY r.id",
      countQuery = "SELECT count(*) FROM resident r WHERE r.name LIKE :start || '%'")
  Page<Resident> natively(@Param("start") String start, Pageable page);

  @Modifying
  @Query("update Resident r set r.note = ?1 where r.district.id = ?2")
  int note(String note, long district);

  @Modifying
  @Query("delete from Resident r where r.name like 'gone%'")
  int removeGone();
}
