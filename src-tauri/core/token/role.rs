//! The roles calls need, as the service instance and as tokens name them (sap-domain 7.1, 7.2).

/// A role as the service instance and as a token names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    /// The role template.
    pub(crate) name: &'static str,
    /// What a token has of it and of no lesser role.
    scope: &'static str,
}

impl Role {
    /// Calls flows that are given no other role.
    pub(crate) const SEND: Self = Self { name: "ESBMessaging.send", scope: "ESBMessaging.send" };
    /// Reads message logs, deployed content, endpoints and the keystore.
    pub(crate) const MONITORING: Self =
        Self { name: "MonitoringDataRead", scope: "IntegrationOperationServer.read" };
    /// Reads stored messages and attachments.
    pub(crate) const PAYLOADS: Self = Self { name: "MessagePayloadsRead", scope: "esbmessagestorage.read" };
    /// Lists data stores and queues.
    pub(crate) const STORES: Self = Self { name: "DataStoresAndQueuesRead", scope: "ESBDataStore.read" };
    /// Reads what is in data stores.
    pub(crate) const STORE_PAYLOADS: Self =
        Self { name: "DataStorePayloadsRead", scope: "ESBDataStore.readPayload" };
    /// Deploys.
    pub(crate) const DEPLOY: Self =
        Self { name: "WorkspaceArtifactsDeploy", scope: "GenerationAndBuild.generationandbuildcontent" };
    /// Reads packages and flows.
    pub(crate) const PACKAGES: Self =
        Self { name: "WorkspacePackagesRead", scope: "WebToolingWorkspace.Read" };
    /// Changes packages and flows.
    pub(crate) const PACKAGES_EDIT: Self =
        Self { name: "WorkspacePackagesEdit", scope: "WebToolingWorkspace.Write" };

    /// Whether it is among the roles of a token.
    pub(crate) fn is_among(self, held: &[String]) -> bool {
        held.iter().any(|held| held == self.scope || held == self.name)
    }

    /// Both names.
    pub(crate) fn words(self) -> String {
        if self.name == self.scope { self.name.to_owned() } else { format!("{} ({})", self.name, self.scope) }
    }
}
