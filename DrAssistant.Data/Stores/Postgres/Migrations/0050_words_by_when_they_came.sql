-- Each portal holds the words of all names in memory and likens a misspelt one to them there (docs/adr/0013). Which transaction brought a word says which words came since: a number
-- that is given out when a word is written would not, for who takes a smaller one may be done later.
ALTER TABLE name_words ADD COLUMN added_by xid8 NOT NULL DEFAULT pg_current_xact_id();
COMMENT ON COLUMN name_words.added_by IS 'the transaction that brought the word';
CREATE INDEX idx_name_words_added ON name_words (added_by);
DROP INDEX idx_name_words_trigram;
