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
-- @id OA33 kind=sequence-state ideal=deny check=run
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
-- @id OB11 kind=row-filter-delete ideal=deny check=value
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
