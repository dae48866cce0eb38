// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.citywall.audit.index.SearchField;

/**
 * A digest of everything a segment can answer about each of its documents: terms with frequency and
 * positions, points, doc values. Two documents that answer every question alike have the same
 * digest. It is 128 bits under a key drawn for one comparison, a sum over what the document holds,
 * because the segment tells that by term and not by document: whoever does not know the key cannot
 * make two different documents agree.
 */
final class DocumentDigests {

  /** Leaf of a document that is deleted or names none. */
  static final long NO_LEAF = -1;

  private final LeafReader segment;
  private final byte[] key;
  private final MessageDigest sha256 = sha256();
  private final long[] leaves;
  private final long[] high;
  private final long[] low;
  private long itemHigh;
  private long itemLow;

  private DocumentDigests(LeafReader segment, byte[] key) {
    this.segment = segment;
    this.key = key;
    this.leaves = new long[segment.maxDoc()];
    this.high = new long[segment.maxDoc()];
    this.low = new long[segment.maxDoc()];
  }

  /** Reads the whole segment. */
  static DocumentDigests of(LeafReader segment, byte[] key) throws IOException {
    DocumentDigests digests = new DocumentDigests(segment, key);
    digests.readLeaves();
    for (FieldInfo field : segment.getFieldInfos()) {
      if (field.getIndexOptions() != IndexOptions.NONE) {
        digests.addTerms(field.name);
      }
      if (field.getPointDimensionCount() > 0) {
        digests.addPoints(field.name);
      }
      if (field.getDocValuesType() != DocValuesType.NONE) {
        digests.addValues(field);
      }
    }
    return digests;
  }

  int size() {
    return leaves.length;
  }

  /** Whether searches see this document. */
  boolean isLive(int document) {
    Bits live = segment.getLiveDocs();
    return live == null || live.get(document);
  }

  /** Leaf of this document, or {@link #NO_LEAF}. */
  long leaf(int document) {
    return leaves[document];
  }

  boolean sameAs(int document, DocumentDigests other, int otherDocument) {
    return high[document] == other.high[otherDocument] && low[document] == other.low[otherDocument];
  }

  private void readLeaves() throws IOException {
    Arrays.fill(leaves, NO_LEAF);
    NumericDocValues values = DocValues.getNumeric(segment, SearchField.LEAF);
    while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      if (isLive(values.docID())) {
        leaves[values.docID()] = values.longValue();
      }
    }
  }

  private void addTerms(String field) throws IOException {
    Terms terms = segment.terms(field);
    if (terms == null) {
      return;
    }
    PostingsEnum postings = null;
    TermsEnum each = terms.iterator();
    for (BytesRef term = each.next(); term != null; term = each.next()) {
      item('t', field, term);
      postings = each.postings(postings, PostingsEnum.POSITIONS);
      while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        long detail = postings.freq();
        if (terms.hasPositions()) {
          for (int i = postings.freq(); i > 0; i--) {
            detail = mix(detail + 1 + postings.nextPosition());
          }
        }
        add(postings.docID(), detail);
      }
    }
  }

  private void addPoints(String field) throws IOException {
    PointValues points = segment.getPointValues(field);
    if (points == null) {
      return;
    }
    points.intersect(
        new PointValues.IntersectVisitor() {
          @Override
          public void visit(int document) {
            throw new IllegalStateException("values are asked for");
          }

          @Override
          public void visit(int document, byte[] value) {
            item('p', field, new BytesRef(value));
            add(document, 0);
          }

          @Override
          public PointValues.Relation compare(byte[] min, byte[] max) {
            return PointValues.Relation.CELL_CROSSES_QUERY;
          }
        });
  }

  private void addValues(FieldInfo field) throws IOException {
    switch (field.getDocValuesType()) {
      case NUMERIC -> {
        item('n', field.name, new BytesRef());
        NumericDocValues values = segment.getNumericDocValues(field.name);
        while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          add(values.docID(), values.longValue());
        }
      }
      case SORTED -> {
        SortedDocValues values = segment.getSortedDocValues(field.name);
        while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          item('s', field.name, values.lookupOrd(values.ordValue()));
          add(values.docID(), 0);
        }
      }
      case SORTED_SET -> {
        SortedSetDocValues values = segment.getSortedSetDocValues(field.name);
        while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          for (int i = values.docValueCount(); i > 0; i--) {
            item('m', field.name, values.lookupOrd(values.nextOrd()));
            add(values.docID(), 0);
          }
        }
      }
      // Ours has none of these: whichever document has one differs.
      case BINARY -> addPresence(field.name, segment.getBinaryDocValues(field.name));
      case SORTED_NUMERIC -> addPresence(field.name, segment.getSortedNumericDocValues(field.name));
      case NONE -> {}
    }
  }

  private void addPresence(String field, DocIdSetIterator documents) throws IOException {
    item('x', field, new BytesRef());
    while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      add(documents.docID(), 0);
    }
  }

  /** What the following calls of {@link #add} are about. */
  private void item(char sort, String field, BytesRef value) {
    sha256.update(key);
    sha256.update((byte) sort);
    sha256.update(field.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    sha256.update(value.bytes, value.offset, value.length);
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
    itemHigh = hash.getLong();
    itemLow = hash.getLong();
  }

  private void add(int document, long detail) {
    high[document] += mix(itemHigh ^ mix(detail + itemLow));
    low[document] += mix(itemLow + mix(detail ^ itemHigh));
  }

  /** Steele, Lea and Flood's finaliser of SplitMix64 (OOPSLA 2014): a bijection that spreads. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
