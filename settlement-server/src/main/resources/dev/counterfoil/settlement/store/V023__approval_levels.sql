-- Where two must agree one after the other, the first of them; three people then, and the database checks that too.
ALTER TABLE approval ADD COLUMN first_approver ${int} NOT NULL DEFAULT 0
  CHECK (first_approver = 0 OR (first_approver <> requester AND first_approver <> approver))
;
