//! What doors ask about a body, and what they get.

use serde::{Deserialize, Serialize};

use crate::http::{BodyForm, ExchangeId};

macro_rules! asked {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
            #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $type,)+
            }
        )+
    };
}

macro_rules! told {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize)]
            #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $type,)+
            }
        )+
    };
}

/// Names a body, or a part within it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct BodyName {
    /// The answer to which exchange.
    pub exchange: ExchangeId,
    /// The part of a multipart body or the entry of an archive, by number from 0; within that one the next.
    #[serde(default)]
    pub part: Vec<u32>,
}

asked! {
    /// A body in one form.
    Shown {
        /// Which body.
        body: BodyName,
        /// In which form.
        form: BodyForm,
    }

    /// Asks for rows.
    RowsQuery {
        /// Which body, in which form.
        shown: Shown,
        /// The first row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        from: u64,
        /// How many at most; never more than 500 are given.
        count: u32,
    }

    /// Asks where the value that opens on a row ends.
    FoldQuery {
        /// Which body, in which form.
        shown: Shown,
        /// The row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        row: u64,
    }

    /// Asks for the row of a line.
    LineQuery {
        /// Which body, in which form.
        shown: Shown,
        /// The line, from 1; one beyond the end is the last.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        line: u64,
    }

    /// Asks which node stands somewhere.
    PlaceQuery {
        /// Which body, in which form.
        shown: Shown,
        /// The row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        row: u64,
        /// Characters (UTF-16 units) before it in the row.
        column: u32,
    }

    /// What is looked for in a body.
    Find {
        /// The text, or the pattern.
        text: String,
        /// Whether the text is a regular expression.
        regex: bool,
        /// Whether capitals matter.
        case: bool,
        /// Whether only whole words count.
        word: bool,
    }

    /// Starts a search, or looks how far it is; answers after 100 ms at most.
    FindQuery {
        /// Which body, in which form.
        shown: Shown,
        /// What is looked for.
        find: Find,
    }

    /// Asks for one hit.
    HitQuery {
        /// Which body, in which form.
        shown: Shown,
        /// What is looked for.
        find: Find,
        /// Which hit.
        from: HitFrom,
    }

    /// Asks for a list of hits.
    HitsQuery {
        /// Which body, in which form.
        shown: Shown,
        /// What is looked for.
        find: Find,
        /// The first hit, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        from: u64,
        /// How many at most; never more than 200 are given.
        count: u32,
    }

    /// Asks for the nodes an expression names: JSONPath (RFC 9535) or XPath.
    FilterQuery {
        /// Which body, in which form: places are rows of this form.
        shown: Shown,
        /// The expression.
        expression: String,
        /// Prefixes for XPath beside those the document declares, as prefix and namespace.
        namespaces: Vec<(String, String)>,
    }

    /// Asks for records of a CSV body.
    BodyTableQuery {
        /// Which body.
        body: BodyName,
        /// The first record after the head, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        from: u64,
        /// How many at most; never more than 500 are given.
        count: u32,
    }
}

/// Which hit is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HitFrom {
    /// This one, from 0.
    Number {
        /// Its number.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        number: u64,
    },
    /// The first at or behind a row; the first of all when there is none.
    Row {
        /// The row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        row: u64,
    },
}

/// What a body is, which decides how it can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// JSON: pretty, with paths and JSONPath.
    Json,
    /// XML: pretty, with paths and XPath.
    Xml,
    /// HTML: source, and a preview without scripts.
    Html,
    /// Comma separated values: a table.
    Csv,
    /// An event stream.
    Events,
    /// Other text.
    Text,
    /// An image the window can show.
    Image,
    /// PDF.
    Pdf,
    /// A multipart body, MTOM included: a list of parts.
    Multipart,
    /// A zip archive: a list of entries.
    Zip,
    /// Other bytes.
    Binary,
}

told! {
    /// What is known of a body in one form.
    BodyFacts {
        /// What it is.
        kind: BodyKind,
        /// Media type as the server said it.
        content_type: Option<String>,
        /// The character set it is read as, for text.
        charset: Option<String>,
        /// The forms it can be shown in; the first one suits best.
        forms: Vec<BodyForm>,
        /// Bytes that are there by now.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        size: u64,
        /// Whether no more bytes will come.
        whole: bool,
        /// Bytes the index of rows has got through.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        indexed: u64,
        /// Rows known by now; all of them when everything is indexed.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        rows: u64,
        /// Lines known by now.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        lines: u64,
        /// Whether all rows are known.
        done: bool,
        /// Where and why it is no valid JSON or XML, as far as looked at.
        trouble: Option<BodyTrouble>,
    }

    /// Where a text stops being what it says it is.
    BodyTrouble {
        /// Why.
        message: String,
        /// Line of the body as it came, from 1.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        line: u64,
        /// Characters before it in that line, from 1.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        column: u64,
        /// The row in the asked form.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        row: u64,
    }

    /// Rows of a body.
    Rows {
        /// The first of them, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        from: u64,
        /// The rows, fewer than asked for at the end.
        rows: Vec<Row>,
    }

    /// One row: a line, or a piece of a very long one.
    Row {
        /// Its line from 1; absent for the second and later pieces of a long line.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        line: Option<u64>,
        /// Depth of indentation, for guides.
        depth: u32,
        /// Whether a value opens here that ends on a later row.
        opens: bool,
        /// Its text, in pieces of one kind each.
        spans: Vec<Span>,
    }

    /// A piece of a row.
    Span {
        /// What it is.
        kind: SpanKind,
        /// Its text.
        text: String,
    }

    /// Where the asked row, hit or node is.
    #[derive(Default)]
    PlaceOfRow {
        /// The row, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        row: u64,
        /// Its line, from 1.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        line: u64,
        /// Characters before it in the row, as UTF-16 units.
        column: u32,
        /// The path of the node there: JSONPath or XPath.
        path: Option<String>,
        /// In which of the values beside each other (JSON lines) the path begins, from 1; absent for the first.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        document: Option<u64>,
    }

    /// How far a search is.
    Found {
        /// Hits by now.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        count: u64,
        /// Bytes looked through.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        searched: u64,
        /// Whether all of the body was looked through.
        done: bool,
        /// Milliseconds it took by now.
        took_ms: f64,
        /// Hits in each of up to 200 bands of equal size, top to bottom.
        bands: Vec<u32>,
    }

    /// One hit of a search.
    Hit {
        /// Its number, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        number: u64,
        /// Where it begins.
        place: PlaceOfRow,
        /// UTF-16 units it is long, as far as it stands in that row.
        length: u32,
        /// The row's text around it.
        excerpt: String,
    }

    /// The nodes an expression names.
    Filtered {
        /// The nodes, the first 1,000.
        matches: Vec<Match>,
        /// How many there are.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        count: u64,
        /// Whether counting stopped before the end.
        cut: bool,
        /// A value that is no node: what `count(//x)` answers.
        value: Option<String>,
        /// How many JSON values that stand beside each other (JSON lines) were looked at, each with paths of its own; 0
        /// for XML.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        documents: u64,
    }

    /// One node an expression names.
    Match {
        /// Its path.
        path: String,
        /// Its text, indented, the first 2,000 characters.
        text: String,
        /// Its row in the asked form, where that could be told.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        row: Option<u64>,
    }

    /// A part of a multipart body, or an entry of an archive.
    BodyPart {
        /// Its number, from 0.
        number: u32,
        /// File name, form name, content id, or path in the archive.
        name: String,
        /// Media type as said or told by the name.
        content_type: Option<String>,
        /// Its size in bytes, unpacked.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        size: u64,
        /// Its header fields; empty for entries of an archive.
        headers: Vec<(String, String)>,
        /// Why it cannot be shown: encrypted, too large unpacked, an unknown method.
        problem: Option<String>,
    }

    /// Records of a CSV body.
    BodyTable {
        /// Names of the columns, from the first record.
        columns: Vec<String>,
        /// The first record given, from 0.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        from: u64,
        /// The records.
        records: Vec<Vec<String>>,
        /// Records known by now, without the head.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        count: u64,
        /// Whether all of them are counted.
        done: bool,
        /// The line on which a record begins that has no end within 1 MiB; it is the last of the table.
        #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
        stopped: Option<u64>,
    }
}

/// What a piece of a row is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    /// Text without meaning of its own, and white space.
    Plain,
    /// The name of a JSON member.
    Key,
    /// A string, or an attribute's value.
    String,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Literal,
    /// Brackets, commas, colons, angle brackets.
    Punctuation,
    /// The name of an XML element.
    Tag,
    /// The name of an attribute.
    Attribute,
    /// A comment, a processing instruction, a document type.
    Comment,
    /// The offset column of the hex form.
    Offset,
    /// What is not valid.
    Invalid,
}
