-- The formulary: what the checks of a prescription need, and who changed a row. Numbers that are not stated are null, never zero.

ALTER TABLE formulary_medicines
    ADD COLUMN usual_dose                 varchar(255),
    ADD COLUMN max_daily_mg               numeric,
    ADD COLUMN max_single_mg              numeric,
    ADD COLUMN dose_interval              varchar(5)  NOT NULL DEFAULT 'day',
    ADD COLUMN limits_are_oral            boolean     NOT NULL DEFAULT false,
    ADD COLUMN child_usual_mg_per_kg_day  numeric,
    ADD COLUMN child_max_mg_per_kg_day    numeric,
    ADD COLUMN min_age_years              numeric,
    ADD COLUMN pregnancy                  varchar(10) NOT NULL DEFAULT 'unknown',
    ADD COLUMN renal_caution              boolean     NOT NULL DEFAULT false,
    ADD COLUMN avoid_below_egfr           numeric,
    ADD COLUMN updated_at                 timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN updated_by                 uuid REFERENCES users (id),
    ADD CONSTRAINT valid_dose_interval CHECK (dose_interval IN ('day', 'week', 'month')),
    ADD CONSTRAINT valid_pregnancy CHECK (pregnancy IN ('ok', 'caution', 'avoid', 'unknown')),
    ADD CONSTRAINT limits_above_zero CHECK (
        least(max_daily_mg, max_single_mg, child_usual_mg_per_kg_day, child_max_mg_per_kg_day, avoid_below_egfr) > 0 AND min_age_years >= 0);

CREATE TRIGGER formulary_medicines_updated_at BEFORE UPDATE ON formulary_medicines FOR EACH ROW EXECUTE FUNCTION set_updated_at();
