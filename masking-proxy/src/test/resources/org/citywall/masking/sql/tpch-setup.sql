-- The schema of TPC-H with a little data of our own making: the same at every run, since the numbers come from setseed.
CREATE TABLE region(r_regionkey int PRIMARY KEY, r_name text, r_comment text);
CREATE TABLE nation(n_nationkey int PRIMARY KEY, n_name text, n_regionkey int REFERENCES region, n_comment text);
CREATE TABLE supplier(s_suppkey int PRIMARY KEY, s_name text, s_address text, s_nationkey int REFERENCES nation, s_phone text,
  s_acctbal numeric(15,2), s_comment text);
CREATE TABLE part(p_partkey int PRIMARY KEY, p_name text, p_mfgr text, p_brand text, p_type text, p_size int, p_container text,
  p_retailprice numeric(15,2), p_comment text);
CREATE TABLE partsupp(ps_partkey int REFERENCES part, ps_suppkey int REFERENCES supplier, ps_availqty int,
  ps_supplycost numeric(15,2), ps_comment text, PRIMARY KEY (ps_partkey, ps_suppkey));
CREATE TABLE customer(c_custkey int PRIMARY KEY, c_name text, c_address text, c_nationkey int REFERENCES nation, c_phone text,
  c_acctbal numeric(15,2), c_mktsegment text, c_comment text);
CREATE TABLE orders(o_orderkey int PRIMARY KEY, o_custkey int REFERENCES customer, o_orderstatus text, o_totalprice numeric(15,2),
  o_orderdate date, o_orderpriority text, o_clerk text, o_shippriority int, o_comment text);
CREATE TABLE lineitem(l_orderkey int REFERENCES orders, l_partkey int, l_suppkey int, l_linenumber int, l_quantity numeric(15,2),
  l_extendedprice numeric(15,2), l_discount numeric(15,2), l_tax numeric(15,2), l_returnflag text, l_linestatus text,
  l_shipdate date, l_commitdate date, l_receiptdate date, l_shipinstruct text, l_shipmode text, l_comment text,
  PRIMARY KEY (l_orderkey, l_linenumber), FOREIGN KEY (l_partkey, l_suppkey) REFERENCES partsupp);
SELECT setseed(0.22);
INSERT INTO region SELECT i - 1, (ARRAY['AFRICA','AMERICA','ASIA','EUROPE','MIDDLE EAST'])[i], 'r' FROM generate_series(1, 5) i;
INSERT INTO nation SELECT i - 1, (ARRAY['ALGERIA','ARGENTINA','BRAZIL','CANADA','EGYPT','ETHIOPIA','FRANCE','GERMANY','INDIA','INDONESIA',
  'IRAN','IRAQ','JAPAN','JORDAN','KENYA','MOROCCO','MOZAMBIQUE','PERU','CHINA','ROMANIA','SAUDI ARABIA','VIETNAM','RUSSIA',
  'UNITED KINGDOM','UNITED STATES'])[i], (ARRAY[0,1,1,1,4,0,3,3,2,2,4,4,2,4,0,0,0,1,2,3,4,2,3,3,1])[i], 'n' FROM generate_series(1, 25) i;
INSERT INTO supplier SELECT i, 'Supplier#' || i, 'street ' || i, i % 25, (10 + i % 25) || '-' || lpad((i * 7)::text, 9, '5'),
  (random() * 9000)::numeric(15,2), CASE WHEN i % 9 = 0 THEN 'said Customer and then Complaints' ELSE 'quiet' END FROM generate_series(1, 100) i;
INSERT INTO part SELECT i, (ARRAY['forest green','misty blue','green lace','pale rose'])[1 + i % 4] || ' part ' || i, 'Manufacturer#' || 1 + i % 5,
  'Brand#' || 1 + i % 5 || 1 + i % 4, (ARRAY['STANDARD','SMALL','PROMO','ECONOMY','MEDIUM'])[1 + i % 5] || ' ' ||
  (ARRAY['ANODIZED','POLISHED','PLATED'])[1 + i % 3] || ' ' || (ARRAY['STEEL','BRASS','TIN','COPPER'])[1 + i % 4], 1 + i % 50,
  (ARRAY['SM','MED','LG','JUMBO','WRAP'])[1 + i % 5] || ' ' || (ARRAY['CASE','BOX','BAG','PKG','PACK'])[1 + i % 5], 900 + i % 200, 'p'
  FROM generate_series(1, 500) i;
INSERT INTO partsupp SELECT p, 1 + (p * 7 + s * 25) % 100, (random() * 9999)::int, (random() * 1000)::numeric(15,2), 'ps'
  FROM generate_series(1, 500) p, generate_series(0, 3) s;
INSERT INTO customer SELECT i, 'Customer#' || lpad(i::text, 9, '0'), 'lane ' || i, i % 25, (10 + i % 25) || '-' || lpad((i * 13)::text, 9, '1'),
  (random() * 11000 - 1000)::numeric(15,2), (ARRAY['BUILDING','AUTOMOBILE','MACHINERY','HOUSEHOLD','FURNITURE'])[1 + i % 5], 'c ' || i
  FROM generate_series(1, 600) i;
INSERT INTO orders SELECT i, 1 + (random() * 399)::int, (ARRAY['F','O','P'])[1 + i % 3], 0, date '1992-01-01' + (random() * 2400)::int,
  (ARRAY['1-URGENT','2-HIGH','3-MEDIUM','4-NOT SPECIFIED','5-LOW'])[1 + i % 5], 'Clerk#' || i % 10, 0,
  CASE WHEN i % 11 = 0 THEN 'some special odd requests' ELSE 'plain' END FROM generate_series(1, 3000) i;
INSERT INTO lineitem SELECT o_orderkey, p, 1 + (p * 7 + o_orderkey % 4 * 25) % 100, l, 1 + (random() * 49)::int, (random() * 90000)::numeric(15,2),
  ((random() * 10)::int / 100.0)::numeric(15,2), 0.04, (ARRAY['R','A','N'])[1 + (o_orderkey + l) % 3], (ARRAY['O','F'])[1 + l % 2],
  o_orderdate + (random() * 120)::int, o_orderdate + 30 + (random() * 60)::int, o_orderdate + (random() * 150)::int,
  (ARRAY['DELIVER IN PERSON','COLLECT COD','NONE'])[1 + l % 3], (ARRAY['AIR','AIR REG','MAIL','SHIP','TRUCK','RAIL','FOB'])[1 + (o_orderkey + l) % 7], 'l'
  FROM (SELECT o_orderkey, o_orderdate, l, 1 + (random() * 499)::int AS p FROM orders, generate_series(1, 4) l) x;
UPDATE orders SET o_totalprice = (SELECT sum(l_extendedprice) FROM lineitem WHERE l_orderkey = o_orderkey);
CREATE SCHEMA masked;
CREATE VIEW masked.customer AS SELECT c_custkey, left(c_name, 1) || repeat('*', length(c_name) - 1) AS c_name, CAST(NULL AS text) AS c_address,
  c_nationkey, left(c_phone, 3) || repeat('*', length(c_phone) - 7) || right(c_phone, 4) AS c_phone,
  c_acctbal, c_mktsegment, CAST(NULL AS text) AS c_comment FROM public.customer;
CREATE ROLE app LOGIN PASSWORD 'app';
GRANT SELECT ON ALL TABLES IN SCHEMA public TO app;
ANALYZE;
