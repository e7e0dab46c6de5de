import type { Plan } from "../bindings/Plan";

/** A role of a plan, and what it is for; empty where SAP's tables do not say. */
export interface Role {
  name: string;
  text: string;
}

const FLOW: Role[] = [
  { name: "ESBMessaging.send", text: "calls flows whose sender asks for no other role" },
  { name: "API.invoke", text: "predefined as well, newer" },
];

/** What the cockpit offers for plan api, by the tasks SAP lists them for. */
const API: Role[] = [
  { name: "MonitoringDataRead", text: "message logs, deployed artifacts, endpoints, keystore" },
  { name: "MessagePayloadsRead", text: "payloads, trace and attachments of messages" },
  { name: "WorkspacePackagesRead", text: "view packages and artifacts" },
  { name: "WorkspacePackagesEdit", text: "create, change, import and export them" },
  { name: "WorkspacePackagesConfigure", text: "set externalised parameters" },
  { name: "WorkspacePackagesTransport", text: "transport packages" },
  { name: "WorkspaceArtifactsDeploy", text: "deploy and undeploy" },
  { name: "WorkspaceArtifactLocksRead", text: "view design locks" },
  { name: "WorkspaceArtifactLocksDelete", text: "remove design locks" },
  { name: "MonitoringArtifactsDeploy", text: "undeploy, change number ranges" },
  { name: "TraceConfigurationRead", text: "view log levels and trace" },
  { name: "TraceConfigurationEdit", text: "change log levels and trace" },
  { name: "CredentialsRead", text: "connectivity tests with sign-in" },
  { name: "CredentialsEdit", text: "write credentials" },
  { name: "SecurityMaterialEdit", text: "write keystore and security material" },
  { name: "SecurityMaterialDownload", text: "download keystore and security material" },
  { name: "DataStoresAndQueuesRead", text: "view data stores and queues" },
  { name: "DataStorePayloadsRead", text: "payloads of data stores, variables" },
  { name: "DataStoresAndQueuesDelete", text: "delete from data stores and queues" },
  { name: "DataStoresAndQueuesConfig", text: "configure queues" },
  { name: "QueuesActivate", text: "start and stop queues" },
  { name: "QueuesRetry", text: "retry messages of queues" },
  { name: "MessageProcessingLocksRead", text: "view message locks" },
  { name: "MessageProcessingLocksDelete", text: "remove message locks" },
  { name: "AccessAllAccessPoliciesArtifacts", text: "artifacts under access policies" },
  { name: "AccessPoliciesRead", text: "view access policies" },
  { name: "AccessPoliciesEdit", text: "change access policies" },
  { name: "CatalogPackagesRead", text: "" },
  { name: "CatalogPackageArtifactsRead", text: "" },
  { name: "CatalogPackagesCopy", text: "" },
  { name: "HealthCheckMonitoringDataRead", text: "" },
  { name: "AuthGroup_TenantPartnerDirectoryConfigurator", text: "Partner Directory" },
  { name: "AuthGroup_IntegrationDeveloper", text: "bundle of an integration developer" },
  { name: "AuthGroup_Administrator", text: "bundle of an administrator" },
  { name: "AuthGroup_BusinessExpert", text: "bundle of a business expert" },
  { name: "AuthGroup_ContentPublisher", text: "bundle of a content publisher" },
  { name: "AuthGroup_ReadOnly", text: "bundle for reading only" },
];

const USUAL_API = [
  "WorkspacePackagesRead",
  "WorkspacePackagesConfigure",
  "WorkspaceArtifactsDeploy",
  "MonitoringDataRead",
  "MessagePayloadsRead",
  "TraceConfigurationRead",
  "CredentialsRead",
];

export function rolesOf(plan: Plan): Role[] {
  return plan === "api" ? API : FLOW;
}

/** The roles a key is usually given. */
export function usualRoles(plan: Plan): string[] {
  return plan === "api" ? [...USUAL_API] : ["ESBMessaging.send"];
}
