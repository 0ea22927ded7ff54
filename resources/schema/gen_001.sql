CREATE TABLE doc (
    id INTEGER NOT NULL CHECK (id = 1),
    uuid TEXT NOT NULL CHECK (length(uuid) = 32 AND rtrim(uuid, '0123456789abcdef') = ''),
    role TEXT NOT NULL CHECK (role IN ('office', 'collection')),
    min_reader INTEGER NOT NULL CHECK (min_reader >= 1),
    branch TEXT NOT NULL CHECK (length(branch) = 32 AND rtrim(branch, '0123456789abcdef') = ''),
    revision INTEGER NOT NULL CHECK (revision BETWEEN 0 AND 2147483647),
    created_at TEXT NOT NULL CHECK (length("created_at") <= 19),
    saved_at TEXT CHECK (length("saved_at") <= 19),
    saved_by TEXT CHECK (length("saved_by") <= 500),
    saved_app TEXT CHECK (length("saved_app") <= 50),
    seal TEXT CHECK (length("seal") <= 64),
    checksum TEXT CHECK (length("checksum") <= 64),
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE lineage (
    branch TEXT NOT NULL CHECK (length(branch) = 32 AND rtrim(branch, '0123456789abcdef') = ''),
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    first_revision INTEGER NOT NULL CHECK (first_revision BETWEEN 0 AND 2147483647),
    last_revision INTEGER NOT NULL CHECK (last_revision BETWEEN 0 AND 2147483647),
    PRIMARY KEY (branch)
) STRICT;

CREATE TABLE attachment (
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size >= 0),
    media_type TEXT NOT NULL CHECK (length("media_type") <= 100),
    data BLOB NOT NULL,
    PRIMARY KEY (sha256)
) STRICT;

CREATE TABLE office (
    id TEXT NOT NULL CHECK (length(id) = 32),
    kind TEXT NOT NULL CHECK (length("kind") <= 500),
    name TEXT NOT NULL CHECK (length("name") <= 500),
    district TEXT NOT NULL CHECK (length("district") <= 500),
    province TEXT NOT NULL CHECK (length("province") <= 500),
    address TEXT NOT NULL CHECK (length("address") <= 100000),
    phone TEXT NOT NULL CHECK (length("phone") <= 500),
    email TEXT NOT NULL CHECK (length("email") <= 500),
    website TEXT NOT NULL CHECK (length("website") <= 2000),
    letter_code TEXT NOT NULL CHECK (length("letter_code") <= 500),
    emblem TEXT,
    logo TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(emblem) REFERENCES attachment (sha256),
    FOREIGN KEY(logo) REFERENCES attachment (sha256)
) STRICT;

CREATE INDEX ix_office_emblem ON office (emblem);

CREATE INDEX ix_office_logo ON office (logo);

CREATE TABLE unit (
    id TEXT NOT NULL CHECK (length(id) = 32),
    office_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    name TEXT NOT NULL CHECK (length("name") <= 500),
    aliases TEXT NOT NULL CHECK (length("aliases") <= 100000),
    PRIMARY KEY (id),
    FOREIGN KEY(office_id) REFERENCES office (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_unit_office_id ON unit (office_id, ordinal);

CREATE TABLE person (
    id TEXT NOT NULL CHECK (length(id) = 32),
    office_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    name TEXT NOT NULL CHECK (length("name") <= 500),
    position TEXT NOT NULL CHECK (length("position") <= 500),
    acting TEXT NOT NULL CHECK (length("acting") <= 500),
    acting_for TEXT NOT NULL CHECK (length("acting_for") <= 500),
    PRIMARY KEY (id),
    FOREIGN KEY(office_id) REFERENCES office (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_person_office_id ON person (office_id, ordinal);

CREATE TABLE phrase (
    id TEXT NOT NULL CHECK (length(id) = 32),
    office_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    text TEXT NOT NULL CHECK (length("text") <= 100000),
    PRIMARY KEY (id),
    FOREIGN KEY(office_id) REFERENCES office (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_phrase_office_id ON phrase (office_id, ordinal);

CREATE TABLE fiscal_year (
    id TEXT NOT NULL CHECK (length(id) = 32),
    office_id TEXT NOT NULL,
    year INTEGER NOT NULL CHECK (year BETWEEN 2540 AND 2700),
    analysed_year INTEGER CHECK (analysed_year BETWEEN 2540 AND 2700),
    PRIMARY KEY (id),
    UNIQUE (office_id, year),
    FOREIGN KEY(office_id) REFERENCES office (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE finding (
    id TEXT NOT NULL CHECK (length(id) = 32),
    fiscal_year_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    indicator TEXT NOT NULL CHECK (length("indicator") <= 20),
    kind TEXT NOT NULL CHECK (kind IN ('urgent', 'develop')),
    text TEXT NOT NULL CHECK (length("text") <= 100000),
    PRIMARY KEY (id),
    FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_finding_fiscal_year_id ON finding (fiscal_year_id, ordinal);

CREATE TABLE assessment (
    id TEXT NOT NULL CHECK (length(id) = 32),
    office_id TEXT NOT NULL,
    year INTEGER NOT NULL CHECK (year BETWEEN 2540 AND 2700),
    total INTEGER CHECK (total BETWEEN 0 AND 10000),
    iit INTEGER CHECK (iit BETWEEN 0 AND 10000),
    eit INTEGER CHECK (eit BETWEEN 0 AND 10000),
    oit INTEGER CHECK (oit BETWEEN 0 AND 10000),
    grade_as_printed TEXT NOT NULL CHECK (length("grade_as_printed") <= 500),
    PRIMARY KEY (id),
    UNIQUE (office_id, year),
    FOREIGN KEY(office_id) REFERENCES office (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE assessment_indicator (
    id TEXT NOT NULL CHECK (length(id) = 32),
    assessment_id TEXT NOT NULL,
    indicator INTEGER NOT NULL CHECK (indicator BETWEEN 1 AND 10),
    score INTEGER CHECK (score BETWEEN 0 AND 10000),
    PRIMARY KEY (id),
    UNIQUE (assessment_id, indicator),
    FOREIGN KEY(assessment_id) REFERENCES assessment (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE measure (
    id TEXT NOT NULL CHECK (length(id) = 32),
    fiscal_year_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    title TEXT NOT NULL CHECK (length("title") <= 100000),
    steps TEXT NOT NULL CHECK (length("steps") <= 100000),
    responsible TEXT NOT NULL CHECK (length("responsible") <= 100000),
    period TEXT NOT NULL CHECK (length("period") <= 100000),
    follow_up TEXT NOT NULL CHECK (length("follow_up") <= 100000),
    indicator TEXT NOT NULL CHECK (length("indicator") <= 20),
    heading TEXT NOT NULL CHECK (length("heading") <= 500),
    continuous INTEGER NOT NULL CHECK (continuous IN (0, 1)),
    PRIMARY KEY (id),
    FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_measure_fiscal_year_id ON measure (fiscal_year_id, ordinal);

CREATE TABLE progress (
    id TEXT NOT NULL CHECK (length(id) = 32),
    measure_id TEXT NOT NULL,
    round INTEGER NOT NULL CHECK (round IN (6, 12)),
    status TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'done')),
    result TEXT NOT NULL CHECK (length("result") <= 100000),
    outcome TEXT NOT NULL CHECK (length("outcome") <= 100000),
    suggestion TEXT NOT NULL CHECK (length("suggestion") <= 100000),
    PRIMARY KEY (id),
    UNIQUE (measure_id, round),
    FOREIGN KEY(measure_id) REFERENCES measure (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE evidence (
    id TEXT NOT NULL CHECK (length(id) = 32),
    measure_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    round INTEGER CHECK (round IN (6, 12)),
    title TEXT NOT NULL CHECK (length("title") <= 500),
    url TEXT NOT NULL CHECK (length("url") <= 2000),
    attachment TEXT,
    file_name TEXT NOT NULL CHECK (length("file_name") <= 500),
    PRIMARY KEY (id),
    FOREIGN KEY(measure_id) REFERENCES measure (id) ON DELETE CASCADE,
    FOREIGN KEY(attachment) REFERENCES attachment (sha256)
) STRICT;

CREATE INDEX ix_evidence_attachment ON evidence (attachment);

CREATE INDEX ix_evidence_measure_id ON evidence (measure_id, ordinal);

CREATE TABLE document (
    id TEXT NOT NULL CHECK (length(id) = 32),
    fiscal_year_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    layout TEXT NOT NULL CHECK (length("layout") <= 500),
    round INTEGER CHECK (round IN (6, 12)),
    unit TEXT NOT NULL CHECK (length("unit") <= 500),
    number TEXT NOT NULL CHECK (length("number") <= 500),
    date TEXT CHECK (date LIKE '____-__-__'),
    subject TEXT NOT NULL CHECK (length("subject") <= 500),
    "to" TEXT NOT NULL CHECK (length("to") <= 500),
    digits TEXT NOT NULL CHECK (digits IN ('thai', 'arabic')),
    grade TEXT NOT NULL CHECK (grade IN ('computed', 'typed')),
    signed_on TEXT CHECK (signed_on LIKE '____-__-__'),
    sections TEXT CHECK (length("sections") <= 500),
    names_round INTEGER NOT NULL CHECK (names_round IN (0, 1)),
    show_code INTEGER NOT NULL CHECK (show_code IN (0, 1)),
    scan TEXT,
    scan_name TEXT NOT NULL CHECK (length("scan_name") <= 500),
    PRIMARY KEY (id),
    FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id) ON DELETE CASCADE,
    FOREIGN KEY(scan) REFERENCES attachment (sha256)
) STRICT;

CREATE INDEX ix_document_fiscal_year_id ON document (fiscal_year_id, ordinal);

CREATE INDEX ix_document_scan ON document (scan);

CREATE TABLE document_text (
    id TEXT NOT NULL CHECK (length(id) = 32),
    document_id TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length("name") <= 500),
    text TEXT NOT NULL CHECK (length("text") <= 100000),
    PRIMARY KEY (id),
    UNIQUE (document_id, name),
    FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE signatory (
    id TEXT NOT NULL CHECK (length(id) = 32),
    document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    role TEXT NOT NULL CHECK (length("role") <= 500),
    name TEXT NOT NULL CHECK (length("name") <= 500),
    position TEXT NOT NULL CHECK (length("position") <= 500),
    acting TEXT NOT NULL CHECK (length("acting") <= 500),
    acting_for TEXT NOT NULL CHECK (length("acting_for") <= 500),
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_signatory_document_id ON signatory (document_id, ordinal);

CREATE TABLE publication (
    id TEXT NOT NULL CHECK (length(id) = 32),
    document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    oit_item TEXT NOT NULL CHECK (length("oit_item") <= 500),
    url TEXT NOT NULL CHECK (length("url") <= 2000),
    click_path TEXT NOT NULL CHECK (length("click_path") <= 500),
    date TEXT CHECK (date LIKE '____-__-__'),
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_publication_document_id ON publication (document_id, ordinal);

CREATE TABLE printout (
    id TEXT NOT NULL CHECK (length(id) = 32),
    document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    code TEXT NOT NULL CHECK (length(code) = 64 AND rtrim(code, '0123456789abcdef') = ''),
    printed_at TEXT NOT NULL CHECK (printed_at LIKE '____-__-__T__:__:__'),
    printed_by TEXT NOT NULL CHECK (length("printed_by") <= 500),
    family TEXT NOT NULL CHECK (length("family") <= 500),
    tree TEXT,
    pdf TEXT,
    signed INTEGER NOT NULL CHECK (signed IN (0, 1)),
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE,
    FOREIGN KEY(tree) REFERENCES attachment (sha256),
    FOREIGN KEY(pdf) REFERENCES attachment (sha256)
) STRICT;

CREATE INDEX ix_printout_document_id ON printout (document_id, ordinal);

CREATE INDEX ix_printout_pdf ON printout (pdf);

CREATE INDEX ix_printout_tree ON printout (tree);

CREATE TABLE layout (
    id TEXT NOT NULL CHECK (length(id) = 32),
    name TEXT NOT NULL CHECK (length("name") <= 500),
    toml TEXT NOT NULL CHECK (length("toml") <= 100000),
    PRIMARY KEY (id),
    UNIQUE (name)
) STRICT;

CREATE TABLE deletion (
    id TEXT NOT NULL CHECK (length(id) = 32),
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    deleted_at TEXT NOT NULL CHECK (deleted_at LIKE '____-__-__T__:__:__'),
    table_name TEXT NOT NULL CHECK (length("table_name") <= 50),
    row_id TEXT NOT NULL CHECK (length("row_id") <= 32),
    deleted_by TEXT NOT NULL CHECK (length("deleted_by") <= 500),
    title TEXT NOT NULL CHECK (length("title") <= 500),
    within TEXT NOT NULL CHECK (length("within") <= 500),
    below INTEGER NOT NULL CHECK (below BETWEEN 0 AND 2147483647),
    content TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(content) REFERENCES attachment (sha256)
) STRICT;

CREATE INDEX ix_deletion_content ON deletion (content);

CREATE TABLE deleted_file (
    id TEXT NOT NULL CHECK (length(id) = 32),
    deletion_id TEXT NOT NULL,
    attachment TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(deletion_id) REFERENCES deletion (id) ON DELETE CASCADE,
    FOREIGN KEY(attachment) REFERENCES attachment (sha256)
) STRICT;

CREATE INDEX ix_deleted_file_attachment ON deleted_file (attachment);

CREATE INDEX ix_deleted_file_deletion_id ON deleted_file (deletion_id);

CREATE TABLE sending (
    id TEXT NOT NULL CHECK (length(id) = 32),
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 0 AND 2147483647),
    sent_at TEXT NOT NULL CHECK (sent_at LIKE '____-__-__T__:__:__'),
    revision INTEGER NOT NULL CHECK (revision BETWEEN 0 AND 2147483647),
    seal TEXT NOT NULL CHECK (length(seal) = 64 AND rtrim(seal, '0123456789abcdef') = ''),
    sent_by TEXT NOT NULL CHECK (length("sent_by") <= 500),
    "to" TEXT NOT NULL CHECK (length("to") <= 500),
    years TEXT NOT NULL CHECK (length("years") <= 500),
    round INTEGER CHECK (round IN (6, 12)),
    attached INTEGER NOT NULL CHECK (attached IN (0, 1)),
    path TEXT NOT NULL CHECK (length("path") <= 2000),
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE template_measure (
    id TEXT NOT NULL CHECK (length(id) = 32),
    fiscal_year_id TEXT NOT NULL,
    title TEXT NOT NULL CHECK (length("title") <= 100000),
    steps TEXT NOT NULL CHECK (length("steps") <= 100000),
    responsible TEXT NOT NULL CHECK (length("responsible") <= 100000),
    period TEXT NOT NULL CHECK (length("period") <= 100000),
    follow_up TEXT NOT NULL CHECK (length("follow_up") <= 100000),
    indicator TEXT NOT NULL CHECK (length("indicator") <= 20),
    heading TEXT NOT NULL CHECK (length("heading") <= 500),
    continuous INTEGER NOT NULL CHECK (continuous IN (0, 1)),
    PRIMARY KEY (id),
    FOREIGN KEY(fiscal_year_id) REFERENCES fiscal_year (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX ix_template_measure_fiscal_year_id ON template_measure (fiscal_year_id);

CREATE TABLE joined (
    id TEXT NOT NULL CHECK (length(id) = 32 AND rtrim(id, '0123456789abcdef') = ''),
    first_revision INTEGER NOT NULL CHECK (first_revision BETWEEN 0 AND 2147483647),
    last_revision INTEGER NOT NULL CHECK (last_revision BETWEEN 0 AND 2147483647),
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE setting (
    "key" TEXT NOT NULL CHECK (length("key") <= 500),
    value TEXT NOT NULL CHECK (length("value") <= 100000),
    PRIMARY KEY ("key")
) STRICT;

CREATE TABLE history (
    id TEXT NOT NULL CHECK (length(id) = 32),
    day TEXT NOT NULL CHECK (length("day") <= 10),
    at TEXT NOT NULL CHECK (length("at") <= 19),
    who TEXT NOT NULL CHECK (length("who") <= 500),
    table_name TEXT NOT NULL CHECK (length("table_name") <= 50),
    row_id TEXT NOT NULL CHECK (length("row_id") <= 32),
    op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
    "before" TEXT CHECK (length("before") <= 2000000),
    "after" TEXT CHECK (length("after") <= 2000000),
    PRIMARY KEY (id),
    UNIQUE (row_id, day, who)
) STRICT;
