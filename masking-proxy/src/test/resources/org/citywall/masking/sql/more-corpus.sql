-- more-corpus.sql: statements of the project's own beside bypass-corpus.sql, in the same form. Named after what people who
-- mask data have complained about: functions, aliases, positions, views, writes that return rows, other protocols, errors.
-- @id OA01 kind=functional-notation-alias ideal=mask check=value
SELECT phone(p) FROM person p
-- @id OA02 kind=functional-notation-quoted ideal=mask check=value
SELECT "phone"("person") FROM person
-- @id OA03 kind=attribute-notation-function ideal=deny check=value
SELECT (o).leak FROM orders o
-- @id OA04 kind=attribute-notation-qualified ideal=deny check=value
SELECT o.leak FROM orders o
-- @id OA05 kind=attribute-notation-scalar ideal=deny check=run
SELECT ('PG_VERSION'::text).pg_read_file
-- @id OA06 kind=attribute-notation-integer ideal=deny check=value
SELECT (1).f_phone
-- @id OA07 kind=function-of-row ideal=deny check=value
SELECT leak(o) FROM orders o
-- @id OA08 kind=shadowing-function ideal=mask check=value
SELECT lower(1::text)
-- @id OA09 kind=shadowing-function-integer ideal=mask check=value
SELECT lower(id) FROM person
-- @id OA10 kind=shadowing-attribute ideal=deny check=value
SELECT (id).lower FROM person
-- @id OA11 kind=operator-of-schema ideal=deny check=value
SELECT 'a' OPERATOR(other.|||) 'b'
-- @id OA12 kind=schema-function ideal=deny check=value
SELECT public.f_phone(1)
-- @id OA13 kind=quoted-function ideal=deny check=value
SELECT "f_phone"(1)
-- @id OA14 kind=unicode-function ideal=deny check=value
SELECT U&"f\005fphone"(1)
-- @id OA15 kind=function-in-from ideal=deny check=value
SELECT * FROM ROWS FROM (f_person(), generate_series(1, 3)) AS x
-- @id OA16 kind=function-lateral ideal=deny check=value
SELECT x.* FROM orders o, LATERAL f_phone(o.person_id) x
-- @id OA17 kind=function-in-order ideal=deny check=value
SELECT id FROM orders ORDER BY f_phone(person_id)
-- @id OA18 kind=function-in-filter ideal=deny check=value
SELECT count(*) FILTER (WHERE f_phone(person_id) LIKE '138%') FROM orders
-- @id OA19 kind=function-in-limit ideal=deny check=value
SELECT id FROM orders LIMIT length(f_phone(1))
-- @id OA20 kind=function-in-values ideal=deny check=value
VALUES (1, f_phone(1))
-- @id OA21 kind=record-star ideal=deny check=value
SELECT (f_person()).*
-- @id OA22 kind=cursor-xml ideal=deny check=value
SELECT cursor_to_xml('c', 1, true, false, '')
-- @id OA23 kind=ts-rewrite ideal=deny check=value
SELECT ts_rewrite('a'::tsquery, 'SELECT to_tsquery(phone), to_tsquery(phone) FROM person')
-- @id OA24 kind=current-query ideal=deny check=run
SELECT current_query()
-- @id OA25 kind=prepared-statements ideal=deny check=run
SELECT statement FROM pg_prepared_statements
-- @id OA26 kind=cursors ideal=deny check=run
SELECT statement FROM pg_cursors
-- @id OA27 kind=statistics ideal=deny check=value
SELECT stavalues1::text FROM pg_statistic
-- @id OA28 kind=statistics-qualified ideal=deny check=value
SELECT * FROM pg_catalog.pg_stats
-- @id OA29 kind=statistics-upper ideal=deny check=value
SELECT * FROM PG_STATS
-- @id OA30 kind=activity-function ideal=deny check=run
SELECT * FROM pg_stat_get_activity(NULL)
-- @id OA31 kind=large-object ideal=deny check=run
SELECT * FROM pg_largeobject
-- @id OA32 kind=shadow ideal=deny check=run
SELECT passwd FROM pg_shadow
-- @id OA33 kind=sequence-state ideal=allow check=run
SELECT last_value FROM ticket
-- @id OA34 kind=toast ideal=deny check=run
SELECT * FROM pg_toast.pg_toast_2619
-- @id OB01 kind=partition ideal=mask check=value
SELECT * FROM visit
-- @id OB02 kind=partition-direct ideal=mask check=value
SELECT person_phone FROM visit_2026
-- @id OB03 kind=partition-only ideal=mask check=value
SELECT person_phone FROM ONLY visit_2026
-- @id OB04 kind=inheritance-parent ideal=mask check=value
SELECT label FROM contact
-- @id OB05 kind=inheritance-child ideal=mask check=value
SELECT * FROM contact_private
-- @id OB06 kind=inheritance-only ideal=mask check=value
SELECT * FROM ONLY (contact)
-- @id OB07 kind=row-filter ideal=mask check=value
SELECT * FROM case_file
-- @id OB08 kind=row-filter-error ideal=mask check=value
SELECT id FROM case_file WHERE note::bigint > 0
-- @id OB09 kind=row-filter-count ideal=mask check=value
SELECT note FROM case_file WHERE unit = 'west'
-- @id OB10 kind=row-filter-update ideal=deny check=value
UPDATE case_file SET unit = 'east' WHERE unit = 'west'
--;;
SELECT note FROM case_file
-- @id OB11 kind=row-filter-delete ideal=mask check=value
DELETE FROM case_file RETURNING note
-- @id OB12 kind=keyed-hash ideal=mask check=value
SELECT phone FROM pseudonym
-- @id OB13 kind=keyed-hash-explain ideal=deny check=value
EXPLAIN VERBOSE SELECT phone FROM pseudonym
-- @id OB14 kind=odd-names ideal=mask check=value
SELECT "Tel No" FROM "Odd Name"
-- @id OB15 kind=odd-names-star ideal=mask check=value
SELECT o.*, "Odd Name"."Tel No" FROM "Odd Name", "Odd Name" AS o
-- @id OB16 kind=odd-names-unicode ideal=mask check=value
SELECT * FROM U&"Odd!0020Name" UESCAPE '!'
-- @id OC01 kind=nested-view ideal=mask check=value
SELECT t FROM v_nested
-- @id OC02 kind=view-with-expression ideal=mask check=value
SELECT * FROM v_cte
-- @id OC03 kind=view-union ideal=mask check=value
SELECT d FROM v_union
-- @id OC04 kind=view-function ideal=deny check=value
SELECT p FROM v_function
-- @id OC05 kind=view-recursive ideal=mask check=value
SELECT p FROM v_recursive
-- @id OC06 kind=view-alias-list ideal=mask check=value
SELECT b FROM v_person AS v(a, n, b, i)
-- @id OC07 kind=view-row ideal=mask check=value
SELECT v_person::text, row_to_json(v_person) FROM v_person
-- @id OC08 kind=view-predicate ideal=mask check=infer
SELECT 1 FROM v_person WHERE tel = '13847195678'
-- @id OC09 kind=view-join ideal=mask check=value
SELECT v.tel, p.phone FROM v_person v NATURAL JOIN person p
-- @id OC10 kind=view-harmless ideal=allow check=run
SELECT * FROM v_harmless
-- @id OC11 kind=view-table-command ideal=mask check=value
TABLE v_person
-- @id OC12 kind=view-qualified-row ideal=mask check=value
SELECT public.v_person.tel, public.v_person FROM public.v_person
-- @id OC13 kind=matview-alias ideal=mask check=value
SELECT dept, phone FROM mv_alias
-- @id OC14 kind=matview-computed ideal=mask check=value
SELECT * FROM mv_computed
-- @id OC15 kind=matview-join ideal=mask check=value
SELECT x FROM mv_join
-- @id OC16 kind=matview-function ideal=deny check=value
SELECT p FROM mv_function
-- @id OC17 kind=matview-harmless ideal=allow check=run
SELECT * FROM mv_harmless
-- @id OC18 kind=matview-row ideal=mask check=value
SELECT m, to_jsonb(m) FROM mv_person m
-- @id OC19 kind=temp-view-of-view ideal=mask check=value
CREATE TEMP VIEW tv AS SELECT tel AS a FROM v_person
--;;
SELECT a FROM tv
-- @id OC20 kind=temp-view-function ideal=deny check=value
CREATE TEMP VIEW tv AS SELECT f_phone(1) AS a
--;;
SELECT a FROM tv
-- @id OC21 kind=view-with-check ideal=deny check=value
CREATE VIEW pv AS SELECT phone FROM person WITH CHECK OPTION
-- @id OC22 kind=view-in-temp-schema ideal=deny check=value
CREATE VIEW pg_temp.pv AS SELECT phone FROM person
--;;
SELECT phone FROM pg_temp.pv
-- @id OC23 kind=temp-view-write ideal=deny check=value
CREATE TEMP VIEW tv AS SELECT id, dept, phone FROM person
--;;
UPDATE tv SET dept = phone
-- @id OD01 kind=returning-old ideal=deny check=value
DELETE FROM person WHERE id = 1 RETURNING old.*
-- @id OD02 kind=returning-old-row ideal=deny check=value
DELETE FROM person WHERE id = 1 RETURNING old
-- @id OD03 kind=returning-old-json ideal=deny check=value
UPDATE person SET dept = 'x' RETURNING to_json(old)
-- @id OD04 kind=returning-new ideal=deny check=value
UPDATE person SET dept = 'x' RETURNING new.*
-- @id OD05 kind=returning-new-field ideal=deny check=value
UPDATE person SET dept = 'x' RETURNING (new).phone
-- @id OD06 kind=returning-with ideal=deny check=value
UPDATE person SET dept = 'x' RETURNING WITH (OLD AS o) o.phone
-- @id OD07 kind=returning-row ideal=deny check=value
UPDATE person AS p SET dept = 'x' RETURNING p
-- @id OD08 kind=returning-function ideal=deny check=value
UPDATE person AS p SET dept = 'x' RETURNING phone(p)
-- @id OD09 kind=returning-text ideal=deny check=value
UPDATE person SET dept = 'x' RETURNING person::text
-- @id OD10 kind=returning-qualified ideal=deny check=value
UPDATE public.person SET dept = 'x' RETURNING public.person.*
-- @id OD11 kind=returning-shown ideal=mask check=value
UPDATE person SET dept = 'x' WHERE id = 1 RETURNING id, dept
-- @id OD12 kind=predicate ideal=deny check=value
UPDATE person SET dept = 'found' WHERE phone LIKE '1384719%'
--;;
SELECT dept FROM person
-- @id OD13 kind=delete-predicate ideal=deny check=value
DELETE FROM person WHERE phone = '13847195678'
-- @id OD14 kind=set-row ideal=deny check=value
UPDATE person p SET dept = (p).phone
-- @id OD15 kind=set-list ideal=deny check=value
UPDATE person SET (dept, salary) = (phone, 1)
-- @id OD16 kind=set-sub-query ideal=deny check=value
UPDATE person SET dept = (SELECT person.phone)
-- @id OD17 kind=set-json ideal=deny check=value
UPDATE person SET dept = to_jsonb(person) ->> 'phone'
-- @id OD18 kind=conflict-target ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = person.phone
-- @id OD19 kind=conflict-row ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = person::text
-- @id OD20 kind=conflict-where ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = 'y' WHERE person.phone LIKE '1384719%'
-- @id OD21 kind=conflict-harmless ideal=mask check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = excluded.dept
-- @id OD22 kind=insert-every-column ideal=deny check=value
INSERT INTO person SELECT * FROM person WHERE false
-- @id OD23 kind=write-back ideal=deny check=value
INSERT INTO person(id, phone) SELECT id + 100, phone FROM person
-- @id OD24 kind=write-back-update ideal=deny check=value
UPDATE person SET phone = '138****5678' WHERE id = 1
-- @id OD25 kind=merge-target-row ideal=deny check=value
MERGE INTO person p USING orders o ON p.id = o.person_id WHEN MATCHED THEN UPDATE SET dept = p.phone
-- @id OD26 kind=merge-condition ideal=deny check=value
MERGE INTO person p USING orders o ON p.phone = '13847195678' WHEN MATCHED THEN UPDATE SET dept = 'x'
-- @id OD27 kind=merge-insert ideal=deny check=value
MERGE INTO person p USING orders o ON p.id = o.id WHEN NOT MATCHED THEN INSERT VALUES (o.id, 'a', 'b', 'c', 'd', 1)
-- @id OD28 kind=delete-using ideal=deny check=value
DELETE FROM orders o USING person p WHERE p.id = o.person_id RETURNING p.phone
-- @id OD29 kind=modifying-expression ideal=deny check=value
WITH d AS (DELETE FROM person RETURNING old.*) SELECT * FROM d
-- @id OD30 kind=modifying-expression-shown ideal=mask check=value
WITH d AS (UPDATE orders SET amount = 1 RETURNING id) SELECT p.phone FROM d JOIN person p ON true
-- @id OD31 kind=expression-named-as-target ideal=deny check=value
WITH person AS (SELECT 1 AS id) UPDATE person SET dept = person.phone
-- @id OD32 kind=select-into-nested ideal=deny check=value
SELECT * FROM (SELECT phone INTO t9 FROM person) x
-- @id OD33 kind=create-as-execute ideal=deny check=value
PREPARE p9 AS SELECT phone FROM person
--;;
CREATE TABLE t9 AS EXECUTE p9
-- @id OD34 kind=create-temp-as ideal=mask check=value
CREATE TEMP TABLE t9 AS TABLE person
--;;
SELECT * FROM t9
-- @id OD35 kind=copy-in ideal=deny check=value
COPY person FROM STDIN
-- @id OD36 kind=truncate ideal=deny check=value
TRUNCATE person
-- @id OE01 kind=copy-columns ideal=mask check=value
COPY public.person (id, phone) TO STDOUT WITH (FORMAT csv, HEADER)
-- @id OE02 kind=copy-table-command ideal=mask check=value
COPY (TABLE person) TO STDOUT
-- @id OE03 kind=copy-view-query ideal=mask check=value
COPY (SELECT * FROM v_person) TO STDOUT
-- @id OE04 kind=copy-program ideal=deny check=run
COPY person TO PROGRAM 'cat'
-- @id OE05 kind=copy-returning ideal=deny check=value
COPY (UPDATE person SET dept = 'x' RETURNING phone) TO STDOUT
-- @id OE06 kind=copy-quoted ideal=mask check=value
COPY "person" ("phone") TO STDOUT
-- @id OE07 kind=cursor-scroll ideal=mask check=value
DECLARE "c 1" SCROLL CURSOR WITH HOLD FOR SELECT p.* FROM person p
--;;
FETCH BACKWARD ALL FROM "c 1"
--;;
MOVE FIRST IN "c 1"
--;;
FETCH NEXT FROM "c 1"
-- @id OE08 kind=prepare-execute-path ideal=mask check=value
SET search_path TO other
--;;
PREPARE p9 AS SELECT phone FROM person
--;;
SET search_path TO public
--;;
EXECUTE p9
-- @id OE09 kind=prepare-execute-argument ideal=deny check=value
PREPARE p9(text) AS SELECT $1
--;;
EXECUTE p9(f_phone(1))
-- @id OE10 kind=explain-json ideal=mask check=value
EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM person ORDER BY phone
-- @id OE11 kind=explain-execute ideal=deny check=value
PREPARE p9 AS SELECT phone FROM pseudonym
--;;
EXPLAIN VERBOSE EXECUTE p9
-- @id OE12 kind=explain-create ideal=deny check=value
EXPLAIN ANALYZE CREATE TABLE t9 AS SELECT phone FROM person
-- @id OE13 kind=path-in-batch ideal=deny check=value
SET search_path TO public; SELECT phone FROM person
-- @id OE14 kind=path-before-catalog ideal=deny check=run
SET search_path TO other, pg_catalog
-- @id OE15 kind=conforming-strings ideal=deny check=run
SET standard_conforming_strings TO off
-- @id OE16 kind=role ideal=deny check=run
SET ROLE postgres
-- @id OE17 kind=authorization ideal=deny check=run
SET SESSION AUTHORIZATION postgres
-- @id OE18 kind=debug-messages ideal=deny check=run
SET client_min_messages TO debug5
-- @id OE19 kind=encoding ideal=deny check=run
SET client_encoding TO 'SQL_ASCII'
-- @id OE20 kind=names ideal=deny check=run
SET NAMES 'GBK'
-- @id OE21 kind=set-config ideal=deny check=run
SELECT set_config('search_path', 'other', false)
-- @id OE22 kind=row-security ideal=deny check=run
SET row_security TO off
-- @id OE23 kind=listen ideal=deny check=run
LISTEN c
-- @id OE24 kind=notify ideal=deny check=run
NOTIFY c, 'x'
-- @id OE25 kind=call ideal=deny check=run
CALL anything()
-- @id OE26 kind=two-phase ideal=deny check=run
PREPARE TRANSACTION 'x'
-- @id OE27 kind=analyze ideal=deny check=run
ANALYZE VERBOSE person
-- @id OE28 kind=lock ideal=deny check=run
LOCK TABLE person
-- @id OE29 kind=grant ideal=deny check=run
GRANT SELECT ON person TO PUBLIC
-- @id OE30 kind=create-rule ideal=deny check=run
CREATE RULE r AS ON INSERT TO orders DO ALSO SELECT phone FROM person
-- @id OF01 kind=expression-before ideal=mask check=value
WITH x AS (SELECT phone FROM person), person AS (SELECT 'a'::text AS phone) SELECT x.phone FROM x, person
-- @id OF02 kind=expression-self ideal=mask check=value
WITH person AS (SELECT * FROM person) SELECT phone FROM person
-- @id OF03 kind=expression-nested ideal=mask check=value
WITH a AS (WITH person AS (SELECT 1 AS id) SELECT id FROM person) SELECT a.id, person.phone FROM a, person
-- @id OF04 kind=expression-arm ideal=mask check=value
(WITH person AS (SELECT 'a' AS phone) SELECT phone FROM person) UNION ALL SELECT phone FROM person
-- @id OF05 kind=expression-forward ideal=mask check=value
WITH RECURSIVE x AS (SELECT phone FROM person), person AS (SELECT 'a'::text AS phone) SELECT phone FROM x
-- @id OF06 kind=expression-qualified ideal=mask check=value
WITH person AS (SELECT 1) SELECT phone FROM public.person
-- @id OF07 kind=expression-sub-query ideal=mask check=value
SELECT (WITH c AS (SELECT max(phone) AS m FROM person) SELECT m FROM c)
-- @id OF08 kind=table-union ideal=mask check=value
TABLE orders UNION ALL SELECT id, 1, phone, 1 FROM person
-- @id OF09 kind=table-only ideal=mask check=value
SELECT * FROM (TABLE ONLY person) AS x
-- @id OF10 kind=only-brackets ideal=mask check=value
SELECT phone FROM ONLY (public.person) AS p
-- @id OF11 kind=sample-alias ideal=mask check=value
SELECT q.b FROM person AS q(a, n, c, b) TABLESAMPLE BERNOULLI (100) REPEATABLE (1)
-- @id OF12 kind=for-update ideal=mask check=value
SELECT phone FROM person FOR UPDATE OF person
-- @id OF13 kind=whole-row-qualified ideal=mask check=value
SELECT public.person FROM public.person
-- @id OF14 kind=whole-row-star-qualified ideal=mask check=value
SELECT demo.public.person.*, demo.public.person.phone FROM demo.public.person
-- @id OF15 kind=join-alias ideal=mask check=value
SELECT j.* FROM (person JOIN orders USING (id)) AS j
-- @id OF16 kind=using-alias ideal=mask check=value
SELECT u.phone FROM person a JOIN person b USING (phone) AS u
-- @id OF17 kind=comment-between ideal=mask check=value
SELECT phone FROM public/* . */./* " */person
-- @id OF18 kind=line-comment ideal=mask check=value
SELECT phone FROM -- person
person
-- @id OF19 kind=dollar-text ideal=mask check=value
SELECT $a$ FROM person $a$, phone FROM person
-- @id OF20 kind=escape-text ideal=mask check=value
SELECT E'\' FROM x --', phone FROM person
-- @id OF21 kind=continued-text ideal=mask check=value
SELECT E'a'
'\' , 1 FROM orders --', phone FROM person
-- @id OF22 kind=operator-comment ideal=mask check=value
SELECT phone||/* x */'' FROM person
-- @id OF23 kind=system-column ideal=mask check=value
SELECT tableoid, ctid FROM person
-- @id OF24 kind=xmltable ideal=mask check=value
SELECT x.v FROM person p, XMLTABLE('/r' PASSING xmlelement(name r, p.phone) COLUMNS v text PATH '.') x
-- @id OF25 kind=recordset ideal=mask check=value
SELECT r.phone FROM json_populate_recordset(NULL::person, (SELECT json_agg(p) FROM person p)) r
-- @id OF26 kind=grouping ideal=mask check=value
SELECT phone FROM person GROUP BY ROLLUP (phone), CUBE (id)
-- @id OF27 kind=window-named ideal=mask check=value
SELECT nth_value(person, 1) OVER w FROM person WINDOW w AS (PARTITION BY phone)
-- @id OF28 kind=percentile ideal=mask check=value
SELECT mode() WITHIN GROUP (ORDER BY phone) FROM person
-- @id OF29 kind=array-slice ideal=mask check=value
SELECT (array_agg(phone))[1:2] FROM person
-- @id OF30 kind=row-comparison ideal=mask check=infer
SELECT 1 FROM person WHERE (id, phone) = (1, '13847195678')
-- @id OF31 kind=any-array ideal=mask check=infer
SELECT 1 FROM person WHERE phone = ANY (ARRAY['13847195678', '13947206789'])
-- @id OF32 kind=all-sub-query ideal=mask check=infer
SELECT 1 FROM orders WHERE '13847195678' = ANY (SELECT phone FROM person)
-- @id OF33 kind=position-infer ideal=mask check=infer
SELECT 1 FROM person WHERE position('4719' IN phone) > 0
-- @id OF34 kind=distinct-from ideal=mask check=infer
SELECT 1 FROM person WHERE phone IS NOT DISTINCT FROM '13847195678'
-- @id OF35 kind=similar ideal=mask check=infer
SELECT 1 FROM person WHERE phone SIMILAR TO '1384719%'
-- @id OF36 kind=hash-infer ideal=mask check=infer
SELECT 1 FROM person WHERE md5(phone) = md5('13847195678')
-- @id OF37 kind=case-infer ideal=mask check=infer
SELECT 1 FROM person WHERE CASE phone WHEN '13847195678' THEN true END
-- @id OF38 kind=join-infer ideal=mask check=infer
SELECT 1 FROM person p JOIN (SELECT '13847195678' AS n) q ON p.phone = q.n
-- @id OG01 kind=harmless-columns ideal=allow check=run
SELECT p.dept, count(*), sum(salary) FROM person p GROUP BY p.dept HAVING count(*) > 0 ORDER BY 2 DESC LIMIT 5
-- @id OG02 kind=harmless-join ideal=allow check=run
SELECT o.amount, p.dept FROM orders o JOIN person p ON p.id = o.person_id WHERE p.id IN (1, 2)
-- @id OG03 kind=harmless-column-named-like ideal=allow check=run
SELECT 'person' AS person, 1 AS phone
-- @id OG04 kind=harmless-sequence ideal=allow check=run
SELECT nextval('ticket')
-- @id OG05 kind=harmless-catalogue ideal=allow check=run
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'public.person'::regclass AND a.attnum > 0
-- @id OG06 kind=harmless-returning ideal=allow check=run
INSERT INTO orders(id, person_id, contact_phone, amount) VALUES (99, 1, 'x', 7) RETURNING id, contact_phone
-- @id OG07 kind=harmless-update ideal=allow check=run
UPDATE orders SET amount = amount + 1 WHERE id = 10 RETURNING *
-- @id OG08 kind=harmless-show ideal=allow check=run
SHOW search_path
-- @id OG09 kind=harmless-select ideal=allow check=run
SELECT now(), current_user, version(), 1 + 1
-- @id OG10 kind=harmless-copy ideal=allow check=run
COPY orders TO STDOUT
-- @id OH01 kind=old-field ideal=deny check=value
UPDATE person SET dept = 'x' RETURNING (old).phone
-- @id OH02 kind=insert-new ideal=deny check=value
INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING new
-- @id OH03 kind=partition-write ideal=deny check=value
UPDATE visit_2026 SET place = person_phone
--;;
SELECT place FROM visit
-- @id OH04 kind=parent-write ideal=deny check=value
UPDATE contact SET id = 2 RETURNING label
-- @id OH05 kind=returning-joined ideal=deny check=value
UPDATE orders o SET amount = 1 FROM person p WHERE p.id = o.person_id RETURNING p.phone
-- @id OH06 kind=copy-old ideal=deny check=value
COPY (DELETE FROM person RETURNING old.*) TO STDOUT
-- @id OH07 kind=modifying-insert ideal=deny check=value
WITH x AS (INSERT INTO person(id, dept) VALUES (77, 'x') RETURNING *) SELECT * FROM x
-- @id OH08 kind=explain-write ideal=deny check=value
EXPLAIN ANALYZE UPDATE person SET dept = phone
-- @id OH09 kind=alias-of-another ideal=deny check=value
UPDATE person AS orders SET dept = 'x' RETURNING orders.*
-- @id OH10 kind=returning-other ideal=mask check=value
UPDATE person p SET dept = 'x' FROM orders o WHERE o.person_id = p.id RETURNING o.*, p.id
-- @id OH11 kind=prepared-write ideal=deny check=value
PREPARE p9 AS UPDATE person SET dept = phone
--;;
EXECUTE p9
-- @id OH12 kind=write-in-nested-expression ideal=deny check=value
WITH a AS (WITH b AS (DELETE FROM person RETURNING phone) SELECT * FROM b) SELECT * FROM a
-- @id OH13 kind=attribute-of-sub-query ideal=deny check=value
SELECT ((SELECT o FROM orders o LIMIT 1)).leak
-- @id OH14 kind=attribute-of-array ideal=deny check=value
SELECT (ARRAY(SELECT o FROM orders o))[1].leak, ((ARRAY(SELECT o FROM orders o))[1]).leak
-- @id OH15 kind=attribute-of-column-path ideal=deny check=value
SELECT (public.orders).leak, public.orders.leak FROM public.orders
-- @id OH16 kind=attribute-through-derived ideal=deny check=value
SELECT d.leak FROM (SELECT * FROM orders) d
-- @id OH17 kind=attribute-through-expression ideal=deny check=value
WITH c AS (SELECT o AS r FROM orders o) SELECT (c.r).leak FROM c
-- @id OH18 kind=attribute-behind-column-of-same-name ideal=deny check=value
SELECT (o).leak FROM orders o, (SELECT 1 AS leak) x
-- @id OH19 kind=attribute-behind-table-with-such-a-column ideal=deny check=value
SELECT (o).leak FROM orders o, named_like_function n
-- @id OH20 kind=harmless-column-of-such-a-name ideal=allow check=run
SELECT (n).leak, n.leak FROM named_like_function n
-- @id OI01 kind=row-filter-update ideal=mask check=value
UPDATE case_file SET note = note || '.' RETURNING *
-- @id OI02 kind=row-filter-update-alias ideal=mask check=value
UPDATE ONLY case_file AS "C f" SET note = 'x' WHERE "C f".id < 9 OR true RETURNING "C f".note
-- @id OI03 kind=row-filter-update-from ideal=mask check=value
UPDATE case_file SET note = o.note FROM case_file o WHERE o.id <> case_file.id
--;;
SELECT note FROM case_file
-- @id OI04 kind=row-filter-delete-using ideal=mask check=value
DELETE FROM case_file c USING person p WHERE (p.id = c.id)
--;;
SELECT note FROM case_file
-- @id OI05 kind=row-filter-in-cte ideal=mask check=value
WITH gone AS (DELETE FROM case_file WHERE EXISTS (SELECT 1 WHERE true) RETURNING note) SELECT * FROM gone
-- @id OI06 kind=row-filter-error ideal=mask check=value
UPDATE case_file SET note = 'y' WHERE CASE WHEN note ~ '^[0-9]' THEN note::int > 0 ELSE true END
-- @id OI07 kind=row-filter-insert ideal=deny check=value
INSERT INTO case_file VALUES (3, 'west', 'note')
-- @id OI08 kind=row-filter-insert-conflict ideal=deny check=value
INSERT INTO case_file(id, unit) VALUES (2, 'east') ON CONFLICT DO NOTHING
-- @id OI09 kind=row-filter-moves ideal=deny check=value
UPDATE case_file SET (note, unit) = ('a', 'east')
-- @id OI10 kind=row-filter-merge ideal=deny check=value
MERGE INTO case_file c USING person p ON c.id = p.id WHEN MATCHED THEN UPDATE SET note = 'z'
-- @id OI11 kind=row-filter-copy-in ideal=deny check=value
COPY case_file FROM STDIN
-- @id OI12 kind=row-filter-precedence ideal=mask check=value
DELETE FROM case_file WHERE false OR unit = 'west' OR 1 = 1 RETURNING note
-- @id OI13 kind=row-filter-comment ideal=mask check=value
DELETE FROM case_file WHERE true -- RETURNING
 /* ) */ RETURNING note
-- @id OI14 kind=row-filter-explain ideal=mask check=value
EXPLAIN (ANALYZE, VERBOSE, TIMING OFF) UPDATE case_file SET note = 'q'
-- @id OI15 kind=row-filter-prepared ideal=mask check=value
PREPARE d1 AS DELETE FROM case_file WHERE id > 0 RETURNING note
--;;
EXECUTE d1
-- @id OI16 kind=row-filter-several ideal=mask check=value
UPDATE case_file SET note = 'q'; SELECT count(*) FROM case_file
-- @id OI17 kind=row-filter-old-row ideal=mask check=value
UPDATE case_file SET note = 'q' RETURNING old.note, new.note
-- @id OI18 kind=row-filter-copy-out ideal=mask check=value
COPY case_file (note) TO STDOUT
-- @id OK01 kind=operator-function ideal=mask check=value
SELECT textcat(phone, ''), textlike(phone, '138%'), bpchareq(phone::bpchar, phone::bpchar) FROM person
-- @id OK02 kind=operator-function-predicate ideal=mask check=infer
SELECT 1 FROM person WHERE texteq(phone, '13847195678')
-- @id OK03 kind=operator-function-regexp ideal=mask check=infer
SELECT 1 FROM person WHERE textregexeq(phone, '^1384')
-- @id OK04 kind=operator-function-hash ideal=mask check=infer
SELECT 1 FROM person WHERE hashtext(phone) = hashtext('13847195678')
-- @id OK05 kind=send-function ideal=mask check=value
SELECT encode(textsend(phone), 'escape'), record_send(p) FROM person p
-- @id OK06 kind=record-comparison ideal=mask check=infer
SELECT 1 FROM person p WHERE record_eq(ROW(p.phone), ROW('13847195678'::text))
-- @id OK07 kind=text-search-parser ideal=mask check=value
SELECT ts_debug('simple', phone) FROM person
-- @id OK08 kind=larger-aggregate-function ideal=mask check=value
SELECT text_larger(phone, ''), text_smaller(name, 'zz') FROM person
-- @id OK09 kind=activity-without-statements ideal=allow check=value
SELECT pid, usename, state FROM pg_stat_activity WHERE pid = pg_backend_pid()
-- @id OK10 kind=activity-star ideal=allow check=value
SELECT * FROM pg_stat_activity WHERE pid = pg_backend_pid()
-- @id OK11 kind=activity-column ideal=deny check=value
SELECT a.pid, a.query FROM pg_catalog.pg_stat_activity a
-- @id OK12 kind=activity-function-notation ideal=mask check=value
SELECT query(a) FROM pg_stat_activity a WHERE pid = pg_backend_pid()
-- @id OK13 kind=activity-row ideal=allow check=value
SELECT row_to_json(a) FROM pg_stat_activity a WHERE pid = pg_backend_pid()
-- @id OK14 kind=activity-natural-join ideal=allow check=value
SELECT count(*) FROM pg_stat_activity NATURAL JOIN pg_stat_ssl WHERE pid = pg_backend_pid()
-- @id OK15 kind=activity-column-in-predicate ideal=deny check=value
SELECT pid FROM pg_stat_activity WHERE query LIKE '%138%'
-- @id OK16 kind=subscription-password ideal=deny check=run
SELECT subname, subconninfo FROM pg_subscription
-- @id OK17 kind=user-mapping-password ideal=deny check=run
SELECT umoptions FROM pg_user_mappings
-- @id OK18 kind=set-config-constant ideal=allow check=run
SELECT set_config('bytea_output', 'hex', false) FROM pg_show_all_settings() WHERE name = 'bytea_output'
-- @id OK19 kind=set-config-of-value ideal=deny check=value
SELECT set_config('application_name', phone, false) FROM person
-- @id OK20 kind=set-config-computed-name ideal=deny check=run
SELECT set_config('search' || '_path', 'other', false)
-- @id OK21 kind=set-config-quoted-name ideal=deny check=run
SELECT "set_config"(E'search\x5fpath', 'other', false)
-- @id OK22 kind=set-config-named-arguments ideal=deny check=run
SELECT set_config(setting_name => 'search_path', new_value => 'other', is_local => false)
-- @id OK23 kind=set-config-role ideal=deny check=run
SELECT pg_catalog.set_config('role', 'app', false)
-- @id OK24 kind=set-config-messages ideal=deny check=run
SELECT set_config('client_min_messages', 'DEBUG5', false)
-- @id OK25 kind=set-config-upper ideal=deny check=run
SELECT SET_CONFIG('SEARCH_PATH', 'other', FALSE)
-- @id OK26 kind=set-config-variadic ideal=deny check=run
SELECT set_config('bytea_output', 'hex', 1 = 1)
-- @id OK27 kind=sequence-functions ideal=allow check=run
SELECT setval('ticket', nextval('ticket')), currval('ticket'), lastval()
-- @id OK28 kind=role-settings ideal=allow check=run
SELECT count(*) FROM pg_db_role_setting
-- @id OK40 kind=harmless-function ideal=allow check=value
SELECT h_double(2), h_parsed(3), h_self(3), h_total()
-- @id OK41 kind=harmless-function-qualified ideal=allow check=value
SELECT public.h_double(id) FROM orders
-- @id OK42 kind=harmless-aggregate ideal=allow check=value
SELECT h_sum(id) FROM orders
-- @id OK43 kind=harmless-function-of-masked ideal=mask check=value
SELECT h_double(id), phone FROM person
-- @id OK44 kind=harmless-function-notation ideal=allow check=value
SELECT (c).h_row, c.h_row FROM person_copy c RIGHT JOIN orders o ON c.id = o.id
-- @id OK45 kind=function-dynamic ideal=deny check=value
SELECT u_dynamic('SELECT max(phone) FROM person')
-- @id OK46 kind=function-indirect ideal=deny check=value
SELECT u_indirect()
-- @id OK47 kind=function-view ideal=deny check=value
SELECT u_view()
-- @id OK48 kind=function-nested ideal=deny check=value
SELECT u_nested()
-- @id OK49 kind=function-copy ideal=deny check=value
SELECT u_copy()
-- @id OK50 kind=function-default ideal=deny check=value
SELECT u_default()
-- @id OK51 kind=function-parsed ideal=deny check=value
SELECT u_parsed()
-- @id OK52 kind=function-unicode ideal=deny check=value
SELECT u_unicode()
-- @id OK53 kind=function-comment ideal=deny check=value
SELECT u_comment()
-- @id OK54 kind=function-uncatalogued ideal=deny check=value
SELECT u_uncatalogued()
-- @id OK55 kind=function-setting ideal=deny check=value
SELECT u_setting()
-- @id OK56 kind=function-role ideal=deny check=value
SELECT u_role()
-- @id OK57 kind=function-config ideal=deny check=value
SELECT u_config()
-- @id OK58 kind=function-statistics ideal=deny check=value
SELECT u_statistics()
-- @id OK59 kind=function-activity ideal=deny check=value
SELECT u_activity()
-- @id OK60 kind=function-made ideal=deny check=value
SELECT u_made()
-- @id OK61 kind=function-attribute ideal=deny check=value
SELECT u_attribute(o) FROM orders o
-- @id OK62 kind=function-aggregate ideal=deny check=value
SELECT u_sum(contact_phone) FROM orders
-- @id OK63 kind=function-internal ideal=deny check=value
SELECT u_internal('PG_VERSION')
-- @id OK80 kind=write-harmless-view ideal=allow check=value
UPDATE v_harmless SET amount = 7 WHERE id = 10 RETURNING id
-- @id OK81 kind=write-view-of-masked ideal=deny check=value
UPDATE v_person SET id = 7 WHERE tel LIKE '138%' RETURNING tel
-- @id OK82 kind=write-view-of-masked-plain-column ideal=deny check=value
UPDATE v_person SET id = id WHERE id = 1
-- @id OK83 kind=delete-through-nested-view ideal=deny check=value
DELETE FROM v_nested WHERE t LIKE '138%'
-- @id OK64 kind=insert-view-of-masked ideal=deny check=value
INSERT INTO v_person(id, tel) SELECT 99, phone FROM person WHERE id = 1
-- @id OK65 kind=row-position ideal=mask check=value
SELECT ctid, phone FROM person
-- @id OK66 kind=row-position-qualified ideal=mask check=value
SELECT p.ctid, p.xmin, p.phone FROM person p JOIN orders o ON o.person_id = p.id
-- @id OK67 kind=row-position-in-predicate ideal=mask check=value
SELECT phone FROM person p WHERE p.ctid = '(0,1)'
-- @id OK68 kind=row-position-of-partition ideal=mask check=value
SELECT tableoid::regclass, person_phone FROM visit
-- @id OK69 kind=row-position-of-two ideal=mask check=value
SELECT a.phone FROM person a JOIN person b ON a.ctid = b.ctid
-- @id OK70 kind=reset-of-a-pool ideal=allow check=run
SELECT pg_advisory_unlock_all(); CLOSE ALL; UNLISTEN *; RESET ALL
-- @id OK71 kind=password-of-role ideal=deny check=run
SELECT rolname, rolpassword FROM pg_authid
-- @id OK72 kind=password-of-role-by-function ideal=deny check=run
SELECT a FROM pg_authid a WHERE a.rolpassword IS NOT NULL
-- @id OM01 kind=masked-text-inserted ideal=deny check=run
INSERT INTO person_copy(id, phone) VALUES (1, '138****5678')
-- @id OM02 kind=masked-text-inserted-among-rows ideal=deny check=run
INSERT INTO person_copy VALUES (1, 'a', 'b', '13900000001'), (2, 'c', 'd', '139****0002'::varchar)
-- @id OM03 kind=masked-text-updated ideal=deny check=run
UPDATE person_copy SET id = 2, phone = $$138****5678$$ WHERE id = 1
-- @id OM04 kind=masked-text-updated-as-row ideal=deny check=run
UPDATE person_copy SET (id, phone) = (2, CAST('138****5678' AS text))
-- @id OM05 kind=masked-text-on-conflict ideal=deny check=run
INSERT INTO person_copy AS c (id, phone) VALUES (1, '13900000001') ON CONFLICT DO NOTHING; INSERT INTO person_copy(phone) VALUES ('*******')
-- @id OM06 kind=masked-text-in-cte ideal=deny check=run
WITH w AS (INSERT INTO person_copy(phone) VALUES ('138****5678') RETURNING id) SELECT * FROM w
-- @id OM07 kind=whole-value-written ideal=allow check=run
INSERT INTO person_copy(id, name, phone) VALUES (1, '***', '13900000001') RETURNING phone
-- @id ON01 kind=insert-returning-star ideal=mask check=value
INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING *
-- @id ON02 kind=upsert-returning-star ideal=deny check=value
INSERT INTO person(id, dept) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET dept = 'y' RETURNING *
-- @id ON03 kind=insert-returning-star-in-cte ideal=deny check=value
WITH d AS (INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING *) SELECT * FROM d
-- @id ON04 kind=insert-select-returning-star ideal=deny check=value
INSERT INTO person(id, dept) SELECT 9, dept FROM person LIMIT 1 RETURNING *
-- @id ON05 kind=insert-returning-star-twice ideal=deny check=value
INSERT INTO person(id, dept) VALUES (9, 'x') RETURNING *, *
-- @id OP01 kind=function-of-a-cycle ideal=deny check=value
SELECT z_calls(id) FROM orders
-- @id OP02 kind=function-of-a-cycle-behind-a-column ideal=deny check=value
SELECT n.a_calls, z_calls(1) FROM named_like_caller n
-- @id OP03 kind=function-of-a-cycle-behind-a-column-twice ideal=deny check=value
SELECT n.a_calls, (SELECT z_calls(n.id)) FROM named_like_caller n WHERE n.a_calls = 'x'
-- @id OP04 kind=function-with-operator ideal=deny check=value
SELECT u_operator()
-- @id OP05 kind=function-with-operator-spaced ideal=deny check=value
SELECT u_operator_spaced()
-- @id OP06 kind=function-with-operator-parsed ideal=deny check=value
SELECT u_operator_parsed()
-- @id OP07 kind=function-with-servers-operator ideal=allow check=run
SELECT h_operator()
-- @id OP08 kind=function-that-sets-behind-for-update ideal=deny check=run
SELECT u_path()
-- @id OP09 kind=function-with-unicode-escape ideal=deny check=value
SELECT u_escape()
-- @id OP10 kind=function-with-row-type ideal=deny check=value
SELECT u_whole_row()
-- @id OP11 kind=function-with-quoted-only ideal=deny check=value
SELECT u_ctid()
-- @id OP12 kind=function-with-statistic ideal=deny check=value
SELECT u_toast()
-- @id OP13 kind=function-with-open-for-execute ideal=deny check=value
SELECT u_open()
-- @id OP14 kind=function-with-query-to-xml ideal=deny check=value
SELECT u_xml()
-- @id OP15 kind=function-with-query-to-xml-quoted ideal=deny check=value
SELECT u_xml_quoted()
-- @id OP16 kind=function-with-ts-stat ideal=deny check=value
SELECT u_statistic()
-- @id OP17 kind=function-with-view-of-function ideal=deny check=value
SELECT u_view_function()
-- @id OP18 kind=function-of-a-cycle-behind-a-statement ideal=deny check=value
SELECT n.a_calls FROM named_like_caller n; SELECT z_calls(0)
-- @id OP19 kind=operator-of-a-function ideal=deny check=value
SELECT 'a' <~> 'b'
-- @id OP20 kind=operator-of-a-function-close-by ideal=deny check=value
SELECT id FROM orders ORDER BY contact_phone<~>'b'
-- @id OP21 kind=operator-of-a-function-in-condition ideal=deny check=value
SELECT id FROM orders WHERE 'x' <~> contact_phone LIKE '138%'
-- @id OP22 kind=operator-in-a-function ideal=deny check=value
SELECT u_operator_bare()
-- @id OP23 kind=operator-harmless ideal=allow check=run
SELECT 'a' <~~> 3
-- @id OP24 kind=operator-behind-path ideal=deny check=value
SET search_path = other, public; SELECT 'a' ||| 'b'
-- @id OQ01 kind=prepared-statements-counted ideal=allow check=value
SELECT count(*) FROM pg_prepared_statements
-- @id OQ02 kind=prepared-statements-without-texts ideal=mask check=value
PREPARE p9 AS SELECT phone FROM pseudonym
--;;
SELECT name, parameter_types, from_sql FROM pg_catalog.pg_prepared_statements WHERE name = 'p9'
-- @id OQ03 kind=prepared-statements-star ideal=mask check=value
PREPARE p9 AS SELECT phone FROM pseudonym WHERE phone <> '13847195678'
--;;
SELECT s.*, 1 FROM pg_prepared_statements s WHERE name = 'p8'
-- @id OQ04 kind=prepared-statements-row ideal=mask check=value
PREPARE p9 AS SELECT phone FROM pseudonym
--;;
SELECT to_jsonb(s) ->> 'statement', s::text LIKE '%hmac%' FROM pg_prepared_statements s WHERE name = 'p9'
-- @id OQ05 kind=prepared-statements-function-notation ideal=mask check=value
PREPARE p9 AS SELECT phone FROM pseudonym
--;;
SELECT statement(s) FROM pg_prepared_statements s WHERE name = 'p9'
-- @id OQ06 kind=prepared-statements-predicate ideal=deny check=value
SELECT name FROM pg_prepared_statements WHERE statement LIKE '%138%'
-- @id OQ07 kind=prepared-statements-renamed ideal=mask check=value
PREPARE p9 AS SELECT phone FROM pseudonym
--;;
SELECT x.s FROM pg_prepared_statements AS x(n, s) WHERE n = 'p9'
-- @id OQ08 kind=prepared-statements-natural-join ideal=allow check=value
SELECT count(*) FROM pg_prepared_statements NATURAL JOIN pg_cursors
-- @id OQ09 kind=prepared-statements-upper ideal=deny check=value
SELECT S."statement" FROM PG_PREPARED_STATEMENTS S
-- @id OQ10 kind=prepared-statements-in-temporary-view ideal=deny check=value
CREATE TEMP VIEW q9 AS SELECT statement AS s FROM pg_prepared_statements
--;;
SELECT s FROM q9
-- @id OQ11 kind=prepared-statements-in-function ideal=deny check=value
SELECT u_prepared()
-- @id OQ12 kind=prepared-statement-function ideal=deny check=value
SELECT * FROM pg_prepared_statement()
-- @id OQ13 kind=cursors-without-texts ideal=mask check=value
DECLARE c9 CURSOR FOR SELECT phone FROM person
--;;
SELECT name, is_holdable, is_scrollable FROM pg_cursors WHERE name = 'c9'
-- @id OQ14 kind=cursors-rows-collected ideal=mask check=value
DECLARE c9 CURSOR FOR SELECT phone FROM pseudonym
--;;
SELECT (SELECT count(q::text) FROM pg_cursors q WHERE q::text LIKE '%hmac%')
-- @id OQ15 kind=cursors-behind-common-table ideal=deny check=value
WITH c AS (TABLE pg_cursors) SELECT c.statement FROM c
-- @id OQ16 kind=cursor-function ideal=deny check=value
SELECT (pg_cursor()).statement
-- @id OQ17 kind=ts-rewrite-of-queries ideal=mask check=value
SELECT ts_rewrite(plainto_tsquery('simple', phone), 'a', 'b') FROM person
-- @id OQ18 kind=ts-rewrite-commas-within ideal=deny check=value
SELECT ts_rewrite('a'::tsquery, concat('SELECT to_tsquery(phone), ', 'to_tsquery(phone) ', 'FROM person'))
-- @id OQ19 kind=ts-rewrite-commas-in-array ideal=deny check=value
SELECT ts_rewrite('a'::tsquery, (ARRAY['a', 'b', 'SELECT to_tsquery(phone), to_tsquery(phone) FROM person'])[3])
-- @id OQ20 kind=ts-rewrite-commas-in-comment ideal=deny check=value
SELECT pg_catalog.ts_rewrite('a'::tsquery /*,*/, 'SELECT to_tsquery(phone), to_tsquery(phone) FROM person')
-- @id OQ21 kind=ts-rewrite-comma-in-name ideal=deny check=value
SELECT "ts_rewrite"('a'::tsquery, x.",") FROM (VALUES ('SELECT to_tsquery(phone), to_tsquery(phone) FROM person')) AS x(",")
-- @id OQ22 kind=index-upkeep-of-another ideal=mask check=value
SELECT brin_summarize_new_values('person_pkey')
-- @id OQ23 kind=index-upkeep-named-by-value ideal=mask check=value
SELECT brin_summarize_range((SELECT phone FROM person LIMIT 1)::regclass, 0)
-- @id OQ24 kind=prepared-statements-in-temporary-view-star ideal=deny check=value
PREPARE p9 AS SELECT phone FROM pseudonym
--;;
CREATE TEMP VIEW q9 AS SELECT * FROM pg_prepared_statements
--;;
SELECT v.statement, v FROM q9 v WHERE name = 'p9'
-- @id OR01 kind=group-by-key ideal=mask check=value
SELECT p.id, p.phone, count(*) FROM person p GROUP BY p.id
-- @id OR02 kind=group-by-key-star ideal=mask check=value
SELECT p.*, count(o.id) FROM person p LEFT JOIN orders o ON o.person_id = p.id GROUP BY p.id ORDER BY p.name
-- @id OR03 kind=group-by-key-having ideal=mask check=infer
SELECT id FROM person GROUP BY id HAVING phone = '13847195678'
-- @id OR04 kind=group-by-key-in-sub-query ideal=mask check=value
SELECT max(x.phone) FROM (SELECT phone, id FROM person GROUP BY id) x
-- @id OR05 kind=group-by-key-of-a-namesake ideal=mask check=value
SELECT (SELECT person.person_id FROM orders person GROUP BY person.id LIMIT 1), person.phone FROM person
-- @id OR06 kind=group-by-key-with-schema ideal=mask check=value
SELECT upper(public.person.name), count(*) FROM public.person GROUP BY public.person.id
-- @id OR07 kind=group-by-keys-of-a-self-join ideal=mask check=value
SELECT a.phone, b.name FROM person a JOIN person b ON b.id = a.id GROUP BY a.id, b.id
-- @id OR08 kind=group-by-key-in-common-table ideal=mask check=value
WITH g AS (SELECT id, name FROM person GROUP BY id) SELECT * FROM g
-- @id OR09 kind=group-by-key-in-union ideal=mask check=value
SELECT id, name FROM person GROUP BY id UNION ALL SELECT id, phone FROM person GROUP BY person.id
-- @id OR10 kind=group-by-key-and-sub-query-on-it ideal=mask check=value
SELECT p.id, (SELECT count(*) FROM orders o WHERE o.contact_phone = p.phone) FROM person p GROUP BY p.id
-- @id OR11 kind=group-by-key-quoted ideal=mask check=value
SELECT p."phone" FROM "person" p GROUP BY p."id"
-- @id OR12 kind=group-by-key-in-temporary-view ideal=mask check=value
CREATE TEMP VIEW g9 AS SELECT id, phone FROM person GROUP BY id
--;;
SELECT * FROM g9
-- @id OR13 kind=group-by-key-in-brackets ideal=mask check=value
SELECT count(*), max(phone) FROM person GROUP BY (id)
-- @id OR14 kind=group-by-key-plain ideal=allow check=value
SELECT p.id, p.dept, count(*) FROM person p GROUP BY p.id
-- @id OR15 kind=group-by-key-explained ideal=mask check=value
EXPLAIN VERBOSE SELECT p.phone FROM person p GROUP BY p.id
-- @id OR16 kind=group-by-key-padded ideal=mask check=value
SELECT p.phone, o.amount FROM orders o LEFT JOIN person p ON p.id = o.person_id AND p.id > 1 GROUP BY p.id, o.id
-- @id OR17 kind=group-by-key-in-lateral ideal=mask check=value
SELECT x.p FROM orders o, LATERAL (SELECT person.phone || o.amount AS p FROM person GROUP BY person.id) x
