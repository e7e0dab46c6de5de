//! What may be typed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use sluice_core::error::{Code, Error};

use crate::output::Output;

const EXAMPLES: &str = "\
Examples:
  sluice key import service-key.json --tenant acme-dev --stage dev
  sluice send POST /http/orders -d @order.json --tenant acme-dev
  sluice send GET /http/orders/4711 --service-key key.json --json
  sluice token --tenant acme-dev
  sluice sandbox --keys ./keys

Exit codes:
  0  an answer below 400
  1  an answer of 400 or more from the flow, a check failed, or a host has something to be repaired
  2  wrong usage or unreadable input
  3  not sent, or no whole answer
  4  refused by the token server, or by the platform before the flow ran
  5  the secret store is not usable";

/// Request workbench for SAP Integration Suite: service keys, tokens and calls from the terminal.
#[derive(Parser)]
#[command(name = "sluice", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Args)]
pub struct Global {
    /// Use this service key, held in memory for this run only; needs no keyring and no tenant
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub service_key: Option<PathBuf>,
    /// Private key of an external certificate (PEM: PKCS#1, PKCS#8, SEC1, encrypted or not)
    #[arg(long, global = true, value_name = "PEM", value_hint = ValueHint::FilePath, conflicts_with = "pkcs12")]
    pub private_key: Option<PathBuf>,
    /// Private key and chain of an external certificate (PKCS#12)
    #[arg(long, global = true, value_name = "P12", value_hint = ValueHint::FilePath)]
    pub pkcs12: Option<PathBuf>,
    /// Read the passphrase of the private key from this environment variable instead of a prompt
    #[arg(long, global = true, value_name = "VAR")]
    pub passphrase_env: Option<String>,
    /// Trust the roots in this PEM file too; may be repeated (`SSL_CERT_FILE` is read as well)
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub cacert: Vec<PathBuf>,
    /// Let requests use these variables of the process environment, as {{process.env.NAME}}
    #[arg(long, global = true, value_name = "NAME,NAME", env = "SLUICE_PROCESS_ENV", hide_env_values = true)]
    pub process_env: Option<String>,
    /// Answer in JSON, for machines
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Manage tenants
    #[command(subcommand, after_help = TENANT_EXAMPLES)]
    Tenant(TenantVerb),
    /// Manage the service keys of tenants
    #[command(subcommand, after_help = KEY_EXAMPLES)]
    Key(KeyVerb),
    /// Ask for client certificates of your own, take in what the authority signed, and export it
    #[command(subcommand, after_help = CERTIFICATE_EXAMPLES)]
    Certificate(CertificateVerb),
    /// Get a token and show what it carries
    #[command(after_help = TOKEN_EXAMPLES)]
    Token(TokenOptions),
    /// Send a request: to a path on the tenant's runtime, or to any URL
    #[command(after_help = SEND_EXAMPLES)]
    Send(Box<SendOptions>),
    /// Search what was sent from window and terminal, show it, send it again
    #[command(after_help = HISTORY_EXAMPLES)]
    History(HistoryOptions),
    /// Import a collection of Postman, Bruno, Insomnia, OpenAPI, WSDL, HAR or curl
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(ImportOptions),
    /// Write a collection in another format
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(ExportOptions),
    /// Look through a collection for broken files, literal secrets and format trouble; exit code 1 if there is any
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckOptions),
    /// Test how far a host can be reached and what its TLS looks like; exit code 1 if anything is to be repaired
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect(InspectOptions),
    /// Start the embedded tenant and write its service keys
    #[command(after_help = SANDBOX_EXAMPLES)]
    Sandbox(SandboxOptions),
    /// Print the completion script of a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsOptions),
}

const TENANT_EXAMPLES: &str = "\
Examples:
  sluice tenant add acme-dev --stage dev --group \"Acme Foods\"
  sluice tenant list
  sluice tenant show acme-dev --json
  sluice tenant remove acme-dev --yes";

#[derive(Subcommand)]
pub enum TenantVerb {
    /// Add a tenant without keys
    Add {
        /// Its name
        name: String,
        /// What it is used for
        #[arg(long)]
        stage: StageWord,
        /// The group it is listed under, usually the customer
        #[arg(long)]
        group: Option<String>,
        /// A colour, #rrggbb
        #[arg(long)]
        color: Option<String>,
    },
    /// List all tenants
    List,
    /// Show one tenant and its keys
    Show {
        /// Its name
        name: String,
    },
    /// Remove a tenant, its keys and their secrets in the keyring
    Remove {
        /// Its name
        name: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
}

const KEY_EXAMPLES: &str = "\
Examples:
  sluice key import service-key.json --tenant acme-dev --stage dev
  cf service-key cpi-rt workbench | sluice key import - --tenant acme-dev --stage dev
  sluice key import external.json --tenant acme-dev --pkcs12 partner.p12 --passphrase-env P12_PASS
  sluice key list --tenant acme-dev
  sluice key check acme-dev
  sluice key renew integration-flow new-key.json --tenant acme-dev
  sluice key certificates
  sluice key parameters --plan api --role MonitoringDataRead --key-type certificate --validity 365";

#[derive(Subcommand)]
pub enum KeyVerb {
    /// Read a service key and save it, its secrets in the keyring
    Import {
        /// The service key as JSON, text around it is fine; - reads standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The tenant it belongs to; made when there is none of this name
        #[arg(long)]
        tenant: String,
        /// The stage of a new tenant
        #[arg(long)]
        stage: Option<StageWord>,
        /// A name for the key
        #[arg(long)]
        name: Option<String>,
        /// Only show what the key is, save nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Put a new service key in the place of a saved one, once a token proved it good
    Renew {
        /// The saved key's name
        name: String,
        /// The new service key as JSON, of the same service instance; - reads standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Its tenant
        #[arg(long)]
        tenant: String,
    },
    /// List keys
    List {
        /// Of this tenant only
        #[arg(long)]
        tenant: Option<String>,
    },
    /// A traffic light for every key: token, roles, host, certificate, plan; exit code 1 if any is red
    Check {
        /// Of this tenant only
        tenant: Option<String>,
    },
    /// Write the parameters of a service instance and its key, for the BTP cockpit, cf and btp
    Parameters(ParameterOptions),
    /// List the client certificates of all keys, the next to end first
    Certificates {
        /// Of this tenant only, with everything that was looked at
        tenant: Option<String>,
    },
    /// Remove a key and its secrets in the keyring
    Remove {
        /// The key's name
        name: String,
        /// Its tenant
        #[arg(long)]
        tenant: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
}

const CERTIFICATE_EXAMPLES: &str = "\
Examples:
  sluice certificate request orders-dev --subject \"CN=orders-dev, O=Acme Foods, C=DE\" -o orders-dev.csr
  sluice certificate request orders-test --subject orders-test --key-type ec-p256 --self-signed
  sluice certificate import answer.p7b -o for-the-cockpit.pem
  sluice certificate import orders-dev.crt issuer.crt
  sluice certificate export orders-dev -o orders-dev.p12 --passphrase-env P12_PASS
  sluice certificate pending

The private key goes to the keyring and leaves it only in an export. The service key made for the certificate finds it
there: sluice key import external.json --tenant acme-dev";

#[derive(Subcommand)]
pub enum CertificateVerb {
    /// Make a key pair, the private key in the keyring, and print the request the authority signs (CSR, PEM)
    Request {
        /// A name for it
        name: String,
        /// The holder: CN, OU, O, L, ST, C and emailAddress, or the common name alone
        #[arg(long, value_name = "NAME")]
        subject: String,
        /// The kind of the key pair
        #[arg(long, default_value = "rsa-2048")]
        key_type: KeyPairWord,
        /// A DNS name the certificate shall stand for as well; may be repeated
        #[arg(long = "dns", value_name = "NAME")]
        dns_names: Vec<String>,
        /// Let the key sign its own certificate, for tests, and print that
        #[arg(long)]
        self_signed: bool,
        /// Write to this file; without it, or with -, to standard output
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// List what was asked for and what came back
    Pending,
    /// Take in what the authority signed: finds the request it answers and orders its chain
    Import {
        /// PEM, DER or PKCS#7 (P7B); issuers may come in files of their own, later too
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Write the signed certificate alone to this file, PEM as the cockpit wants it for an external certificate
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Write a signed certificate with its private key as a PKCS#12 file
    Export {
        /// The request's name
        name: String,
        /// The file to write
        #[arg(long, short, value_name = "P12", value_hint = ValueHint::FilePath)]
        output: PathBuf,
        /// Replace a file that is there
        #[arg(long)]
        force: bool,
    },
    /// Remove a request and its private key in the keyring
    Remove {
        /// The request's name
        name: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum KeyPairWord {
    #[value(name = "rsa-2048")]
    Rsa2048,
    #[value(name = "rsa-4096")]
    Rsa4096,
    #[value(name = "ec-p256")]
    EcP256,
    #[value(name = "ec-p384")]
    EcP384,
}

#[derive(Args)]
pub struct ParameterOptions {
    /// What the instance is for
    #[arg(long, default_value = "integration-flow")]
    pub plan: PlanWord,
    /// A role; may be repeated, without it the usual ones
    #[arg(long = "role", value_name = "ROLE")]
    pub roles: Vec<String>,
    /// A grant type, as SAP writes it; may be repeated, without it that of a client
    #[arg(long = "grant-type", value_name = "TYPE")]
    pub grant_types: Vec<String>,
    /// Where a browser returns to, for authorization codes; may be repeated
    #[arg(long = "redirect-uri", value_name = "URI")]
    pub redirect_uris: Vec<String>,
    /// How long a token lives, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub token_validity: Option<u64>,
    /// How the key proves who it is
    #[arg(long, default_value = "secret")]
    pub key_type: KeyTypeWord,
    /// Days SAP's certificate is valid
    #[arg(long, value_name = "DAYS")]
    pub validity: Option<u64>,
    /// Bits of SAP's key
    #[arg(long, value_name = "BITS")]
    pub key_length: Option<u64>,
    /// The certificate of an external key as PEM
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub certificate: Option<PathBuf>,
    /// Accept any certificate of the same subject and issuer
    #[arg(long)]
    pub no_pin: bool,
    /// The name of the service instance
    #[arg(long, default_value = "sluice")]
    pub instance: String,
    /// The name of the service key
    #[arg(long, default_value = "sluice")]
    pub name: String,
    /// The subaccount's ID, for btp
    #[arg(long, value_name = "ID")]
    pub subaccount: Option<String>,
    /// Check the parameters in this file instead of writing some
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub check: Option<PathBuf>,
}

/// How a service key is to prove who it is.
#[derive(Clone, Copy, ValueEnum)]
pub enum KeyTypeWord {
    Secret,
    Certificate,
    External,
}

const TOKEN_EXAMPLES: &str = "\
Examples:
  sluice token --tenant acme-dev
  sluice token --tenant acme-dev --plan api --json
  TOKEN=$(sluice token --service-key key.json --reveal)";

#[derive(Args)]
pub struct TokenOptions {
    /// The tenant
    #[arg(long, required_unless_present = "service_key")]
    pub tenant: Option<String>,
    /// The key's name; without it the integration-flow key
    #[arg(long, conflicts_with = "plan")]
    pub key: Option<String>,
    /// Choose the key by plan
    #[arg(long)]
    pub plan: Option<PlanWord>,
    /// Print the token itself, alone on standard output
    #[arg(long)]
    pub reveal: bool,
}

const SEND_EXAMPLES: &str = "\
Examples:
  sluice send POST /http/orders -d @order.json --tenant acme-dev
  sluice send GET /http/orders -H 'Accept: application/xml' -i --tenant acme-dev
  sluice send POST /http/upload -F file=@report.pdf -F note=hello --tenant acme-dev
  sluice send POST /cxf/payment -d @envelope.xml -H 'Content-Type: text/xml' --auth certificate --tenant acme-prod
  sluice send GET https://example.com/ --auth none
  sluice send './orders/Create order.yml' --env dev

A body that starts with @ is read from the file behind it, @- from standard input. The file of a request may send files in
the folder of its collection, no others. Without a Content-Type of yours
JSON is sent as application/json, XML as application/xml, other text as text/plain.";

#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct SendOptions {
    /// The method, for example GET or POST; or the file of a request in a collection
    #[arg(value_name = "METHOD|FILE", value_hint = ValueHint::FilePath)]
    pub method: String,
    /// A path on the tenant's runtime such as /http/orders, or a whole URL; none with the file of a request
    #[arg(value_hint = ValueHint::Url)]
    pub url: Option<String>,
    /// The environment of the collection the file belongs to
    #[arg(long, value_name = "NAME")]
    pub env: Option<String>,
    /// A variable for this sending, before all others; may be repeated
    #[arg(long = "var", value_name = "NAME=VALUE")]
    pub variables: Vec<String>,
    /// The tenant
    #[arg(long)]
    pub tenant: Option<String>,
    /// The key's name; without it the integration-flow key
    #[arg(long)]
    pub key: Option<String>,
    /// A header field; may be repeated
    #[arg(long = "header", short = 'H', value_name = "NAME: VALUE")]
    pub headers: Vec<String>,
    /// A query parameter; may be repeated
    #[arg(long = "query", short = 'Q', value_name = "NAME=VALUE")]
    pub parameters: Vec<String>,
    /// The body, or @FILE
    #[arg(long, short, value_name = "TEXT|@FILE", conflicts_with_all = ["form", "multipart"])]
    pub data: Option<String>,
    /// A field of a urlencoded form; may be repeated
    #[arg(long, value_name = "NAME=VALUE", conflicts_with = "multipart")]
    pub form: Vec<String>,
    /// A part of a multipart form, a file with @; may be repeated
    #[arg(long = "multipart", short = 'F', value_name = "NAME=VALUE|@FILE")]
    pub multipart: Vec<String>,
    /// As whom the request is sent; without tenant and service key nobody
    #[arg(long)]
    pub auth: Option<AuthWord>,
    /// What to do about CSRF protection: fetch a token when asked for one (the default), before every writing call, or never
    #[arg(long)]
    pub csrf: Option<CsrfWord>,
    /// Print status line and header fields before the body
    #[arg(long, short)]
    pub include: bool,
    /// Write the body to this file; - is standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Whole time allowed for the sending, in seconds; 120 when not said
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<f64>,
    /// Do not follow redirects
    #[arg(long)]
    pub no_redirects: bool,
    /// Send the credentials to a host that is not the tenant's, too; for this run only, no file can say it
    #[arg(long)]
    pub any_host: bool,
    /// Use HTTP/1.1 only
    #[arg(long = "http1.1")]
    pub http1_only: bool,
    /// Do not ask before writing to a production tenant
    #[arg(long, short)]
    pub yes: bool,
}

const HISTORY_EXAMPLES: &str = "\
Examples:
  sluice history
  sluice history tenant:acme-prod status:5xx since:2d
  sluice history PO-2026-11842 --json
  sluice history show 3f2a --body
  sluice history resend 3f2a
  sluice history export 3f2a -o exchange.har
  sluice history remove --found 'before:30d -pinned:yes'

Words must all be there, the last one as a beginning; \"in quotes\" in this order; -word must not be there.
Terms: tenant:acme-* stage:prod status:5xx|404|>=400|none method:POST door:window|terminal host: path: title:
since:2d|2h|today|monday|2026-11-01 before: took:>1s size:>1mb pinned:yes note:
Of each body the first 256 KiB are searched. A word that is also a command, and whatever begins with -, goes behind --: sluice history -- show -error";

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct HistoryOptions {
    #[command(subcommand)]
    pub verb: Option<HistoryVerb>,
    /// What to look for; without it the newest
    pub query: Vec<String>,
    /// How many at most, up to 500
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub limit: u32,
}

#[derive(Subcommand)]
pub enum HistoryVerb {
    /// Show an exchange with all its calls
    Show {
        /// Its ID, or how it begins
        #[arg(value_name = "ID")]
        exchange: String,
        /// Only the body of the answer; with --json beside the record
        #[arg(long)]
        body: bool,
    },
    /// Send the request as it was written once more
    Resend {
        /// Its ID, or how it begins
        #[arg(value_name = "ID")]
        exchange: String,
        /// Do not ask before writing to a production tenant
        #[arg(long, short)]
        yes: bool,
    },
    /// Forget exchanges
    #[command(group = clap::ArgGroup::new("what").required(true))]
    Remove {
        /// Their IDs, or how they begin
        #[arg(value_name = "ID", group = "what")]
        exchanges: Vec<String>,
        /// Whatever a query finds, except for pinned ones
        #[arg(long, value_name = "QUERY", group = "what")]
        found: Option<String>,
        /// Everything, pinned ones too
        #[arg(long, group = "what")]
        all: bool,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Write exchanges as an HTTP archive (HAR) without secrets
    Export {
        /// Their IDs, or how they begin
        #[arg(value_name = "ID", required = true)]
        exchanges: Vec<String>,
        /// The file to write
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  sluice import orders.postman_collection.json dev.postman_environment.json --into ./orders
  sluice import ./bruno-collection --into ./orders
  sluice import openapi.yaml --dry-run

Secrets found go to the keyring, never into the files; what cannot be carried over is listed.";

#[derive(Args)]
pub struct ImportOptions {
    /// Exported files or folders; environments may come along with their collection
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
    /// The folder of the new collection: a new or empty one, or a collection that gets more environments
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, required_unless_present = "dry_run")]
    pub into: Option<PathBuf>,
    /// Leave the values of secrets out instead of keeping them in the keyring
    #[arg(long)]
    pub without_secrets: bool,
    /// Only say what would be imported, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  sluice export ./orders --format postman -o orders.postman_collection.json
  sluice export ./orders/Tests --format hurl -o tests.hurl
  sluice export './orders/Create order.yml' --format curl";

#[derive(Args)]
pub struct ExportOptions {
    /// The collection, or a folder or request file in it
    #[arg(value_hint = ValueHint::AnyPath)]
    pub source: PathBuf,
    /// Into which format
    #[arg(long)]
    pub format: FormatWord,
    /// The file to write; without it, or with -, standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  sluice check ./orders
  sluice check . --json";

#[derive(Args)]
pub struct CheckOptions {
    /// The collection
    #[arg(value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

const INSPECT_EXAMPLES: &str = "\
Examples:
  sluice inspect acme-dev.it-cpi001-rt.cfapps.eu10.hana.ondemand.com
  sluice inspect partner.example.com:8443 --save-root partner-root.cer
  sluice inspect https://partner.example.com/orders --json

No credentials and no client certificate are sent, only a HEAD. A file that is there already is replaced.";

#[derive(Args)]
pub struct InspectOptions {
    /// The host; a whole URL is fine, the port is 443 when not said
    #[arg(value_name = "HOST[:PORT]", value_hint = ValueHint::Hostname)]
    pub target: String,
    /// Write the root of the host's certificates to this file: DER, or PEM when it ends with .pem
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub save_root: Option<PathBuf>,
    /// Write all its certificates up to the root to this archive of .cer files, or to one PEM file when it ends with .pem
    #[arg(long, value_name = "FILE.zip", value_hint = ValueHint::FilePath)]
    pub save_chain: Option<PathBuf>,
    /// Time allowed for each step, in seconds; 10 when not said
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<f64>,
}

const SANDBOX_EXAMPLES: &str = "\
Examples:
  sluice sandbox --keys ./keys
  sluice send POST /http/orders -d '{}' --service-key keys/secret.json --cacert keys/sandbox-ca.pem";

#[derive(Args)]
pub struct SandboxOptions {
    /// Listen here; 0 takes any free port
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Write the service keys, their private keys and the sandbox's root certificate into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub keys: Option<PathBuf>,
    /// Write every request received to this file, one JSON object a line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub journal: Option<PathBuf>,
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  sluice completions bash > ~/.local/share/bash-completion/completions/sluice
  sluice completions zsh > ~/.zfunc/_sluice";

#[derive(Args)]
pub struct CompletionsOptions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Prints help and version as they are, and a mistake in three lines like every other error.
pub fn explain(usage: &clap::Error) -> ExitCode {
    if !usage.use_stderr() || usage.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Nobody is left to be told when the pipe is gone.
        let _ = usage.print();
        return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
    }
    let text = usage.to_string();
    let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let listed = text.lines().skip(1).map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>();
    let message = [&[first][..], &listed].concat().join(" ");
    let is_json = std::env::args_os().any(|word| word == "--json");
    Output::new(is_json).stop(
        &Error::new(Code::InvalidInput, message).hint("Add --help to see how it is used, with examples"),
    )
}

#[derive(Clone, Copy, ValueEnum)]
pub enum StageWord {
    Dev,
    Test,
    Prod,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum PlanWord {
    IntegrationFlow,
    Api,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum FormatWord {
    /// A Postman collection 2.1
    Postman,
    /// A shell script of curl commands
    Curl,
    /// A Hurl file
    Hurl,
    /// An HTTP archive 1.2
    Har,
    /// One OpenCollection file
    Opencollection,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuthWord {
    /// A token of the key (the default)
    Bearer,
    /// Client id and secret of the key
    Basic,
    /// The key's client certificate, no token
    Certificate,
    /// Nothing
    None,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum CsrfWord {
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_declaration_holds_together() {
        super::Arguments::command().debug_assert();
    }
}
