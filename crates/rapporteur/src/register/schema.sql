-- The register, version 1. One append-only log in tables; everything derived from it in views.
-- Tables hold what was received and judged, with every text once and every recurring word once (`term`); the views are for people.

CREATE TABLE register (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- What every table and view is, for whoever opens the file without our program.
CREATE TABLE guide (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  holds TEXT NOT NULL
) WITHOUT ROWID;

-- One row a distinct text. `id` is the first 16 hexadecimal digits of the BLAKE3 digest of `text`, for ever.
CREATE TABLE article (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  language TEXT,
  words INTEGER NOT NULL,
  text TEXT NOT NULL
);

-- The log. `day` is the day on which it became known.
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('add','sighting','depositary','revision','retraction','correction','reinstatement','merge','unmerge')),
  day TEXT NOT NULL,
  article INTEGER REFERENCES article(number),
  other INTEGER REFERENCES article(number),
  path TEXT, url TEXT, outlet TEXT, published TEXT, published_precision TEXT, headline TEXT, title TEXT,
  main_agreement INTEGER REFERENCES term(number),
  main_participant INTEGER REFERENCES term(number),
  silent_on TEXT,
  reading INTEGER,
  reading_key INTEGER,
  kept TEXT, merged TEXT,
  because TEXT
);
CREATE INDEX entry_by_article ON entry(article);
CREATE INDEX entry_by_url ON entry(url) WHERE url IS NOT NULL;
CREATE INDEX entry_by_path ON entry(path) WHERE path IS NOT NULL;
CREATE INDEX entry_by_main_agreement ON entry(main_agreement) WHERE main_agreement IS NOT NULL;
CREATE INDEX entry_by_other ON entry(other) WHERE other IS NOT NULL;
CREATE INDEX entry_by_kind ON entry(kind, article);

-- The same text at the same place on a later day: what decides between texts that lay there in turn. `turn`: 0, or the how manieth time on
-- that day that the place went back to an earlier text.
CREATE TABLE seen_again (
  entry INTEGER NOT NULL REFERENCES entry(number),
  day TEXT NOT NULL,
  turn INTEGER NOT NULL,
  PRIMARY KEY (entry, day, turn)
) WITHOUT ROWID;

-- Every recurring word or identifier once.
CREATE TABLE term (
  number INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- Whose word something is.
CREATE TABLE holder (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (kind, entity, name)
);

-- The first utterance or document that a statement can be traced to by its own article.
CREATE TABLE origin (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (id, kind, name)
);

-- What articles call an entity.
CREATE TABLE entity_name (
  entity INTEGER NOT NULL REFERENCES term(number),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (entity, kind, name)
) WITHOUT ROWID;

-- How often an article names an entity, and where first (code points).
CREATE TABLE mention (
  entity INTEGER NOT NULL REFERENCES term(number),
  entry INTEGER NOT NULL REFERENCES entry(number),
  times INTEGER NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (entity, entry)
) WITHOUT ROWID;

-- One row a statement; read the view `statement`.
CREATE TABLE stored_statement (
  number INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL REFERENCES entry(number),
  article INTEGER NOT NULL REFERENCES article(number),
  digest INTEGER NOT NULL,
  predicate INTEGER NOT NULL REFERENCES term(number),
  subject INTEGER REFERENCES term(number),
  agreement INTEGER REFERENCES term(number),
  agreement_by INTEGER REFERENCES term(number),
  value INTEGER REFERENCES term(number),
  holder INTEGER REFERENCES holder(number),
  said_by INTEGER REFERENCES term(number),
  factuality INTEGER REFERENCES term(number),
  realis INTEGER REFERENCES term(number),
  stage_lo INTEGER, stage_hi INTEGER,
  side INTEGER REFERENCES term(number),
  "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  origin INTEGER NOT NULL REFERENCES origin(number),
  valid_from TEXT, valid_to TEXT,
  valid_precision INTEGER REFERENCES term(number),
  valid_by INTEGER REFERENCES term(number),
  rule INTEGER NOT NULL REFERENCES term(number),
  extractor INTEGER NOT NULL REFERENCES term(number),
  detail TEXT
);
CREATE INDEX statement_by_article ON stored_statement(article);
CREATE INDEX statement_by_agreement ON stored_statement(agreement, predicate, subject, article, entry) WHERE agreement IS NOT NULL;
CREATE INDEX statement_by_subject ON stored_statement(subject, predicate) WHERE subject IS NOT NULL;

-- Only growing is possible, whatever program opens the file.
CREATE TRIGGER article_stays BEFORE UPDATE ON article BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER article_is_kept BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER seen_again_stays BEFORE UPDATE ON seen_again BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER seen_again_is_kept BEFORE DELETE ON seen_again BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER term_stays BEFORE UPDATE ON term BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER term_is_kept BEFORE DELETE ON term BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER holder_stays BEFORE UPDATE ON holder BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER holder_is_kept BEFORE DELETE ON holder BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER origin_stays BEFORE UPDATE ON origin BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER origin_is_kept BEFORE DELETE ON origin BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER entity_name_stays BEFORE UPDATE ON entity_name BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER entity_name_is_kept BEFORE DELETE ON entity_name BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER mention_stays BEFORE UPDATE ON mention BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER mention_is_kept BEFORE DELETE ON mention BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER statement_stays BEFORE UPDATE ON stored_statement BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER statement_is_kept BEFORE DELETE ON stored_statement BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;

-- Derived: which receipt of an article counts (the earliest known; its reading gave the statements that hold).
CREATE VIEW article_reading AS
SELECT a.number AS article,
  (SELECT e.number FROM entry e WHERE e.article = a.number AND e.reading IS NOT NULL
   ORDER BY e.day, e.published IS NULL, e.published, e.published_precision, coalesce(e.outlet, ''), coalesce(e.title, ''), e.reading_key,
     coalesce(e.url, ''), coalesce(e.path, ''), e.number LIMIT 1) AS entry
FROM article a;

-- Derived, and kept so that nobody has to work it out again (`verify` does): since when and until when a text is taken as it stands. Several
-- rows for a text that came back; no `known_to` while it stands. `entry` is the receipt whose reading holds.
CREATE TABLE article_period (
  article INTEGER NOT NULL REFERENCES article(number),
  known_from TEXT NOT NULL,
  known_to TEXT,
  entry INTEGER NOT NULL REFERENCES entry(number),
  PRIMARY KEY (article, known_from)
) WITHOUT ROWID;
CREATE INDEX period_that_ended ON article_period(article) WHERE known_to IS NOT NULL;

-- Every statement of the log in words, with both time axes. `known_to` is empty while it is still taken as it stands.
CREATE VIEW statement AS
SELECT a.id || '-' || printf('%012x', s.digest) AS id,
  p.text AS predicate, sub.text AS subject, agr.text AS agreement, agb.text AS agreement_by, val.text AS value,
  substr(a.text, s."start" + 1, s."end" - s."start") AS words,
  h.kind AS holder_kind, nullif(h.entity, '') AS holder, h.name AS holder_name, sb.text AS said_by,
  f.text AS factuality, re.text AS realis, s.stage_lo, s.stage_hi, si.text AS side,
  a.id AS article, s."start", s."end",
  o.id AS origin, o.kind AS origin_kind, o.name AS origin_name,
  s.valid_from, s.valid_to, vp.text AS valid_precision, vb.text AS valid_by,
  t.known_from, t.known_to,
  CASE WHEN t.known_to IS NOT NULL THEN 'deprecated' WHEN o.kind = 'depositary' THEN 'preferred' ELSE 'normal' END AS rank,
  ru.text AS rule, x.text AS extractor, s.detail
FROM stored_statement s
JOIN article_period t ON t.article = s.article
JOIN entry r ON r.number = t.entry AND r.reading = s.entry
JOIN article a ON a.number = s.article
JOIN term p ON p.number = s.predicate
JOIN origin o ON o.number = s.origin
JOIN term ru ON ru.number = s.rule
JOIN term x ON x.number = s.extractor
LEFT JOIN holder h ON h.number = s.holder
LEFT JOIN term sub ON sub.number = s.subject
LEFT JOIN term agr ON agr.number = s.agreement
LEFT JOIN term agb ON agb.number = s.agreement_by
LEFT JOIN term val ON val.number = s.value
LEFT JOIN term sb ON sb.number = s.said_by
LEFT JOIN term f ON f.number = s.factuality
LEFT JOIN term re ON re.number = s.realis
LEFT JOIN term si ON si.number = s.side
LEFT JOIN term vp ON vp.number = s.valid_precision
LEFT JOIN term vb ON vb.number = s.valid_by;

CREATE VIEW current_statement AS SELECT * FROM statement WHERE known_to IS NULL;

-- Articles with the receipt that counts.
CREATE VIEW article_current AS
SELECT a.id, e.path, e.url, e.outlet, e.published, e.published_precision, e.headline, e.title, a.language, a.words,
  ma.text AS main_agreement, mp.text AS main_participant, e.silent_on, t.known_from, t.known_to, a.text
FROM article_period t JOIN article a ON a.number = t.article JOIN entry e ON e.number = t.entry
LEFT JOIN term ma ON ma.number = e.main_agreement LEFT JOIN term mp ON mp.number = e.main_participant;

-- Every place under which a text came in, with its first day.
CREATE VIEW sighting AS
SELECT a.id AS article, e.path, e.url, e.outlet, e.published, e.published_precision, e.title, min(e.day) AS known_from
FROM entry e JOIN article a ON a.number = e.article WHERE e.kind IN ('add','sighting','depositary')
GROUP BY a.id, e.path, e.url, e.outlet, e.published, e.published_precision, e.title;

-- What people decided.
CREATE VIEW judgement AS
SELECT e.kind, e.day AS known_from, a.id AS article, o.id AS other_article, e.kept, e.merged, e.because
FROM entry e LEFT JOIN article a ON a.number = e.article LEFT JOIN article o ON o.number = e.other
WHERE e.kind NOT IN ('add','sighting','depositary','revision');

-- Which text is a revision of which: of two under one address the one known later, published later, or with the later identifier; under one
-- path, which holds one text at a time, of the same day the one that came later.
CREATE VIEW revision AS
SELECT iif(newer_is_article, a, o) AS newer, iif(newer_is_article, o, a) AS older, max(a_day, o_day) AS known_from, because
FROM (
  SELECT a.id AS a, o.id AS o, ae.day AS a_day, oe.day AS o_day, j.because,
    (ae.day, coalesce(ae.published, ''), iif(j.because = 'same url', a.id, 'z'))
      > (oe.day, coalesce(oe.published, ''), iif(j.because = 'same url', o.id, '')) AS newer_is_article
  FROM entry j JOIN article a ON a.number = j.article JOIN article o ON o.number = j.other
  JOIN article_reading ar ON ar.article = a.number JOIN entry ae ON ae.number = ar.entry
  JOIN article_reading "or" ON "or".article = o.number JOIN entry oe ON oe.number = "or".entry
  WHERE j.kind = 'revision');

-- The name of an entity: the longest that articles give it, the first by alphabet of several.
CREATE VIEW entity AS
SELECT t.text AS id, n.kind, n.name FROM
  (SELECT entity, kind, name, row_number() OVER (PARTITION BY entity ORDER BY length(name) DESC, name, kind) AS place FROM entity_name) n
JOIN term t ON t.number = n.entity WHERE n.place = 1;

-- Entities that are one by the judgements that stand today, each with the identifier it goes by.
CREATE VIEW canonical AS
WITH RECURSIVE
  latest(kept, merged, kind) AS (
    SELECT kept, merged, kind FROM (
      SELECT kept, merged, kind,
        row_number() OVER (PARTITION BY min(kept, merged), max(kept, merged) ORDER BY day DESC, number DESC) AS place
      FROM entry WHERE kind IN ('merge','unmerge'))
    WHERE place = 1),
  link(a, b) AS (
    SELECT kept, merged FROM latest WHERE kind = 'merge' UNION SELECT merged, kept FROM latest WHERE kind = 'merge'),
  reach(a, b) AS (SELECT a, b FROM link UNION SELECT a, a FROM link UNION SELECT reach.a, link.b FROM reach JOIN link ON link.a = reach.b)
SELECT a AS entity, (SELECT r.b FROM reach r WHERE r.a = reach.a
  ORDER BY r.b IN (SELECT merged FROM latest WHERE kind = 'merge'), r.b LIKE 'name:%', r.b LIMIT 1) AS canonical
FROM reach GROUP BY a;

-- Both views below walk from one agreement of the index to the next, so that they look at the few statements that they are made of.
CREATE VIEW agreement AS
WITH RECURSIVE each(n) AS (
  SELECT min(agreement) FROM stored_statement WHERE agreement IS NOT NULL
  UNION ALL SELECT (SELECT min(agreement) FROM stored_statement WHERE agreement > each.n) FROM each WHERE each.n IS NOT NULL),
  kind(n) AS (SELECT number FROM term WHERE text IN ('reached','candidate','member')),
  said AS MATERIALIZED (
    SELECT coalesce(c.canonical, t.text) AS id, s.subject, s.article
    FROM each CROSS JOIN kind CROSS JOIN stored_statement s ON s.agreement = each.n AND s.predicate = kind.n
    CROSS JOIN article_period p ON p.article = s.article AND p.known_to IS NULL
    CROSS JOIN entry r ON r.number = p.entry AND r.reading = s.entry
    JOIN term t ON t.number = s.agreement LEFT JOIN canonical c ON c.entity = t.text)
SELECT said.id,
  coalesce((SELECT n.name FROM entity_name n JOIN term t ON t.number = n.entity WHERE t.text = said.id
      ORDER BY length(n.name) DESC, n.name, n.kind LIMIT 1),
    replace(substr(said.id, instr(said.id, ':') + 1), '-', ' ')) AS name,
  count(DISTINCT said.article) AS articles, count(*) AS statements, count(DISTINCT said.subject) AS participants
FROM said GROUP BY said.id;

-- How far each participant has got: the highest stage that an article asserts, and the most that the articles from that day on allow.
-- stage_lo > stage_hi: they contradict each other.
CREATE VIEW participant AS
WITH RECURSIVE each(n) AS (
  SELECT min(agreement) FROM stored_statement WHERE agreement IS NOT NULL
  UNION ALL SELECT (SELECT min(agreement) FROM stored_statement WHERE agreement > each.n) FROM each WHERE each.n IS NOT NULL),
  said AS MATERIALIZED (
    SELECT coalesce(ca.canonical, agr.text) AS agreement, coalesce(cs.canonical, sub.text) AS participant, s.stage_lo, s.stage_hi,
      side.text AS side, s.article, p.known_from, coalesce(s.valid_from, p.known_from) AS day
    FROM each CROSS JOIN stored_statement s ON s.agreement = each.n AND s.predicate = (SELECT number FROM term WHERE text = 'reached')
    CROSS JOIN article_period p ON p.article = s.article AND p.known_to IS NULL
    CROSS JOIN entry r ON r.number = p.entry AND r.reading = s.entry
    JOIN term agr ON agr.number = s.agreement LEFT JOIN term sub ON sub.number = s.subject LEFT JOIN term side ON side.number = s.side
    LEFT JOIN canonical ca ON ca.entity = agr.text LEFT JOIN canonical cs ON cs.entity = sub.text
    WHERE json_extract(s.detail, '$.asserted')),
  top AS (SELECT agreement, participant, max(stage_lo) AS stage_lo FROM said GROUP BY 1, 2),
  since AS MATERIALIZED (SELECT said.agreement, said.participant, said.stage_lo, min(said.day) AS day
    FROM said JOIN top USING (agreement, participant, stage_lo) GROUP BY 1, 2, 3),
  beside AS MATERIALIZED (SELECT agreement, participant, group_concat(side, ' ') AS sides
    FROM (SELECT DISTINCT agreement, participant, side FROM said WHERE side IS NOT NULL ORDER BY 1, 2, 3) GROUP BY 1, 2)
SELECT said.agreement, said.participant, since.stage_lo, min(iif(said.day >= since.day, said.stage_hi, NULL)) AS stage_hi,
  beside.sides, count(DISTINCT said.article) AS articles, since.day AS since, min(said.known_from) AS known_from
FROM said JOIN since USING (agreement, participant) LEFT JOIN beside USING (agreement, participant) GROUP BY 1, 2;

-- Articles that are no longer taken as they stand; few, and found without looking at the others.
CREATE VIEW ended_article AS
SELECT p.article, min(p.known_from) AS known_from, max(p.known_to) AS known_to FROM article_period p
WHERE p.known_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM article_period o WHERE o.article = p.article AND o.known_to IS NULL)
GROUP BY p.article;

CREATE VIEW stage AS
SELECT id, subject AS participant, agreement, value AS stage, stage_lo, stage_hi, side, said_by, holder_name, factuality, realis, words,
  origin, valid_from, known_from, article, "start", "end" FROM current_statement WHERE predicate = 'stage';

CREATE VIEW quotation AS
SELECT id, holder_name, holder, holder_kind, value AS form, words, json_extract(detail, '$.medium') AS medium, agreement, origin, known_from,
  article, "start", "end" FROM current_statement WHERE predicate = 'quotation';

CREATE VIEW candidate AS
SELECT id, subject AS participant, agreement, value AS polarity, holder_name, holder, said_by, words, origin, known_from, article, "start", "end"
FROM current_statement WHERE predicate = 'candidate';

CREATE VIEW member AS
SELECT id, subject AS participant, agreement, value AS status, valid_from AS as_of, words, origin, known_from, article, "start", "end"
FROM current_statement WHERE predicate = 'member';

CREATE VIEW condition AS
SELECT id, subject AS applies_to, agreement, value AS kind, holder_name, words, origin, known_from, article, "start", "end"
FROM current_statement WHERE predicate = 'condition';

CREATE VIEW prediction AS
SELECT id, holder_name, holder, value AS checkable, words, json_extract(detail, '$.quantity') AS quantity, valid_from AS horizon_from,
  valid_to AS horizon_to, agreement, origin, known_from, article, "start", "end" FROM current_statement WHERE predicate = 'prediction';

CREATE VIEW event AS
SELECT id, value AS plover, json_extract(detail, '$.cameo') AS cameo, json_extract(detail, '$.actors') AS actors,
  json_extract(detail, '$.recipients') AS recipients, valid_from, valid_to, factuality, realis, holder_name, words, agreement, origin,
  known_from, article, "start", "end" FROM current_statement WHERE predicate = 'event';

CREATE VIEW role AS
SELECT id, subject AS person, value AS role, json_extract(detail, '$.of') AS "of", json_extract(detail, '$.check') AS "check", words,
  known_from, article, "start", "end" FROM current_statement WHERE predicate = 'role';

-- Full text. The texts stand once: in `article`.
CREATE VIEW article_search_source AS
SELECT a.number, coalesce((SELECT e.title FROM entry e WHERE e.article = a.number ORDER BY e.number LIMIT 1), '') AS title, a.text
FROM article a;
CREATE VIRTUAL TABLE article_search USING fts5(title, text, content='article_search_source', content_rowid='number',
  tokenize='porter unicode61 remove_diacritics 2');

CREATE VIEW statement_search_source AS
SELECT s.number, substr(a.text, s."start" + 1, s."end" - s."start") AS words
FROM stored_statement s JOIN article a ON a.number = s.article;
CREATE VIRTUAL TABLE statement_search USING fts5(words, content='statement_search_source', content_rowid='number',
  tokenize='porter unicode61 remove_diacritics 2');

INSERT INTO guide VALUES
  ('statement', 'view', 'Everything that articles say, one row each: who, what, in which words, on whose word, true when, known when. Begin here.'),
  ('current_statement', 'view', 'The statements of articles that are neither withdrawn, corrected nor revised.'),
  ('agreement', 'view', 'Agreements that articles speak of, with how many articles and participants.'),
  ('participant', 'view', 'How far each participant has got with each agreement: the stages (0 none .. 7 in force) that all articles allow together.'),
  ('stage', 'view', 'Wordings that say how far a participant has got.'),
  ('candidate', 'view', 'States named as ones that may join, by whom, for (+) or against (-).'),
  ('member', 'view', 'States said to belong to an agreement.'),
  ('condition', 'view', 'What a step depends on, or what stands in its way.'),
  ('prediction', 'view', 'What is foretold, by whom, until when.'),
  ('quotation', 'view', 'Words given to somebody.'),
  ('event', 'view', 'Who did what to whom: PLOVER records.'),
  ('role', 'view', 'Offices given to persons, and whether the dated table agrees.'),
  ('article_current', 'view', 'The articles, with since when and until when each was taken as it stands.'),
  ('sighting', 'view', 'Every path and address under which a text came in.'),
  ('judgement', 'view', 'Withdrawals, corrections, reinstatements, entities declared one or two.'),
  ('revision', 'view', 'Which text is a later version of which.'),
  ('entity', 'view', 'Identifiers of states, persons, bodies, agreements and their names.'),
  ('canonical', 'view', 'Entities that are declared one, and the identifier they go by.'),
  ('ended_article', 'view', 'Articles that are no longer taken as they stand, by number, with the day from which.'),
  ('article_period', 'table', 'By article: known from, known to; several rows for a text that came back. Follows from the log.'),
  ('article_reading', 'view', 'By article: the log entry whose statements hold.'),
  ('article', 'table', 'The texts, each once.'),
  ('entry', 'table', 'The log, in order: additions, sightings, revisions, judgements. Never changed, only added to.'),
  ('seen_again', 'table', 'Days on which a text was seen again where it was.'),
  ('stored_statement', 'table', 'The statements in compact form; the view statement shows them in words.'),
  ('term', 'table', 'Words and identifiers that recur, each once.'),
  ('holder', 'table', 'Whose word statements are.'),
  ('origin', 'table', 'First utterances and documents that statements are traced to.'),
  ('entity_name', 'table', 'What articles call entities.'),
  ('mention', 'table', 'How often an article names an entity.'),
  ('article_search', 'full text', 'Search: SELECT * FROM article_search WHERE article_search MATCH ''signing'''),
  ('statement_search', 'full text', 'Search in quotations and claims; rowid is stored_statement.number.'),
  ('register', 'table', 'Version of this file.'),
  ('guide', 'table', 'This list.');
