use std::collections::BTreeSet;

use super::*;

fn opened(file: &Path) -> Connection {
    Connection::open(file).unwrap()
}

/// A database of the first version with a history: as an older program left it.
fn filled(file: &Path, tenants: usize) {
    let database = Database::open(file).unwrap();
    database
        .transaction(|transaction| {
            for number in 0..tenants {
                transaction.execute(
                    "INSERT INTO tenant (id, name, stage) VALUES (?1, ?2, 'dev')",
                    [format!("id-{number}"), format!("acme-{number}")],
                )?;
            }
            transaction.execute("INSERT INTO setting VALUES ('settings', '{}')", [])?;
            Ok(())
        })
        .unwrap();
}

fn tenants(database: &Database) -> u32 {
    let count = |connection: &Connection| {
        Ok(connection.query_row("SELECT count(*) FROM tenant", [], |row| row.get(0))?)
    };
    database.read(count).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sluice.db");
    opened(&file).pragma_update(None, "user_version", 99).unwrap();

    let refused = Database::open(&file).err().expect("it is refused");

    assert!(matches!(refused, DatabaseError::Newer { found: 99, .. }), "{refused}");
    assert_eq!(migration::version(&opened(&file)).unwrap(), 99, "the version stays");
    assert!(Error::from(refused).hint.unwrap().contains("Update Sluice"));
}

#[test]
fn a_file_that_is_no_database_is_moved_aside_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sluice.db");
    let text = "this is not SQLite, whatever its name says, and long enough to be read".repeat(3);
    std::fs::write(&file, &text).unwrap();

    let database = Database::open(&file).unwrap();

    let told = database.remark().expect("it is told");
    assert!(
        told.message.contains("moved aside") && told.message.contains("Nothing in it"),
        "{}",
        told.message
    );
    let aside = names(folder.path()).into_iter().find(|name| name.contains(".db.damaged-")).unwrap();
    assert_eq!(std::fs::read_to_string(folder.path().join(aside)).unwrap(), text, "it is as it was");
    drop(database);
    assert!(Database::open(&file).unwrap().remark().is_none(), "it is told once");
}

#[test]
fn what_can_be_read_of_a_damaged_file_is_saved() {
    for (what, needle, length, least) in
        [("header", None, 64, 300), ("a page of tenants", Some(b"acme-7"), 4096, 50)]
    {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sluice.db");
        filled(&file, 300);
        let mut bytes = std::fs::read(&file).unwrap();
        let from = match needle {
            None => 0,
            Some(needle) => {
                bytes.windows(needle.len()).position(|window| window == needle).unwrap() / 4096 * 4096
            }
        };
        bytes[from..from + length].fill(0xA5);
        std::fs::write(&file, bytes).unwrap();

        let database = Database::open(&file).unwrap();

        let told = database.remark().unwrap_or_else(|| panic!("{what} is told"));
        let saved = tenants(&database);
        assert!(told.message.contains(&format!("{saved} tenants")), "{}", told.message);
        assert!(saved >= least, "{what}: {saved} tenants were saved");
    }
}

#[test]
fn every_table_is_carried_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sluice.db");
    filled(&file, 1);
    let connection = opened(&file);
    let sql = "SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'";
    let names = |connection: &Connection| -> BTreeSet<String> {
        connection.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().flatten().collect()
    };
    let carried: BTreeSet<String> = salvage::TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&connection), carried);

    connection.execute("INSERT INTO allowed_host VALUES ('id-0', 'https://other.example')", []).unwrap();
    drop(connection);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[..64].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    let told = Database::open(&file).unwrap().remark().unwrap().message.clone();
    assert!(told.contains("1 allowed hosts"), "{told}");
}

#[test]
fn damage_met_later_is_mended_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sluice.db");
    filled(&file, 3);
    salvage::mark_suspect(&file);
    assert!(Database::open(&file).unwrap().remark().is_none(), "a whole file stays");
    assert_eq!(names(folder.path()), ["sluice.db"], "and is not suspected for ever");
}

#[test]
fn damage_within_the_history_is_met_noted_and_mended_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sluice.db");
    filled(&file, 3);
    let connection = opened(&file);
    for number in 0..2_000 {
        connection
            .execute(
                "INSERT INTO exchange (number, id, door, method, url, host, took_ms, body_size)
                 VALUES (?1, ?2, 'window', 'GET', 'https://needle.example/', 'needle.example', 1.0, 0)",
                rusqlite::params![number, format!("id-{number}")],
            )
            .unwrap();
    }
    drop(connection);
    let mut bytes = std::fs::read(&file).unwrap();
    let needle = "https://needle.example/";
    // The first page may be the root, whose free space still has the first rows.
    let mut pages: Vec<_> =
        memchr::memmem::find_iter(&bytes, needle).map(|place| place / 4096 * 4096).collect();
    pages.dedup();
    let at = pages[pages.len() / 2];
    bytes[at..at + 4096].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    let all = |connection: &Connection| {
        let mut statement = connection.prepare("SELECT url FROM exchange")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.len())
    };

    let database = Database::open(&file).unwrap();
    assert!(database.remark().is_none(), "a start does not look through everything");
    let met = Error::from(database.read(all).unwrap_err());
    assert!(met.hint.unwrap().contains("start it again"));
    drop(database);
    let database = Database::open(&file).unwrap();

    assert!(database.remark().unwrap().message.contains("3 tenants"));
    let saved = database.read(all).unwrap();
    assert!(saved > 1_000, "what lies around the damage is saved: {saved} {:?}", database.remark());
}

#[test]
fn a_migration_keeps_a_copy_of_what_was_there_before() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sluice.db");
    filled(&file, 3);
    let older = opened(&file);
    older
        .execute_batch("DROP TABLE exchange_text; DROP TABLE exchange_record; DROP TABLE exchange; DROP TABLE loose_secret; ALTER TABLE service_key DROP COLUMN secret; PRAGMA user_version = 4;")
        .unwrap();
    drop(older);
    std::fs::write(folder.path().join("sluice.db.v3"), "an older copy").unwrap();

    let database = Database::open(&file).unwrap();

    assert_eq!(tenants(&database), 3);
    let copies: Vec<_> =
        names(folder.path()).into_iter().filter(|name| name.starts_with("sluice.db.v")).collect();
    assert_eq!(copies, ["sluice.db.v4"], "the newest one only");
    let copy = opened(&folder.path().join("sluice.db.v4"));
    assert_eq!(migration::version(&copy).unwrap(), 4);
    let kept: i64 = copy.query_row("SELECT count(*) FROM tenant", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 3);
}
