-- Whatever else SQL has for seeing rows in another form: JSON, XML, ranges, laterals, frames, errors that tell, writes, copies,
-- cursors, definitions, statistics, operators behind key words.
-- @id HA01 kind=row-as-text ideal=mask check=value
SELECT ROW(p.*)::text, p::text || '' FROM person p
-- @id HA02 kind=array-of-rows ideal=mask check=value
SELECT array_agg(p)::text, ARRAY(SELECT q FROM person q)::text FROM person p
-- @id HA03 kind=rows-unnested ideal=mask check=value
SELECT unnest(ARRAY[p]) FROM person p
-- @id HA04 kind=json-path-of-row ideal=mask check=value
SELECT jsonb_path_query(to_jsonb(p), '$.*') FROM person p
-- @id HA05 kind=json-path-match ideal=mask check=infer
SELECT 1 FROM person p WHERE to_jsonb(p) @@ '$.phone == "13847195678"'
-- @id HA06 kind=json-contains ideal=mask check=infer
SELECT 1 FROM person p WHERE to_jsonb(p) @> jsonb_build_object('phone', '13847195678')
-- @id HA07 kind=json-table ideal=deny check=value
SELECT j.phone FROM person p, JSON_TABLE(to_jsonb(p), '$' COLUMNS (phone text PATH '$.phone')) j
-- @id HA08 kind=json-value ideal=deny check=value
SELECT JSON_VALUE(to_jsonb(p), '$.phone') FROM person p
-- @id HA09 kind=json-query ideal=deny check=value
SELECT JSON_QUERY(to_jsonb(p), '$.phone' WITH WRAPPER) FROM person p
-- @id HA10 kind=json-constructor ideal=deny check=value
SELECT JSON_OBJECT('p': p.phone), JSON_ARRAYAGG(p.name) FROM person p GROUP BY 1
-- @id HA11 kind=json-to-record ideal=mask check=value
SELECT r.* FROM person p, json_to_record(row_to_json(p)) AS r(phone text, name text)
-- @id HA12 kind=json-populated-star ideal=mask check=value
SELECT (jsonb_populate_record(NULL::person, to_jsonb(p))).* FROM person p
-- @id HA13 kind=hstore-of-row ideal=mask check=value
SELECT hstore(p), hstore(p) -> 'phone', hstore(p)::json FROM person p
-- @id HA14 kind=hstore-each ideal=mask check=value
SELECT e.value FROM person p, each(hstore(p)) e
-- @id HA15 kind=hstore-into-row ideal=mask check=value
SELECT (NULL::person #= hstore(p)).phone FROM person p
-- @id HA16 kind=hstore-contains ideal=mask check=infer
SELECT 1 FROM person p WHERE hstore(p) @> hstore('phone', '13847195678')
-- @id HA17 kind=xml-aggregate ideal=mask check=value
SELECT xmlagg(xmlelement(name p, xmlattributes(phone AS t), name)) FROM person
-- @id HA18 kind=xml-path ideal=mask check=value
SELECT xpath('/phone/text()', xmlforest(p.phone)) FROM person p
-- @id HA19 kind=query-to-xml-schema ideal=deny check=value
SELECT query_to_xml_and_xmlschema('SELECT phone FROM person', true, false, '')
-- @id HA20 kind=table-to-xml-schema ideal=deny check=value
SELECT table_to_xml_and_xmlschema('person', true, false, '')
-- @id HA21 kind=database-to-xml ideal=deny check=value
SELECT database_to_xml(true, false, '')
-- @id HA22 kind=connectby ideal=deny check=value
SELECT * FROM connectby('person', 'phone', 'dept', 'finance', 0) AS t(a text, b text, c int)
-- @id HA23 kind=range-of-text ideal=mask check=value
SELECT text_range(phone, phone, '[]')::text, upper(text_range(name, NULL)) FROM person
-- @id HA24 kind=range-contains ideal=mask check=infer
SELECT 1 FROM person WHERE text_range('13847195678', '13847195678', '[]') @> phone
-- @id HA25 kind=ranges-collected ideal=mask check=value
SELECT range_agg(text_range(phone, phone, '[]'))::text FROM person
-- @id HA26 kind=array-overlap ideal=mask check=infer
SELECT 1 FROM person WHERE ARRAY[phone] && ARRAY['13847195678']
-- @id HA27 kind=row-in-list ideal=mask check=infer
SELECT 1 FROM person WHERE (phone, name) IN (('13847195678', '欧阳测试'), ('1', '2'))
-- @id HA28 kind=row-between ideal=mask check=infer
SELECT 1 FROM person WHERE (phone, id) >= ('13847195678', 0) AND (phone, id) <= ('13847195678', 9)
-- @id HA29 kind=row-in-sub-query ideal=mask check=infer
SELECT 1 FROM orders o WHERE (o.person_id, '13847195678') IN (SELECT id, phone FROM person)
-- @id HA30 kind=row-any-sub-query ideal=mask check=infer
SELECT 1 FROM orders o WHERE ROW(o.person_id, '13847195678'::text) = ANY (SELECT id, phone FROM person)
-- @id HA31 kind=star-as-row ideal=mask check=infer
SELECT 1 FROM person p WHERE ROW(p.*) = ROW(1, '欧阳测试', '110101198706142233', '13847195678', 'finance', 12000)
-- @id HA32 kind=row-of-type ideal=mask check=infer
SELECT 1 FROM person p WHERE p = ROW(1, '欧阳测试', '110101198706142233', '13847195678', 'finance', 12000.00)::person
-- @id HA33 kind=row-not-distinct ideal=mask check=infer
SELECT 1 FROM person p WHERE p IS NOT DISTINCT FROM ROW(1, '欧阳测试', '110101198706142233', '13847195678', 'finance', 12000.00)::person
-- @id HA34 kind=row-image ideal=mask check=infer
SELECT 1 FROM person p WHERE p *= ROW(1, '欧阳测试', '110101198706142233', '13847195678', 'finance', 12000.00)::person
-- @id HA35 kind=text-search ideal=mask check=infer
SELECT 1 FROM person WHERE to_tsvector('simple', phone) @@ to_tsquery('simple', '13847195678')
-- @id HA36 kind=operator-of-catalog ideal=mask check=infer
SELECT 1 FROM person WHERE phone OPERATOR(pg_catalog.=) '13847195678' OR phone OPERATOR(pg_catalog.~~) '1384719%'
-- @id HA37 kind=order-using ideal=mask check=value
SELECT phone FROM person ORDER BY phone USING <
-- @id HA38 kind=row-of-its-type ideal=mask check=value
SELECT (p::person).phone, (p::public.person)::text FROM person p
-- @id HA39 kind=row-through-domain ideal=mask check=value
SELECT phone::not_4719, CAST(name AS not_4719) FROM person
-- @id HA40 kind=composite-of-another ideal=mask check=value
SELECT (ROW(id, name, id_card, phone)::person_copy).phone FROM person
-- @id HB01 kind=lateral-values ideal=mask check=value
SELECT l.* FROM person p, LATERAL (VALUES (p.phone), (p.name)) l
-- @id HB02 kind=lateral-field ideal=mask check=value
SELECT l.x FROM person p LEFT JOIN LATERAL (SELECT (p).phone AS x) l ON true
-- @id HB03 kind=lateral-rows-from ideal=mask check=value
SELECT f.* FROM person p, LATERAL ROWS FROM (unnest(ARRAY[p.phone]), generate_series(1, 1)) WITH ORDINALITY AS f(x, y, n)
-- @id HB04 kind=cube ideal=mask check=value
SELECT phone, dept, grouping(phone, dept) FROM person GROUP BY CUBE (phone, dept)
-- @id HB05 kind=frame-of-groups ideal=mask check=value
SELECT max(phone) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM person
-- @id HB06 kind=filter-in-window ideal=mask check=value
SELECT string_agg(phone, ',') FILTER (WHERE id > 0) OVER w FROM person WINDOW w AS (ORDER BY id ROWS UNBOUNDED PRECEDING)
-- @id HB07 kind=window-of-rows ideal=mask check=value
SELECT array_agg(p) OVER (PARTITION BY p ORDER BY p) FROM person p
-- @id HB08 kind=with-ties ideal=mask check=value
SELECT * FROM person ORDER BY phone FETCH FIRST 1 ROWS WITH TIES
-- @id HB09 kind=percentile ideal=mask check=value
SELECT percentile_disc(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY phone) FROM person
-- @id HB10 kind=hypothetical-rank ideal=mask check=value
SELECT rank('13847195678') WITHIN GROUP (ORDER BY phone) FROM person
-- @id HB11 kind=search-and-cycle ideal=mask check=value
WITH RECURSIVE r(p) AS (SELECT phone FROM person UNION ALL SELECT p FROM r WHERE false) SEARCH DEPTH FIRST BY p SET o CYCLE p SET c USING t SELECT o, t, p FROM r
-- @id HB12 kind=expression-with-columns ideal=mask check=value
WITH person(phone) AS (VALUES ('x')) SELECT (SELECT max(phone) FROM public.person), phone FROM person
-- @id HB13 kind=expressions-in-a-row ideal=mask check=value
WITH a AS (SELECT phone FROM person), b AS (SELECT * FROM a), person AS (TABLE b) SELECT person.phone, q FROM person, public.person q
-- @id HB14 kind=lateral-behind-join ideal=mask check=value
SELECT l.z FROM (person p CROSS JOIN orders o) JOIN LATERAL (SELECT p.phone AS z) l ON true
-- @id HB15 kind=rows-in-union ideal=mask check=value
SELECT p FROM (SELECT * FROM person) p UNION ALL SELECT q FROM person q
-- @id HB16 kind=group-by-distinct ideal=mask check=value
SELECT phone FROM person GROUP BY DISTINCT ROLLUP (phone), ROLLUP (phone)
-- @id HB17 kind=row-of-sub-query ideal=mask check=value
SELECT (SELECT q FROM person q WHERE q.id = p.id)::text FROM person p
-- @id HB18 kind=alias-over-join ideal=mask check=value
SELECT x.phone, x.person_phone FROM orders o LEFT JOIN (person JOIN visit ON person.phone = visit.person_phone) AS x ON true
-- @id HB19 kind=any-value ideal=mask check=value
SELECT any_value(phone), any_value(p) FROM person p
-- @id HB20 kind=having-bool ideal=mask check=infer
SELECT 1 FROM person HAVING bool_or(phone = '13847195678')
-- @id HB21 kind=limit-by-value ideal=mask check=infer
SELECT id FROM person LIMIT (SELECT count(*) FROM person WHERE phone = '13847195678')
-- @id HB22 kind=series-by-value ideal=mask check=infer
SELECT 1 FROM generate_series(1, (SELECT count(*) FROM person WHERE phone LIKE '1384719%')) x
-- @id HB23 kind=sample-by-value ideal=deny check=infer
SELECT 1 FROM orders TABLESAMPLE BERNOULLI ((SELECT 100 * count(*) FROM person WHERE phone = '13847195678'))
-- @id HB24 kind=offset-by-value ideal=mask check=value
SELECT phone FROM person ORDER BY id OFFSET (SELECT count(*) FROM person WHERE phone = '13847195678') ROWS
-- @id HB25 kind=nested-brackets ideal=mask check=value
SELECT * FROM ((((person p CROSS JOIN orders)))) WHERE ((p.phone)) <> ''
-- @id HB26 kind=natural-join-of-two ideal=mask check=value
SELECT * FROM person NATURAL LEFT JOIN (TABLE person) q
-- @id HB27 kind=unicode-schema ideal=mask check=value
SELECT U&"p!0068one" UESCAPE '!' FROM U&"publi\0063".U&"pers\006fn"
-- @id HB28 kind=quoted-catalogue ideal=mask check=value
SELECT "demo"."public"."person"."phone" FROM "demo"."public"."person"
-- @id HB29 kind=alias-as-keyword ideal=mask check=value
SELECT "select"."phone" FROM person "select"
-- @id HB30 kind=alias-of-a-column ideal=mask check=value
SELECT phone.phone, phone FROM person phone
-- @id HB31 kind=alias-swap ideal=mask check=value
SELECT orders.phone, person.amount FROM person orders, orders person
-- @id HB32 kind=column-list-swap ideal=mask check=value
SELECT t.phone, t.dept FROM person AS t(id, dept, phone, name, id_card, salary)
-- @id HC01 kind=division-oracle ideal=mask check=value
SELECT 1 / (CASE WHEN phone = '13847195678' THEN 0 ELSE 1 END) FROM person
-- @id HC02 kind=cast-oracle ideal=mask check=value
SELECT (CASE WHEN phone LIKE '1384719%' THEN phone ELSE '1' END)::int FROM person
-- @id HC03 kind=enum-oracle ideal=mask check=value
SELECT (CASE WHEN phone = '13847195678' THEN phone ELSE 'calm' END)::mood FROM person
-- @id HC04 kind=scalar-oracle ideal=mask check=value
SELECT (SELECT 1 FROM generate_series(1, 2) WHERE p.phone = '13847195678') FROM person p
-- @id HC05 kind=encoding-oracle ideal=mask check=value
SELECT convert_from(decode(CASE WHEN phone ~ '4719' THEN 'ff' ELSE '41' END, 'hex'), 'UTF8') FROM person
-- @id HC06 kind=regex-oracle ideal=mask check=value
SELECT regexp_match('a', CASE WHEN phone ~ '4719' THEN '(' ELSE 'a' END) FROM person
-- @id HC07 kind=row-filter-division ideal=mask check=value
SELECT id FROM case_file WHERE 1 / (CASE WHEN unit = 'west' THEN 0 ELSE 1 END) = 1
-- @id HC08 kind=row-filter-aggregate ideal=mask check=value
SELECT max(1 / (CASE WHEN unit = 'west' THEN 0 ELSE 1 END)) FROM case_file
-- @id HC09 kind=row-filter-join ideal=mask check=value
SELECT 1 FROM case_file c JOIN orders o ON 1 / (CASE WHEN c.unit = 'west' THEN 0 ELSE 1 END) = 1
-- @id HC10 kind=row-filter-update-from ideal=mask check=value
UPDATE case_file c SET note = 'x' FROM orders o WHERE 1 / (CASE WHEN c.unit = 'west' THEN 0 ELSE 1 END) = 1
--;;
SELECT note FROM case_file
-- @id HC11 kind=row-filter-correlated ideal=mask check=value
DELETE FROM case_file c WHERE (SELECT 1 / (CASE WHEN c.unit = 'west' THEN 0 ELSE 1 END)) = 1
-- @id HC12 kind=row-filter-view ideal=mask check=value
SELECT id FROM v_case WHERE 1 / (CASE WHEN unit = 'west' THEN 0 ELSE 1 END) = 1
-- @id HC13 kind=row-filter-exists ideal=mask check=value
SELECT 1 FROM orders WHERE EXISTS (SELECT 1 FROM case_file WHERE CASE WHEN note ~ '^[0-9]' THEN note::int > 0 ELSE true END)
-- @id HC14 kind=row-filter-left-join ideal=mask check=value
SELECT c.id FROM orders o LEFT JOIN case_file c ON CASE WHEN c.note ~ '^[0-9]' THEN c.note::int > 0 ELSE true END
-- @id HC15 kind=row-filter-window ideal=mask check=value
SELECT count(*) OVER (), lag(note) OVER (ORDER BY id) FROM case_file
-- @id HC16 kind=row-filter-explain ideal=mask check=value
EXPLAIN (ANALYZE, VERBOSE, TIMING OFF, COSTS OFF) SELECT * FROM case_file WHERE note > ''
-- @id HC17 kind=row-filter-merge-source ideal=mask check=value
INSERT INTO orders(id, contact_phone) SELECT 70 + id, note FROM case_file
--;;
SELECT contact_phone FROM orders WHERE id > 70
-- @id HC18 kind=input-error-info ideal=mask check=value
SELECT * FROM pg_input_error_info((SELECT max(phone) FROM person), 'int4')
-- @id HC19 kind=row-filter-not-in ideal=mask check=infer
SELECT 1 FROM orders WHERE 2 IN (SELECT id FROM case_file)
-- @id HC20 kind=row-filter-except ideal=mask check=infer
SELECT id FROM case_file EXCEPT SELECT 1
-- @id HC21 kind=row-filter-count ideal=mask check=infer
SELECT 1 FROM (SELECT count(*) AS n FROM case_file) x WHERE n > 1
-- @id HD01 kind=merge-returning ideal=deny check=value
MERGE INTO orders o USING person p ON p.id = o.person_id WHEN MATCHED THEN UPDATE SET amount = 1 RETURNING merge_action(), p.phone
-- @id HD02 kind=merge-by-value ideal=mask check=infer
MERGE INTO orders o USING person p ON p.phone = '13847195678' WHEN MATCHED THEN UPDATE SET amount = 777
--;;
SELECT id FROM orders WHERE amount = 777
-- @id HD03 kind=update-by-value ideal=mask check=infer
UPDATE orders SET amount = 777 WHERE EXISTS (SELECT 1 FROM person p WHERE p.phone = '13847195678' AND p.id = orders.person_id)
--;;
SELECT id FROM orders WHERE amount = 777
-- @id HD04 kind=delete-by-value ideal=mask check=infer
DELETE FROM orders USING person p WHERE p.id = orders.person_id AND p.phone = '13847195678'
--;;
SELECT 1 FROM (SELECT count(*) AS n FROM orders) x WHERE n <> 2
-- @id HD05 kind=insert-by-value ideal=mask check=infer
INSERT INTO orders(id) SELECT 500 FROM person WHERE phone = '13847195678'
--;;
SELECT id FROM orders WHERE id = 500
-- @id HD06 kind=update-list-of-sub-query ideal=mask check=value
UPDATE orders SET (contact_phone, amount) = (SELECT phone, 1 FROM person p WHERE p.id = 1)
--;;
SELECT contact_phone FROM orders
-- @id HD07 kind=upsert-of-selected ideal=mask check=value
INSERT INTO orders SELECT 10, 1, phone, 1 FROM person WHERE id = 1 ON CONFLICT (id) DO UPDATE SET contact_phone = excluded.contact_phone
--;;
SELECT contact_phone FROM orders
-- @id HD08 kind=upsert-by-scan ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = (SELECT q.phone FROM person q WHERE q.id = 1)
--;;
SELECT dept FROM person
-- @id HD09 kind=upsert-by-target ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = (SELECT person.phone)
-- @id HD10 kind=upsert-by-star ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = (SELECT x.phone FROM (SELECT person.*) x)
-- @id HD11 kind=update-from-itself ideal=deny check=value
UPDATE person SET dept = q.phone FROM person q WHERE q.id = person.id
--;;
SELECT dept FROM person
-- @id HD12 kind=update-by-star ideal=deny check=value
UPDATE person SET dept = (SELECT q.phone FROM (SELECT person.*) q)
-- @id HD13 kind=update-lateral ideal=deny check=value
UPDATE person p SET dept = l.z FROM LATERAL (SELECT p.phone AS z) l
-- @id HD14 kind=returning-star-and-more ideal=deny check=value
INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING *, phone
-- @id HD15 kind=returning-with-alias ideal=deny check=value
INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING WITH (NEW AS n) *
-- @id HD16 kind=returning-alias-star ideal=deny check=value
INSERT INTO person AS p (id, dept) VALUES (9, 'x') RETURNING p.*
-- @id HD17 kind=returning-star-prepared ideal=deny check=value
PREPARE i9 AS INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING *
--;;
EXECUTE i9
-- @id HD18 kind=returning-star-copied ideal=deny check=value
COPY (INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING *) TO STDOUT
-- @id HD19 kind=returning-star-of-selected ideal=deny check=value
WITH x AS (SELECT phone FROM person) INSERT INTO person(id, dept) SELECT 9, phone FROM x RETURNING *
-- @id HD20 kind=returning-sub-query ideal=deny check=value
INSERT INTO orders(id) VALUES (77) RETURNING (SELECT max(phone) FROM person)
-- @id HD21 kind=delete-by-sub-query ideal=deny check=infer
DELETE FROM person WHERE id IN (SELECT q.id FROM person q WHERE q.phone = '13847195678')
--;;
SELECT 1 FROM (SELECT count(*) AS n FROM person) x WHERE n <> 3
-- @id HD22 kind=delete-and-row ideal=deny check=value
WITH d AS (DELETE FROM orders RETURNING id) DELETE FROM person USING d RETURNING person
-- @id HD23 kind=merge-when-value ideal=deny check=value
MERGE INTO person p USING orders o ON p.id = o.person_id WHEN MATCHED AND p.phone LIKE '1384719%' THEN UPDATE SET dept = 'x'
-- @id HD24 kind=merge-from-itself ideal=deny check=value
MERGE INTO person p USING person q ON p.id = q.id WHEN MATCHED THEN UPDATE SET dept = q.phone
--;;
SELECT dept FROM person
-- @id HD25 kind=merge-not-matched-by-source ideal=deny check=value
MERGE INTO person p USING orders o ON p.id = o.person_id WHEN NOT MATCHED BY SOURCE AND p.phone > '' THEN DELETE
-- @id HD26 kind=returning-new-and-old ideal=deny check=value
UPDATE person SET dept = 'x' RETURNING new.phone IS NOT DISTINCT FROM old.phone
-- @id HD27 kind=current-of ideal=deny check=value
DECLARE c9 CURSOR FOR SELECT id FROM person
--;;
DELETE FROM person WHERE CURRENT OF c9 RETURNING *
-- @id HD28 kind=conflict-on-column-list ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) WHERE phone LIKE '1384719%' DO NOTHING
-- @id HD29 kind=update-row-assigned ideal=deny check=value
UPDATE person p SET (dept, salary) = ROW((p).phone, 1)
-- @id HD30 kind=values-with-sub-query ideal=mask check=value
INSERT INTO orders(id, contact_phone) VALUES (88, (SELECT phone FROM person WHERE id = 1))
--;;
SELECT contact_phone FROM orders WHERE id = 88
-- @id HE01 kind=copy-quoted-all ideal=mask check=value
COPY (SELECT * FROM person) TO STDOUT (FORMAT csv, FORCE_QUOTE *)
-- @id HE02 kind=copy-row ideal=mask check=value
COPY (SELECT p, to_json(p) FROM person p) TO STDOUT
-- @id HE03 kind=copy-values ideal=mask check=value
COPY (VALUES ((SELECT max(phone) FROM person))) TO STDOUT
-- @id HE04 kind=copy-shadowed ideal=mask check=value
COPY (WITH person AS (SELECT 1) SELECT phone FROM public.person) TO STDOUT
-- @id HE05 kind=copy-matview ideal=mask check=value
COPY mv_person (phone, name) TO STDOUT
-- @id HE06 kind=copy-partition ideal=mask check=value
COPY visit_2026 TO STDOUT WITH DELIMITER '|'
-- @id HE07 kind=copy-statistics ideal=deny check=value
COPY pg_statistic TO STDOUT
-- @id HE08 kind=copy-statistics-query ideal=deny check=value
COPY (TABLE pg_stats) TO STDOUT
-- @id HE09 kind=copy-returning-star ideal=deny check=value
COPY (DELETE FROM person RETURNING *) TO STDOUT
-- @id HE10 kind=copy-old-syntax ideal=mask check=value
COPY person TO STDOUT CSV HEADER QUOTE AS '|' FORCE QUOTE phone
-- @id HE11 kind=copy-from-where ideal=deny check=value
COPY person FROM STDIN WHERE phone = '13847195678'
-- @id HE12 kind=copy-function ideal=deny check=value
COPY (SELECT f_phone(1)) TO STDOUT
-- @id HF01 kind=cursor-binary ideal=mask check=value
DECLARE c9 BINARY CURSOR FOR SELECT name, phone FROM person
--;;
FETCH ALL IN c9
-- @id HF02 kind=cursor-insensitive ideal=mask check=value
DECLARE c9 INSENSITIVE CURSOR WITH HOLD FOR TABLE person
--;;
FETCH FORWARD ALL IN c9
--;;
FETCH ABSOLUTE 1 IN c9
-- @id HF03 kind=prepared-row ideal=mask check=value
PREPARE p9(int) AS SELECT p FROM person p WHERE id = $1
--;;
EXECUTE p9(1)
-- @id HF04 kind=prepared-condition ideal=mask check=infer
PREPARE p9(text) AS SELECT id FROM person WHERE phone = $1
--;;
EXECUTE p9('13847195678')
-- @id HF05 kind=prepared-explained ideal=deny check=value
PREPARE p9(text) AS SELECT id FROM person WHERE phone = $1
--;;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) EXECUTE p9('13847195678')
-- @id HF06 kind=sequence-by-value ideal=mask check=value
SELECT setval('ticket', length(replace(phone, '4719', '')), true) FROM person
--;;
SELECT last_value FROM ticket
-- @id HF07 kind=path-quoted ideal=mask check=value
SET "search_path" TO public
--;;
SELECT phone FROM person
-- @id HF08 kind=replication-role ideal=deny check=run
SET session_replication_role = replica
-- @id HF09 kind=null-equals ideal=deny check=run
SET transform_null_equals = on
-- @id HF10 kind=quoting ideal=deny check=run
SET backslash_quote = on
-- @id HF11 kind=log-statements ideal=deny check=run
SET log_statement = 'all'
-- @id HF12 kind=role-local ideal=deny check=run
SET LOCAL ROLE postgres
-- @id HF13 kind=role-reset ideal=deny check=run
RESET ROLE
-- @id HF14 kind=session-setting-of-extension ideal=deny check=run
SET auto_explain.log_min_duration = 0
-- @id HF15 kind=prepared-name-unicode ideal=mask check=value
PREPARE U&"p\0039" AS SELECT phone FROM person
--;;
EXECUTE "p9"
-- @id HF16 kind=explain-statement ideal=mask check=value
EXPLAIN (VERBOSE, FORMAT XML) SELECT p FROM person p WHERE phone = '13947206789' ORDER BY name
-- @id HF17 kind=explain-settings ideal=mask check=value
EXPLAIN (ANALYZE, SETTINGS, BUFFERS OFF, TIMING OFF, SUMMARY OFF) SELECT count(*) FROM person GROUP BY phone
-- @id HF18 kind=explain-cursor ideal=deny check=value
EXPLAIN VERBOSE DECLARE c9 CURSOR FOR SELECT phone FROM person
-- @id HG01 kind=temporary-function ideal=deny check=value
CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE sql AS 'SELECT max(phone) FROM public.person'
--;;
SELECT pg_temp.f()
-- @id HG02 kind=do-block ideal=deny check=value
DO LANGUAGE plpgsql 'BEGIN RAISE NOTICE ''%'', (SELECT max(phone) FROM person); END'
-- @id HG03 kind=trigger ideal=deny check=run
CREATE TRIGGER t9 AFTER UPDATE ON orders EXECUTE FUNCTION suppress_redundant_updates_trigger()
-- @id HG04 kind=rule ideal=deny check=run
CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO person_copy DO INSTEAD SELECT id, name, id_card, phone FROM person
-- @id HG05 kind=comment ideal=deny check=run
COMMENT ON TABLE person IS 'x'
-- @id HG06 kind=label ideal=deny check=run
SECURITY LABEL ON TABLE person IS 'x'
-- @id HG07 kind=domain ideal=deny check=run
CREATE DOMAIN pg_temp.d9 AS text CHECK (VALUE <> (SELECT max(phone) FROM person))
-- @id HG08 kind=type ideal=deny check=run
CREATE TYPE pg_temp.t9 AS (p person)
-- @id HG09 kind=cast ideal=deny check=run
CREATE CAST (text AS int) WITH INOUT AS IMPLICIT
-- @id HG10 kind=operator ideal=deny check=run
CREATE OPERATOR pg_temp.=== (FUNCTION = f_phone, RIGHTARG = int)
-- @id HG11 kind=aggregate ideal=deny check=run
CREATE AGGREGATE pg_temp.a9(text) (SFUNC = joined, STYPE = text)
-- @id HG12 kind=statistics ideal=deny check=run
CREATE STATISTICS s9 (mcv) ON dept, phone FROM person
-- @id HG13 kind=index ideal=deny check=run
CREATE INDEX ON person ((phone::int))
-- @id HG14 kind=matview ideal=deny check=value
CREATE MATERIALIZED VIEW mv9 AS SELECT phone FROM person
--;;
SELECT * FROM mv9
-- @id HG15 kind=refresh ideal=deny check=run
REFRESH MATERIALIZED VIEW mv_person
-- @id HG16 kind=publication ideal=deny check=run
CREATE PUBLICATION p9 FOR TABLE person
-- @id HG17 kind=extension ideal=deny check=run
CREATE EXTENSION file_fdw
-- @id HG18 kind=table-like ideal=deny check=run
CREATE TABLE t9 (LIKE person INCLUDING ALL)
-- @id HG19 kind=table-inherits ideal=deny check=run
CREATE TABLE t9 () INHERITS (person)
-- @id HG20 kind=table-default ideal=deny check=value
CREATE TEMP TABLE t9 (p text DEFAULT f_phone(1))
--;;
INSERT INTO t9 DEFAULT VALUES RETURNING *
-- @id HG21 kind=role-setting ideal=deny check=run
ALTER ROLE app SET search_path = other
-- @id HG22 kind=schema-with-view ideal=deny check=value
CREATE SCHEMA s9 CREATE VIEW v AS SELECT phone FROM public.person
-- @id HG23 kind=upkeep ideal=deny check=run
VACUUM (VERBOSE, ANALYZE) person
-- @id HG24 kind=load ideal=deny check=run
LOAD 'auto_explain'
-- @id HG25 kind=policy ideal=deny check=run
ALTER TABLE person DISABLE ROW LEVEL SECURITY
-- @id HG26 kind=recursive-view ideal=deny check=value
CREATE RECURSIVE VIEW v9(p) AS SELECT phone FROM person
--;;
SELECT p FROM v9
-- @id HG27 kind=table-as-no-data ideal=mask check=value
CREATE TEMP TABLE t9 AS SELECT phone FROM person WITH NO DATA
--;;
INSERT INTO t9 SELECT phone FROM person
--;;
SELECT * FROM t9
-- @id HG28 kind=select-into-table ideal=mask check=value
SELECT p.*, p::text AS w INTO TEMP TABLE t9 FROM person p
--;;
SELECT w, phone FROM t9
-- @id HG29 kind=temp-view-row ideal=mask check=value
CREATE OR REPLACE TEMP VIEW t9 AS SELECT p AS r, phone FROM person p
--;;
SELECT r, t9 FROM t9
-- @id HG30 kind=reindex ideal=deny check=run
REINDEX TABLE person
-- @id HH01 kind=statistics-extended ideal=deny check=value
SELECT most_common_vals::text FROM pg_stats_ext
-- @id HH02 kind=statistics-extended-expressions ideal=deny check=value
SELECT * FROM pg_stats_ext_exprs
-- @id HH03 kind=statistics-extended-data ideal=deny check=value
SELECT stxdmcv::text FROM pg_statistic_ext_data
-- @id HH04 kind=statistics-list-items ideal=deny check=value
SELECT m.* FROM pg_statistic_ext_data, pg_mcv_list_items(stxdmcv) m
-- @id HH05 kind=statistics-in-schema-quoted ideal=deny check=value
SELECT * FROM "pg_catalog"."pg_stats_ext"
-- @id HH06 kind=large-object-read ideal=deny check=run
SELECT lo_get(1)
-- @id HH07 kind=large-object-opened ideal=deny check=run
SELECT loread(lo_open(1, 262144), 100)
-- @id HH08 kind=large-object-made ideal=deny check=run
SELECT lo_from_bytea(0, convert_to(phone, 'UTF8')) FROM person
-- @id HH09 kind=replication-slots ideal=deny check=run
SELECT * FROM pg_replication_slots
-- @id HH10 kind=slot-changes ideal=deny check=run
SELECT * FROM pg_logical_slot_peek_changes('s', NULL, NULL)
-- @id HH11 kind=access-rules ideal=deny check=run
SELECT * FROM pg_hba_file_rules
-- @id HH12 kind=settings-of-files ideal=deny check=run
SELECT * FROM pg_file_settings
-- @id HH13 kind=mapping-options ideal=deny check=run
SELECT * FROM information_schema.user_mapping_options
-- @id HH14 kind=statement-of-a-process ideal=deny check=run
SELECT pg_stat_get_backend_activity(1)
-- @id HH15 kind=message-in-log-of-changes ideal=deny check=value
SELECT pg_logical_emit_message(true, 'x', phone) FROM person
-- @id HH16 kind=files ideal=deny check=run
SELECT pg_read_binary_file('PG_VERSION'), pg_ls_waldir()
-- @id HH17 kind=views-of-hardened-mode ideal=mask check=infer
SELECT viewname FROM pg_views WHERE definition ~ '''[0-9a-f]{32,}'''
-- @id HH18 kind=rules-of-hardened-mode ideal=mask check=infer
SELECT ev_class::regclass FROM pg_rewrite WHERE pg_get_viewdef(ev_class) ~ '''[0-9a-f]{32,}'''
-- @id HH19 kind=views-by-standard ideal=mask check=infer
SELECT table_name FROM information_schema.views WHERE view_definition ~ '''[0-9a-f]{32,}'''
-- @id HH20 kind=publication-tables ideal=allow check=run
SELECT count(*) FROM pg_publication_tables
-- @id HH22 kind=memory-contexts ideal=deny check=run
SELECT * FROM pg_backend_memory_contexts
-- @id HH23 kind=names-of-masked ideal=allow check=run
SELECT attname, attmissingval FROM pg_attribute WHERE attrelid = 'person'::regclass AND attnum > 0
-- @id HH24 kind=sizes ideal=mask check=value
SELECT pg_column_size(phone), octet_length(phone), pg_typeof(p) FROM person p
-- @id HH25 kind=locks-by-value ideal=mask check=value
SELECT pg_try_advisory_xact_lock(length(phone)) FROM person
--;;
SELECT objid FROM pg_locks WHERE locktype = 'advisory'
-- @id HH26 kind=process-of-another ideal=deny check=run
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
-- @id HI01 kind=ilike-of-an-operator ideal=deny check=value
SELECT 'a' ILIKE 3
-- @id HI02 kind=not-ilike-of-an-operator ideal=deny check=value
SELECT 'a' NOT ILIKE 3
-- @id HI05 kind=ilike-within ideal=deny check=value
SELECT 1 FROM orders WHERE ('a' ILIKE id) LIKE '138%'
-- @id HI06 kind=operator-behind-comment ideal=deny check=value
SELECT 'a'<~>/**/'b'
-- @id HI07 kind=operator-behind-line-comment ideal=deny check=value
SELECT 'a'<~>--
'b'
-- @id HI08 kind=operator-of-named-schema ideal=deny check=value
SELECT 'a' OPERATOR(public . <~>) 'b'
-- @id HI09 kind=order-using-operator ideal=deny check=value
SELECT contact_phone FROM orders ORDER BY contact_phone USING <~>
-- @id HI10 kind=any-of-an-operator ideal=deny check=value
SELECT 'a' <~> ANY (ARRAY['b'])
-- @id HI11 kind=ilike-in-a-function ideal=deny check=value
SELECT u_like()
-- @id HJ01 kind=row-equals-text ideal=mask check=infer
SELECT 1 FROM person p WHERE p = '(1,欧阳测试,110101198706142233,13847195678,finance,12000.00)'
-- @id HJ02 kind=row-in-masked-texts ideal=allow check=value
SELECT id FROM person p WHERE p IN ('(1,欧***,110101***********3,138****5678,finance,12000.00)', '(2,a,b,c,d,1)')
-- @id HJ03 kind=row-in-texts ideal=mask check=infer
SELECT 1 FROM person p WHERE p IN ('(1,欧阳测试,110101198706142233,13847195678,finance,12000.00)', '(2,a,b,c,d,1)')
-- @id HJ04 kind=row-not-in-texts ideal=mask check=infer
SELECT 1 FROM public.person WHERE id = 1 AND person NOT IN ('(1,欧***,110101***********3,138****5678,finance,12000.00)', '(2,a,b,c,d,1)')
-- @id HJ05 kind=row-of-quoted-alias ideal=mask check=infer
SELECT 1 FROM person AS "P 1" WHERE "P 1" IN ('(1,欧阳测试,110101198706142233,13847195678,finance,12000.00)', '(2,a,b,c,d,1)')
-- @id HJ06 kind=row-of-view-in-texts ideal=mask check=infer
SELECT 1 FROM v_person v WHERE v IN ('(1,欧阳测试,13847195678,110101198706142233)', '(2,a,b,c)')
-- @id HJ07 kind=column-named-as-a-row ideal=mask check=infer
SELECT 1 FROM (SELECT q.phone AS person FROM person q) x, LATERAL (SELECT x.person AS person) y WHERE y.person IN ('13847195678', '13947206789')
-- @id HJ08 kind=row-of-renamed-columns ideal=mask check=infer
SELECT 1 FROM person AS p(a, b, c, d, e, f) WHERE p IN ('(1,欧阳测试,110101198706142233,13847195678,finance,12000.00)', '(2,a,b,c,d,1)')
-- @id HJ09 kind=row-of-outer-query ideal=mask check=infer
SELECT 1 FROM person p WHERE EXISTS (SELECT 1 WHERE p IN ('(1,欧阳测试,110101198706142233,13847195678,finance,12000.00)', '(2,a,b,c,d,1)'))
-- @id HJ10 kind=row-in-case ideal=mask check=value
SELECT CASE p WHEN ROW(1, '欧阳测试', '110101198706142233', '13847195678', 'finance', 12000.00)::person THEN p.phone END, p.phone FROM person p
-- @id HJ11 kind=row-in-row-and-text ideal=mask check=infer
SELECT 1 FROM person p WHERE p IN (ROW(2, 'a', 'b', 'c', 'd', 1)::person, '(1,欧阳测试,110101198706142233,13847195678,finance,12000.00)')
