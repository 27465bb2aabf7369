-- Which postings of an employer are one job, kept until one of them changes.

CREATE TABLE employer_block (
    employer TEXT COLLATE "C" PRIMARY KEY,
    body TEXT COLLATE "C" NOT NULL -- JSON: a hash of what it was found from, and what was found
);
