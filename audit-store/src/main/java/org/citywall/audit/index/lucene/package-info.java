// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The index in Lucene, in one folder.
 *
 * <h2>Schema, version 1</h2>
 *
 * One document per entry, added in order of leaf; merges keep that order. Nothing is stored: hits
 * are a leaf and a time from doc values, and events are read from the log.
 *
 * <pre>
 * entry.leaf, @timestamp        point, doc value with skip index
 * event.created,
 * gov.source.epoch, .seq        point
 * event.id                      term, 16 bytes
 * gov.source.id, entry.kind     term
 * KEYWORD, KEYWORDS             term, doc value; the first 2000 characters of the value
 * IP                            term and doc value of 16 bytes, IPv4 mapped; what is no address has neither
 * LONG, TIMESTAMP               point, doc value
 * BOOLEAN                       term and doc value, "true" or "false"
 * TEXT                          words with positions
 * _text                         words of every text, address, label and of event.original in UTF-8
 * _present                      names of TEXT, BINARY and IP fields that the event has
 * labels                        term: name, U+0000, value
 * </pre>
 *
 * Labels share one Lucene field because their names come from outside and must not make the index's
 * own catalogue of fields grow.
 *
 * <p>Words: Unicode text segmentation (UAX 29), full width folded to ASCII, lower case; Han,
 * Hiragana, Katakana and Hangul as single characters and as pairs, so that any run of them is found
 * without a dictionary.
 *
 * <p>Commit user data: {@code schema}, {@code next} (first leaf not in this commit), {@code last}
 * (id of the event before it). An index whose schema differs, that is ahead of the log or whose
 * last event is not the log's is moved to {@code NAME.broken} beside the folder and begun anew.
 */
@NullMarked
package org.citywall.audit.index.lucene;

import org.jspecify.annotations.NullMarked;
