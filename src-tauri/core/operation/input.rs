use std::path::PathBuf;

use serde::Deserialize;
use uuid::Uuid;

use crate::http::{ExchangeId, Request};
use crate::secret::Secret;
use crate::service_key::{ImportId, Plan};
use crate::tenant::Stage;
use crate::token::Method;

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Deserialize)]
            #[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export, optional_fields))]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $type,)+
            }
        )+
    };
}

inputs! {
    /// Names a tenant.
    TenantName {
        /// Its name.
        tenant: String,
    }

    /// A tenant to be made.
    TenantAdd {
        /// Its name, unique.
        name: String,
        /// What it is used for.
        stage: Stage,
        /// A colour, `#rrggbb`.
        color: Option<String>,
        /// The group it is listed under.
        group: Option<String>,
    }

    /// What is to change about a tenant; absent stays, an empty text clears.
    TenantChange {
        /// Which tenant.
        tenant: String,
        /// Its new name.
        name: Option<String>,
        /// Its new stage.
        stage: Option<Stage>,
        /// Its new colour.
        color: Option<String>,
        /// Its new group.
        group: Option<String>,
        /// A base URL that replaces the key's runtime host.
        runtime_url_override: Option<String>,
    }

    /// Names a key; without a key name the integration-flow key, else the first.
    KeyName {
        /// The tenant.
        tenant: String,
        /// The key's name.
        key: Option<String>,
        /// Chooses by plan when no name is given.
        plan: Option<Plan>,
    }

    /// What is to change about a key; absent stays.
    KeyChange {
        /// The tenant.
        tenant: String,
        /// The key's name.
        key: String,
        /// Its new name.
        name: Option<String>,
        /// What it is for, when it could not be told from the key.
        plan: Option<Plan>,
        /// The token URL to call instead of the derived one; empty returns to that.
        token_url: Option<String>,
        /// How tokens are asked for.
        method: Option<Method>,
    }

    /// The text of a service key.
    KeyText {
        /// The text as pasted or read from a file.
        text: Secret<String>,
    }

    /// Names a key that is not saved yet.
    ImportName {
        /// Which import.
        import: ImportId,
    }

    /// A private key for an external certificate.
    PrivateKeyAdd {
        /// Which import.
        import: ImportId,
        /// The PEM or PKCS#12 file.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        path: PathBuf,
        /// What opens it.
        passphrase: Option<Secret<String>>,
    }

    /// Which token is wanted.
    TokenFetch {
        /// The tenant.
        tenant: String,
        /// The key's name.
        key: Option<String>,
        /// Chooses by plan when no name is given.
        plan: Option<Plan>,
        /// Asks the token server even when one is cached.
        #[serde(default)]
        fresh: bool,
    }

    /// A request and where it goes.
    RequestResolve {
        /// The tenant, if one is chosen.
        tenant: Option<String>,
        /// The request.
        request: Request,
    }

    /// A request to be sent.
    RequestSend {
        /// The exchange's name, chosen by the caller so that it can cancel from the first moment.
        id: ExchangeId,
        /// The tenant, if one is chosen.
        tenant: Option<String>,
        /// The request.
        request: Request,
        /// Whether the user said yes to writing to a production tenant.
        #[serde(default)]
        confirmed: bool,
    }

    /// Names an exchange of this run.
    ExchangeName {
        /// Which exchange.
        exchange: ExchangeId,
    }

    /// Names a call of an exchange.
    CallName {
        /// Which exchange.
        exchange: ExchangeId,
        /// Which of its calls, from 0.
        call: u32,
    }

    /// Where a body goes.
    BodySave {
        /// Of which exchange.
        exchange: ExchangeId,
        /// The file to write.
        #[cfg_attr(feature = "bindings", ts(type = "string"))]
        path: PathBuf,
    }

    /// Names a draft.
    DraftName {
        /// Which draft.
        draft: Uuid,
    }
}
