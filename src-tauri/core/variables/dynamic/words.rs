//! What dynamic variables are made of.

pub(super) const FIRST_NAMES: &[&str] =
    &["Anna", "Ben", "Carla", "David", "Elena", "Felix", "Grace", "Hugo", "Ida", "Jonas", "Lena", "Mateo"];
pub(super) const LAST_NAMES: &[&str] =
    &["Becker", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Hansen", "Ito", "Keller", "Novak", "Patel"];
pub(super) const CITIES: &[&str] = &[
    "Berlin", "Bogota", "Lisbon", "London", "Mumbai", "Oslo", "Paris", "Prague", "Sydney", "Tokyo", "Toronto",
];
pub(super) const COUNTRIES: &[&str] =
    &["Australia", "Brazil", "Canada", "France", "Germany", "India", "Japan", "Norway", "Portugal", "Spain"];
pub(super) const COUNTRY_CODES: &[&str] = &["AU", "BR", "CA", "DE", "ES", "FR", "IN", "JP", "NO", "PT", "US"];
pub(super) const STREETS: &[&str] =
    &["Harbour Street", "High Street", "Lake Road", "Mill Lane", "Park Avenue", "Station Road"];
pub(super) const COMPANIES: &[&str] =
    &["Alder", "Brook", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harvest"];
pub(super) const SUFFIXES: &[&str] = &["and Sons", "Group", "Inc", "LLC", "Ltd"];
pub(super) const DEPARTMENTS: &[&str] =
    &["Finance", "Logistics", "Procurement", "Production", "Quality", "Sales"];
pub(super) const JOBS: &[&str] =
    &["Accountant", "Analyst", "Architect", "Buyer", "Consultant", "Developer", "Planner"];
pub(super) const PRODUCTS: &[&str] =
    &["Bearing", "Bolt", "Cable", "Chair", "Filter", "Lamp", "Pump", "Table", "Valve"];
pub(super) const MATERIALS: &[&str] =
    &["Aluminium", "Ceramic", "Copper", "Cotton", "Rubber", "Steel", "Wooden"];
pub(super) const COLORS: &[&str] =
    &["black", "blue", "cyan", "green", "grey", "orange", "red", "violet", "white", "yellow"];
pub(super) const CURRENCIES: &[&str] =
    &["AUD", "BRL", "CAD", "CHF", "EUR", "GBP", "INR", "JPY", "NOK", "USD"];
pub(super) const ABBREVIATIONS: &[&str] = &["API", "HTTP", "JSON", "SQL", "TCP", "TLS", "XML"];
pub(super) const PREFIXES: &[&str] = &["Dr.", "Miss", "Mr.", "Mrs.", "Ms."];
pub(super) const WORDS: &[&str] =
    &["anchor", "bridge", "candle", "drift", "engine", "forest", "garden", "ladder", "mirror", "river"];
pub(super) const LATIN: &[&str] = &[
    "amet",
    "consectetur",
    "dolor",
    "elit",
    "ipsum",
    "labore",
    "lorem",
    "magna",
    "sed",
    "sit",
    "tempor",
    "ut",
];
pub(super) const ENDINGS: &[&str] = &["csv", "json", "pdf", "png", "txt", "xml", "zip"];
pub(super) const MEDIA_TYPES: &[&str] =
    &["application/json", "application/pdf", "application/xml", "image/png", "text/csv"];
pub(super) const LOCALES: &[&str] = &["de", "en", "es", "fr", "hi", "ja", "nb", "pt"];
pub(super) const AGENTS: &[&str] =
    &["Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"];
pub(super) const WEEKDAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(super) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
