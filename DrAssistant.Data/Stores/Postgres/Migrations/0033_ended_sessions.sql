-- Every portal that keeps copies of sessions asks once a second which were revoked lately.
CREATE INDEX idx_sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
