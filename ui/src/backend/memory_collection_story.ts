import type { EnvironmentRead } from "../bindings/EnvironmentRead";
import type { FileProblem } from "../bindings/FileProblem";
import type { FolderItem } from "../bindings/FolderItem";
import type { NodeKind } from "../bindings/NodeKind";
import type { RequestDetails } from "../bindings/RequestDetails";
import type { RequestItem } from "../bindings/RequestItem";
import type { Variable } from "../bindings/Variable";
import { ORDER, request } from "./memory_story";

/** A node with what its file says. */
export interface Entry {
  path: string;
  kind: NodeKind;
  name: string;
  item?: RequestItem;
  folder?: FolderItem;
  text?: string;
  problem?: FileProblem;
  version: number;
}

export interface Kept {
  id: string;
  name: string;
  folder: string;
  root: FolderItem;
  version: number;
  environment: string | null;
  environments: Array<EnvironmentRead & { problem?: FileProblem }>;
  entries: Entry[];
}

export const details = (more: Partial<RequestDetails> = {}): RequestDetails => ({
  tags: [],
  variables: [],
  scripts: [],
  assertions: [],
  docs: "",
  ...more,
});

export const variable = (name: string, value: string, more: Partial<Variable> = {}): Variable => ({
  name,
  value,
  enabled: true,
  secret: false,
  ...more,
});

export const folderItem = (name: string, more: Partial<FolderItem> = {}): FolderItem => ({
  name,
  headers: [],
  authorization: { kind: "inherit" },
  variables: [],
  scripts: [],
  docs: "",
  ...more,
});

export function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
      .replaceAll(/^-|-$/g, "") || "item"
  );
}

export const BROKEN = `info:
  name: Change delivery date
  type: http
  seq: 4

http:
  method: PATCH
  url: "{{runtimeUrl}}/http/acme/orders/v2/change"
  body:
    type: json
    data: |-
      { "salesOrder": "4500018237",
        "requestedOn": "2026-12-03" }
   auth: inherit

settings:
  timeout: 120000
`;

const folder = (path: string, name: string): Entry => ({
  path,
  kind: "folder",
  name,
  folder: folderItem(name),
  version: 1,
});

const call = (above: string, name: string, method: string, url: string, text?: string): Entry => ({
  path: `${above ? `${above}/` : ""}${slug(name)}.yml`,
  kind: "request",
  name,
  version: 1,
  item: {
    name,
    request: { ...request(method, url, text), authorization: { kind: "inherit" } },
    details: details(),
  },
});

const environment = (name: string, tenant: string | null, variables: Variable[], color?: string): EnvironmentRead => ({
  environment: { name, color, variables },
  tenant,
  kept_secrets: variables.filter((one) => one.secret).map((one) => one.name),
  version: "1",
});

function orders(): Kept {
  return {
    id: "order-to-cash",
    name: "Order to Cash",
    folder: "/home/you/collections/order-to-cash",
    root: folderItem("Order to Cash", {
      authorization: { kind: "bearer", key: null },
      headers: [{ name: "X-Requested-By", value: "sluice", enabled: true }],
      variables: [variable("currency", "EUR"), variable("runtimeUrl", "http://localhost:8080")],
    }),
    version: 1,
    environment: "dev",
    environments: [
      environment(
        "dev",
        "acme-dev",
        [variable("salesOrg", "1710"), variable("partnerPassword", "", { secret: true })],
        "#30914c",
      ),
      environment("test", "acme-test", [variable("salesOrg", "1710")]),
      environment("prod", "acme-prod", [variable("salesOrg", "1000")], "#aa0808"),
    ],
    entries: [
      folder("orders", "Orders"),
      call("orders", "Create order", "POST", "{{runtimeUrl}}/http/acme/orders/v2/create", ORDER),
      call("orders", "Create order, 500 items", "POST", "{{runtimeUrl}}/http/acme/orders/v2/create", ORDER),
      call("orders", "Order status", "GET", "{{runtimeUrl}}/http/acme/orders/4500018237"),
      {
        path: "orders/change-delivery-date.yml",
        kind: "broken",
        name: "change-delivery-date.yml",
        text: BROKEN,
        version: 1,
        problem: {
          path: "orders/change-delivery-date.yml",
          line: 14,
          column: 4,
          message: "`auth` stands three spaces in, but its neighbours `method` and `url` stand two.",
          hint: "Move line 14 to two spaces.",
        },
      },
      call("orders", "Cancel order", "DELETE", "{{runtimeUrl}}/http/acme/orders/4500018237"),
      folder("deliveries", "Deliveries"),
      call("deliveries", "Notify warehouse", "POST", "/http/acme/deliveries/notify", ORDER),
      call("deliveries", "Proof of delivery", "PUT", "/http/acme/deliveries/80001234/proof", ORDER),
      folder("invoices", "Invoices"),
      call("invoices", "Post invoice", "POST", "/http/acme/invoices", ORDER),
      folder("tenant-checks", "Tenant checks"),
      call("tenant-checks", "Failed messages today", "GET", "/api/v1/MessageProcessingLogs"),
      call("tenant-checks", "Deployed flows", "GET", "/api/v1/IntegrationRuntimeArtifacts"),
      { path: "query.graphql", kind: "other", name: "query.graphql", version: 1 },
    ],
  };
}

export function collections(): Kept[] {
  return [
    orders(),
    {
      id: "employee-replication",
      name: "Employee Replication",
      folder: "/home/you/collections/employee-replication",
      root: folderItem("Employee Replication", { authorization: { kind: "bearer", key: null } }),
      version: 1,
      environment: "dev",
      environments: [environment("dev", "veltro-dev", [])],
      entries: [call("", "Replicate employee", "POST", "/http/veltro/employees", ORDER)],
    },
    {
      id: "nordwind-edi",
      name: "Nordwind EDI",
      folder: "/home/you/collections/nordwind-edi",
      root: folderItem("Nordwind EDI", { authorization: { kind: "bearer", key: null } }),
      version: 1,
      environment: "edi",
      environments: [environment("edi", "nordwind-edi", [])],
      entries: [call("", "Send DESADV", "POST", "/http/nordwind/desadv", ORDER)],
    },
  ];
}
