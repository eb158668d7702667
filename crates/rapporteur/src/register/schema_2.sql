-- The register, version 2: pages kept ready, so that nobody waits for them.
--
-- They are no part of the record: each is worked out from the log, and is either right or not there. A transaction that adds to the log takes
-- away the pages that it touches: the program those of an article, the triggers below those of a name. `rapporteur add` and its like work
-- them out anew when they are done, `rapporteur compact` all of them, and whoever asks for one that is not there works it out without
-- keeping it. `rapporteur verify` holds them against the log. The digest does not count them.

-- One row an agreement. `page` is what `rapporteur show NAME --format json` prints, its predictions apart. No `stages` where articles say
-- neither that somebody takes part nor that somebody may: the list of agreements leaves it out. `from_day`: it is right on that day and later.
CREATE TABLE ready_agreement (
  agreement INTEGER PRIMARY KEY REFERENCES term(number),
  name TEXT NOT NULL,
  articles INTEGER NOT NULL,
  stages TEXT,
  candidates INTEGER NOT NULL,
  conflicts INTEGER NOT NULL,
  last_change TEXT NOT NULL,
  from_day TEXT NOT NULL,
  page TEXT NOT NULL
);

-- Identifiers, and the agreement that each means: its own, or that of which it is another name.
CREATE TABLE ready_name (
  identifier INTEGER PRIMARY KEY REFERENCES term(number),
  agreement INTEGER NOT NULL REFERENCES ready_agreement(agreement)
);
CREATE INDEX ready_name_of_agreement ON ready_name(agreement);

-- Predictions in the order of the page. What becomes of one can change when its window closes: `state` and `told` until the day `until`,
-- `state_after` and `told_after` from the next day on, where these differ. `listed`: on the page of its agreement, in the list of all
-- predictions (which has those of withdrawn articles too), or in both.
CREATE TABLE ready_prediction (
  agreement INTEGER NOT NULL REFERENCES ready_agreement(agreement),
  place INTEGER NOT NULL,
  listed TEXT NOT NULL CHECK (listed IN ('page','list','both')),
  holder TEXT,
  words TEXT NOT NULL,
  until TEXT,
  state TEXT NOT NULL,
  state_after TEXT,
  told TEXT NOT NULL,
  told_after TEXT,
  PRIMARY KEY (agreement, place)
) WITHOUT ROWID;

-- What is known today is what is known since the last day of the log.
CREATE INDEX entry_by_day ON entry(day);

CREATE TRIGGER ready_page_goes AFTER DELETE ON ready_agreement BEGIN
  DELETE FROM ready_prediction WHERE agreement = OLD.agreement;
  DELETE FROM ready_name WHERE agreement = OLD.agreement;
END;

-- Two entities become one, or two again: every page that names one of those that are one with them.
CREATE TRIGGER ready_page_of_merge AFTER INSERT ON entry WHEN NEW.kind IN ('merge','unmerge') BEGIN
  DELETE FROM ready_agreement WHERE agreement IN (SELECT agreement FROM ready_name WHERE identifier IN (
    SELECT s.agreement FROM stored_statement s JOIN term t ON t.number = s.subject WHERE t.text IN (
      SELECT entity FROM canonical WHERE canonical IN (SELECT canonical FROM canonical WHERE entity IN (NEW.kept, NEW.merged))
      UNION SELECT NEW.kept UNION SELECT NEW.merged)
    UNION SELECT number FROM term WHERE text IN (
      SELECT entity FROM canonical WHERE canonical IN (SELECT canonical FROM canonical WHERE entity IN (NEW.kept, NEW.merged))
      UNION SELECT NEW.kept UNION SELECT NEW.merged)));
END;

-- Articles call an entity by a longer name than before: every page that names it. States have theirs from the tables of the program.
CREATE TRIGGER ready_page_of_name AFTER INSERT ON entity_name
  WHEN EXISTS (SELECT 1 FROM ready_agreement) AND (SELECT text FROM term WHERE number = NEW.entity) NOT LIKE 'iso3:%'
    AND NEW.name = (SELECT name FROM entity_name WHERE entity = NEW.entity ORDER BY length(name) DESC, name LIMIT 1) BEGIN
  DELETE FROM ready_agreement WHERE agreement IN (SELECT agreement FROM ready_name WHERE identifier IN (
    SELECT agreement FROM stored_statement WHERE subject = NEW.entity
    UNION SELECT NEW.entity));
END;
CREATE TRIGGER ready_page_of_shared_name AFTER INSERT ON entity_name
  WHEN EXISTS (SELECT 1 FROM ready_agreement) AND EXISTS (SELECT 1 FROM entry WHERE kind = 'merge')
    AND NEW.name = (SELECT name FROM entity_name WHERE entity = NEW.entity ORDER BY length(name) DESC, name LIMIT 1) BEGIN
  DELETE FROM ready_agreement WHERE agreement IN (SELECT agreement FROM ready_name WHERE identifier IN (
    SELECT s.agreement FROM stored_statement s JOIN term t ON t.number = s.subject WHERE t.text IN (
      SELECT entity FROM canonical WHERE canonical = (SELECT text FROM term WHERE number = NEW.entity))
    UNION SELECT t.number FROM term t WHERE t.text IN (
      SELECT entity FROM canonical WHERE canonical = (SELECT text FROM term WHERE number = NEW.entity))));
END;

INSERT INTO guide VALUES
  ('ready_agreement', 'table', 'Not the record: the page of each agreement as it stands now, kept so that it need not be worked out. May be empty.'),
  ('ready_name', 'table', 'Not the record: by identifier, the agreement whose page is kept.'),
  ('ready_prediction', 'table', 'Not the record: what has become of predictions, kept like the pages.');
