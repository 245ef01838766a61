-- A visit whose note was entered in error gets another one: one note of a visit counts, and those in error stay beside it.

CREATE UNIQUE INDEX one_live_note_of_encounter ON clinical_notes (encounter_id) WHERE status <> 'entered_in_error';
CREATE INDEX idx_clinical_notes_encounter ON clinical_notes (encounter_id);
ALTER TABLE clinical_notes DROP CONSTRAINT clinical_notes_encounter_id_key;
