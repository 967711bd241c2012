-- On what terms an account buys at terminals that price by card, and what lay on the scale.
ALTER TABLE account ADD COLUMN card_class ${int} NOT NULL DEFAULT 1 CHECK (card_class BETWEEN 1 AND 99)
;
ALTER TABLE account ADD COLUMN discount_permille ${int} NOT NULL DEFAULT 0 CHECK (discount_permille BETWEEN 0 AND 999)
;
ALTER TABLE sale_line ADD COLUMN weight_grams ${int} NOT NULL DEFAULT 0
;
ALTER TABLE sale_line ADD COLUMN kilogram_price_minor ${int} NOT NULL DEFAULT 0
