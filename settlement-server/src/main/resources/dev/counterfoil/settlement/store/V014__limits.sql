-- How often an account bought in an hour and a day: asked at every tap, so its rows lie together.
CREATE INDEX authorization_by_account ON ${authorization} (site, account, at_ms) WHERE outcome = 1
;
