-- The register, version 3: since when it is known how far a participant has got. A text that was put right, or that came back, says nothing
-- new: it is known since the first of its versions said it.

-- Texts of which one came in the place of another: each with the lowest number among them all.
CREATE VIEW lineage AS
WITH RECURSIVE reach(a, b) AS (
  SELECT article, article FROM entry WHERE kind IN ('revision','correction')
  UNION SELECT other, other FROM entry WHERE kind IN ('revision','correction')
  UNION SELECT reach.a, e.other FROM reach JOIN entry e ON e.article = reach.b AND e.kind IN ('revision','correction')
  UNION SELECT reach.a, e.article FROM reach JOIN entry e ON e.other = reach.b AND e.kind IN ('revision','correction'))
SELECT a AS article, min(b) AS lineage FROM reach GROUP BY a;

-- How far each participant has got: the highest stage that an article asserts, and the most that the articles from that day on allow.
-- stage_lo > stage_hi: they contradict each other. known_from: since when somebody says as much.
DROP VIEW participant;
CREATE VIEW participant AS
WITH RECURSIVE each(n) AS (
  SELECT min(agreement) FROM stored_statement WHERE agreement IS NOT NULL
  UNION ALL SELECT (SELECT min(agreement) FROM stored_statement WHERE agreement > each.n) FROM each WHERE each.n IS NOT NULL),
  told AS MATERIALIZED (
    SELECT coalesce(ca.canonical, agr.text) AS agreement, coalesce(cs.canonical, sub.text) AS participant, s.stage_lo, s.stage_hi,
      side.text AS side, s.article, coalesce(l.lineage, s.article) AS lineage, s.valid_from, p.known_from, p.known_to
    FROM each CROSS JOIN stored_statement s ON s.agreement = each.n AND s.predicate = (SELECT number FROM term WHERE text = 'reached')
    CROSS JOIN article_period p ON p.article = s.article
    CROSS JOIN entry r ON r.number = p.entry AND r.reading = s.entry
    JOIN term agr ON agr.number = s.agreement LEFT JOIN term sub ON sub.number = s.subject LEFT JOIN term side ON side.number = s.side
    LEFT JOIN canonical ca ON ca.entity = agr.text LEFT JOIN canonical cs ON cs.entity = sub.text
    LEFT JOIN lineage l ON l.article = s.article
    WHERE json_extract(s.detail, '$.asserted')),
  known AS MATERIALIZED (
    SELECT *, min(known_from) OVER (PARTITION BY agreement, participant, stage_lo, side, lineage) AS first FROM told),
  said AS MATERIALIZED (
    SELECT agreement, participant, stage_lo, stage_hi, side, article, first, coalesce(valid_from, first) AS day
    FROM known WHERE known_to IS NULL),
  top AS (SELECT agreement, participant, max(stage_lo) AS stage_lo FROM said GROUP BY 1, 2),
  since AS MATERIALIZED (SELECT said.agreement, said.participant, said.stage_lo, min(said.day) AS day
    FROM said JOIN top USING (agreement, participant, stage_lo) GROUP BY 1, 2, 3),
  beside AS MATERIALIZED (SELECT agreement, participant, group_concat(side, ' ') AS sides
    FROM (SELECT DISTINCT agreement, participant, side FROM said WHERE side IS NOT NULL ORDER BY 1, 2, 3) GROUP BY 1, 2)
SELECT said.agreement, said.participant, since.stage_lo, min(iif(said.day >= since.day, said.stage_hi, NULL)) AS stage_hi,
  beside.sides, count(DISTINCT said.article) AS articles, since.day AS since,
  min(iif(said.stage_lo = since.stage_lo, said.first, NULL)) AS known_from
FROM said JOIN since USING (agreement, participant) LEFT JOIN beside USING (agreement, participant) GROUP BY 1, 2;

INSERT INTO guide VALUES
  ('lineage', 'view', 'Versions of one text: by article, the lowest number among them. Of texts that have other versions only.');
