use super::key_imports::numbered;
use super::options::SandboxKey;
use super::{Workbench, lock, settings};
use crate::error::Result;
use crate::service_key::read;
use crate::tenant::{Custody, Stage, Tenant};

/// What the embedded tenant is called.
const SANDBOX: &str = "sandbox";
const SANDBOX_GROUP: &str = "On this computer";

impl Workbench {
    /// Gives the embedded tenant its place among the tenants, its keys held for this run only.
    pub async fn sandbox_attach(&self, authority_pem: &str, keys: Vec<SandboxKey>) -> Result<Tenant> {
        let authority = authority_pem.as_bytes().to_vec();
        let network = settings::network(
            &self.inner.settings.read()?,
            &self.inner.authorities,
            Some(&authority),
            settings::Unreadable::Skip,
        )?;
        self.inner.engine.set_network(network);
        *lock(&self.inner.sandbox_authority) = Some(authority);
        let name = self.sandbox_name()?;
        let mut tenant = self.tenant_or_new(&name, Some(Stage::Sandbox))?;
        tenant.group = tenant.group.or_else(|| Some(SANDBOX_GROUP.to_owned()));
        // Only what an earlier sandbox brought makes room; keys the user added stay.
        for old in tenant.keys.iter().filter(|old| old.custody == Custody::Run) {
            self.forget_secret(old).await?;
            self.inner.tenants.remove_key(old.id)?;
        }
        tenant.keys.retain(|old| old.custody != Custody::Run);
        for key in keys {
            let reading = read(&key.text)?;
            self.store(&tenant, &reading.key, numbered(&tenant, &key.name), Custody::Run).await?;
        }
        self.show(&self.tenant(&name)?)
    }

    /// The usual name, with a number when a tenant of the user's own has it.
    fn sandbox_name(&self) -> Result<String> {
        for number in 1..=usize::MAX {
            let name = if number == 1 { SANDBOX.to_owned() } else { format!("{SANDBOX} {number}") };
            if self.inner.tenants.find(&name)?.is_none_or(|tenant| tenant.stage == Stage::Sandbox) {
                return Ok(name);
            }
        }
        Ok(SANDBOX.to_owned())
    }
}
